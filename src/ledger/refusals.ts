import type {
  DateField,
  EntryNotFound,
  ExceedsHeld,
  ExceedsReversible,
  HoldIsOver,
  HoldsExceeded,
  InsufficientPoints,
  InvalidDates,
  KeyReused,
  LotIsSpent,
  NeverSpendable,
  NotReversible,
  OutOfRange,
  PayerWouldGoNegative,
} from './refusal';
import { shownName } from './shown-name';
import { shownPoints } from './shown-points';

/** The refusals that depend on what was accepted before, each with the figures behind it. */

export function keyReused(sequence: number): KeyReused {
  return {
    code: 'IDEMPOTENCY_KEY_REUSED',
    field: 'idempotencyKey',
    message: `This idempotency key belongs to entry ${sequence} of the account, which was made from other input. Use a new key for a new request.`,
  };
}

export function payerWouldGoNegative(
  payer: string,
  requested: number,
  available: number,
): PayerWouldGoNegative {
  return {
    code: 'PAYER_WOULD_GO_NEGATIVE',
    field: 'points',
    message: `${shownName(payer)} has ${shownPoints(available)} in this account, so ${requested} cannot be taken back.`,
    payer,
    available,
  };
}

/** @param whose what has the points that are available. */
export function insufficientPoints(
  requested: number,
  available: number,
  whose: 'The account has' | 'The chosen payers have' = 'The account has',
): InsufficientPoints {
  return {
    code: 'INSUFFICIENT_POINTS',
    field: 'points',
    message: `${whose} ${shownPoints(available)}, so ${requested} cannot be spent.`,
    requested,
    available,
  };
}

export function pointsOutOfRange(rest: number): OutOfRange {
  return {
    code: 'POINTS_OUT_OF_RANGE',
    field: 'points',
    message: `The open lots and holds of an account have at most ${Number.MAX_SAFE_INTEGER} points, those under debits included; there is room for ${rest} more.`,
  };
}

export function dateOnDebit(field: DateField): InvalidDates {
  const message = `${field} is for grants: a debit neither begins later nor expires.`;
  return { code: 'INVALID_DATES', field, message };
}

export function entryNotFound(): EntryNotFound {
  const message = 'The account has no entry with this id.';
  return { code: 'ENTRY_NOT_FOUND', field: 'id', message };
}

/** @param right the kind of entry that the command reverses. */
export function notReversible(right: 'spend' | 'transaction'): NotReversible {
  const message = `The entry with this id is not a ${right}, and nothing else is reversed here.`;
  return { code: 'NOT_REVERSIBLE', field: 'id', message };
}

export function neverSpendable(): NeverSpendable {
  return {
    code: 'NEVER_SPENDABLE',
    field: 'expiresAt',
    message: 'expiresAt must be later than now and, for a grant, than availableFrom.',
  };
}

export function holdIsOver(): HoldIsOver {
  const message = 'This hold is over: it was captured or released, or it ended.';
  return { code: 'HOLD_IS_OVER', field: 'id', message };
}

/** @param max the most holds of an account that can be open at once. */
export function holdsExceeded(max: number): HoldsExceeded {
  return {
    code: 'HOLDS_EXCEEDED',
    field: 'accountId',
    message: `The account has ${max} open holds, and no account can have more. Capture or release one first.`,
  };
}

export function exceedsHeld(held: number): ExceedsHeld {
  return {
    code: 'EXCEEDS_HELD',
    field: 'points',
    message: `The hold still holds ${shownPoints(held)}, and no more can be captured.`,
    held,
  };
}

export function exceedsReversible(reversible: number): ExceedsReversible {
  return {
    code: 'EXCEEDS_REVERSIBLE',
    field: 'points',
    message: `Of this entry ${shownPoints(reversible)} can be reversed.`,
    reversible,
  };
}

export function lotIsSpent(unspent: number): LotIsSpent {
  return {
    code: 'LOT_IS_SPENT',
    field: 'points',
    message: `Of this grant ${shownPoints(unspent)} ${unspent === 1 ? 'is' : 'are'} unspent. Reverse no more, or set spentPart to DEBIT so that the payer is debited for the rest.`,
    unspent,
  };
}

import type { Refusal } from './refusal';

/** The refusals of dates and reversals, which join {@link Refusal} when the API offers these. */
export type AnyRefusal = Refusal | ReversalRefusal;

export type ReversalRefusal =
  | InvalidDates
  | EntryNotFound
  | NotReversible
  | NeverSpendable
  | ExceedsReversible
  | LotIsSpent;

/** All codes in order of precedence: if two apply, the earlier one is returned. */
export const anyRefusalCodes = [
  'INVALID_ACCOUNT',
  'INVALID_PAYER',
  'INVALID_POINTS',
  'INVALID_DATES',
  'INVALID_REFERENCE',
  'INVALID_IDEMPOTENCY_KEY',
  'IDEMPOTENCY_KEY_REUSED',
  'ENTRY_NOT_FOUND',
  'NOT_REVERSIBLE',
  'NEVER_SPENDABLE',
  'EXCEEDS_REVERSIBLE',
  'LOT_IS_SPENT',
  'PAYER_WOULD_GO_NEGATIVE',
  'INSUFFICIENT_POINTS',
  'POINTS_OUT_OF_RANGE',
] as const satisfies readonly AnyRefusal['code'][];

interface Common {
  readonly message: string;
}

interface InvalidDates extends Common {
  readonly code: 'INVALID_DATES';
  readonly field: DateField;
}

interface EntryNotFound extends Common {
  readonly code: 'ENTRY_NOT_FOUND';
  readonly field: 'id';
}

interface NotReversible extends Common {
  readonly code: 'NOT_REVERSIBLE';
  readonly field: 'id';
}

interface NeverSpendable extends Common {
  readonly code: 'NEVER_SPENDABLE';
  readonly field: 'expiresAt';
}

interface ExceedsReversible extends Common {
  readonly code: 'EXCEEDS_REVERSIBLE';
  readonly field: 'points';
  /** The points that can still be reversed. */
  readonly reversible: number;
}

interface LotIsSpent extends Common {
  readonly code: 'LOT_IS_SPENT';
  readonly field: 'points';
  /** The points of the grant that are in its lot. */
  readonly unspent: number;
}

export type DateField = 'availableFrom' | 'expiresAt';

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
    message: 'expiresAt must be later than now and than availableFrom.',
  };
}

export function exceedsReversible(reversible: number): ExceedsReversible {
  return {
    code: 'EXCEEDS_REVERSIBLE',
    field: 'points',
    message: `Of this entry ${reversible} points can be reversed.`,
    reversible,
  };
}

export function lotIsSpent(unspent: number): LotIsSpent {
  return {
    code: 'LOT_IS_SPENT',
    field: 'points',
    message: `Of this grant ${unspent} points are unspent. Reverse only these, or set spentPart to DEBIT so that the payer is debited for the rest.`,
    unspent,
  };
}

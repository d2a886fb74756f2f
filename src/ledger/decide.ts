import type { Account } from './account';
import type { AddTransaction, Command, SpendPoints } from './command';
import type { Allocation, Entry } from './entry';
import { invariant, unreachable } from './invariant';
import { sequenceAt, timestampAt } from './lot-node';
import { LotWalk } from './lot-walk';
import type { PayerLots } from './payer-lots';
import type { Refusal } from './refusal';
import { insufficientPoints, keyReused, payerWouldGoNegative, pointsOutOfRange } from './refusals';
import { invalidInput } from './validate';

/** The API numbers entries with 32 bits. An account that has so many takes no more. */
export const sequenceMax = 2_147_483_647;

export type Decision =
  | { readonly kind: 'accepted'; readonly entry: Entry }
  | { readonly kind: 'replayed'; readonly entry: Entry }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What is passed in from outside: the rules have neither clock nor randomness. */
export interface Circumstances {
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** The id that the entry gets if the command is accepted. */
  readonly id: string;
  /** The entry of this account that carries the command's idempotency key, if there is one. */
  readonly keyed: Entry | null;
  /**
   * True if the command comes from an entry that was accepted before, by this or an older version:
   * names are then judged by the rule that holds for every entry, not by the stricter one for new
   * names.
   */
  readonly isRecorded?: boolean;
}

/**
 * Judges a command and changes nothing. Checks run in the order of `refusalCodes`. O(1) for an add
 * or a debit, O(k log P) for a spend that takes from k lots.
 */
export function decide(account: Account, command: Command, given: Circumstances): Decision {
  const refusal = invalidInput(account, command, given.isRecorded ?? false);
  if (refusal !== null) return { kind: 'refused', refusal };
  if (given.keyed !== null) return decideAgain(command, given.keyed);
  invariant(account.sequence < sequenceMax, 'an account has room for another entry');
  switch (command.kind) {
    case 'addTransaction':
      return decideTransaction(account, command, given);
    case 'spendPoints':
      return decideSpend(account, command, given);
    default:
      return unreachable(command);
  }
}

/**
 * The same input under the same key is answered as it was the first time; other input under that
 * key is refused.
 */
function decideAgain(command: Command, keyed: Entry): Decision {
  return isSame(command, keyed)
    ? { kind: 'replayed', entry: keyed }
    : refused(keyReused(keyed.sequence));
}

function isSame(command: Command, entry: Entry): boolean {
  if (command.points !== entry.points || command.reference !== entry.reference) return false;
  if (command.kind === 'spendPoints') return entry.kind === 'spend';
  return (
    entry.kind === 'transaction' &&
    command.payer === entry.payer &&
    command.timestamp === entry.timestamp
  );
}

function decideTransaction(
  account: Account,
  command: AddTransaction,
  given: Circumstances,
): Decision {
  const { payer, points, timestamp } = command;
  const balance = account.payers.get(payer)?.balance ?? 0;
  if (balance + points < 0) return refused(payerWouldGoNegative(payer, -points, balance));
  if (points > Number.MAX_SAFE_INTEGER - account.openPoints) {
    return refused(pointsOutOfRange(Number.MAX_SAFE_INTEGER - account.openPoints));
  }
  return {
    kind: 'accepted',
    entry: {
      kind: 'transaction',
      id: given.id,
      accountId: account.id,
      sequence: account.sequence + 1,
      recordedAt: Math.max(given.now, account.recordedAt),
      reference: command.reference,
      idempotencyKey: command.idempotencyKey,
      digest: null,
      payer,
      points,
      timestamp,
    },
  };
}

function decideSpend(account: Account, command: SpendPoints, given: Circumstances): Decision {
  const { points } = command;
  if (points > account.points) return refused(insufficientPoints(points, account.points));
  return {
    kind: 'accepted',
    entry: {
      kind: 'spend',
      id: given.id,
      accountId: account.id,
      sequence: account.sequence + 1,
      recordedAt: Math.max(given.now, account.recordedAt),
      reference: command.reference,
      idempotencyKey: command.idempotencyKey,
      digest: null,
      points,
      allocations: oldestFree(account, points),
    },
  };
}

/** The oldest points that no debit covers, lot by lot. */
function oldestFree(account: Account, points: number): Allocation[] {
  const first = account.order.payers[0]!;
  if (first.free >= points) return [allocationOf(first, points)];
  const allocations: Allocation[] = [];
  const walk = LotWalk.fromOldest(account.order);
  for (let rest = points; ; walk.advance()) {
    const { payer, timestamp, sequence, remaining } = walk.current!;
    allocations.push({ payer, timestamp, sequence, points: Math.min(rest, remaining) });
    rest -= remaining;
    if (rest <= 0) return allocations;
  }
}

/** Of the payer's next lot; most spends need no more, and then no walk over the payers. */
function allocationOf(lots: PayerLots, points: number): Allocation {
  const { payer, leaf, index } = lots;
  invariant(leaf !== null, 'a payer in the order has a next lot');
  return { payer, timestamp: timestampAt(leaf, index), sequence: sequenceAt(leaf, index), points };
}

function refused(refusal: Refusal): Decision {
  return { kind: 'refused', refusal };
}

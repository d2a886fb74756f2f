import type { Account } from './account';
import { withEnd } from './change';
import type {
  AddTransaction,
  Command,
  ReverseSpend,
  ReverseTransaction,
  SpendPoints,
} from './command';
import { decideSpendReversal, decideTransactionReversal } from './decide-reversal';
import type { Circumstances, Decision } from './decision';
import type { Allocation, Entry, TransactionEntry } from './entry';
import { invariant, unreachable } from './invariant';
import { endAt } from './lot-ends';
import { sequenceAt, timestampAt } from './lot-node';
import { LotWalk } from './lot-walk';
import type { PayerLots } from './payer-lots';
import type { Refusal } from './refusal';
import {
  insufficientPoints,
  keyReused,
  neverSpendable,
  payerWouldGoNegative,
  pointsOutOfRange,
} from './refusals';
import type { SpendReversalEntry, TransactionReversalEntry } from './reversal-entry';
import { invalidInput } from './validate';

/** The API numbers entries with 32 bits. An account that has so many takes no more. */
export const sequenceMax = 2_147_483_647;

export type { Circumstances, Decision };

/**
 * Judges a command and changes nothing. Whatever is due at the time of the account must have been
 * processed by `lapse`. Checks run in the order of `refusalCodes`. O(1) for an add
 * or a debit, O(k log P) for a spend that takes from k lots.
 */
export function decide(account: Account, command: Command, given: Circumstances): Decision {
  const refusal = invalidInput(account, command, given.isRecorded ?? false);
  if (refusal !== null) return { kind: 'refused', refusal };
  if (given.keyed !== null) return decideAgain(command, given.keyed);
  invariant(account.sequence < sequenceMax, 'an account has room for another entry');
  invariant(account.nextDue > account.timeAt(given.now), 'what is due is processed before');
  switch (command.kind) {
    case 'addTransaction':
      return decideTransaction(account, command, given);
    case 'spendPoints':
      return decideSpend(account, command, given);
    case 'reverseSpend':
      return decideSpendReversal(account, command, given);
    case 'reverseTransaction':
      return decideTransactionReversal(account, command, given);
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

/** Compares the input as it was requested: null points are not the same as their number. */
function isSame(command: Command, entry: Entry): boolean {
  if (command.reference !== entry.reference) return false;
  switch (command.kind) {
    case 'addTransaction':
      return entry.kind === 'transaction' && isSameTransaction(command, entry);
    case 'spendPoints':
      return entry.kind === 'spend' && command.points === entry.points;
    case 'reverseSpend':
      return entry.kind === 'spendReversal' && isSameReversal(command, entry);
    case 'reverseTransaction':
      return (
        entry.kind === 'transactionReversal' &&
        command.spentPart === entry.spentPart &&
        isSameReversal(command, entry)
      );
    default:
      return unreachable(command);
  }
}

function isSameTransaction(command: AddTransaction, entry: TransactionEntry): boolean {
  return (
    command.points === entry.points &&
    command.payer === entry.payer &&
    command.timestamp === entry.timestamp &&
    command.availableFrom === entry.availableFrom &&
    command.expiresAt === entry.expiresAt
  );
}

function isSameReversal(
  command: ReverseSpend | ReverseTransaction,
  entry: SpendReversalEntry | TransactionReversalEntry,
): boolean {
  return command.target === entry.target && command.points === entry.requested;
}

function decideTransaction(
  account: Account,
  command: AddTransaction,
  given: Circumstances,
): Decision {
  const { payer, points, timestamp, availableFrom, expiresAt } = command;
  if (expiresAt !== undefined && expiresAt <= beginningOf(account, command, given)) {
    return refused(neverSpendable());
  }
  const balance = account.payers.get(payer)?.balance ?? 0;
  if (balance + points < 0) return refused(payerWouldGoNegative(payer, -points, balance));
  if (points > Number.MAX_SAFE_INTEGER - account.openPoints) {
    return refused(pointsOutOfRange(Number.MAX_SAFE_INTEGER - account.openPoints));
  }
  const entry: TransactionEntry = {
    kind: 'transaction',
    id: given.id,
    accountId: account.id,
    sequence: account.sequence + 1,
    recordedAt: account.timeAt(given.now),
    reference: command.reference,
    idempotencyKey: command.idempotencyKey,
    digest: null,
    payer,
    points,
    timestamp,
  };
  if (availableFrom === undefined && expiresAt === undefined) return { kind: 'accepted', entry };
  return { kind: 'accepted', entry: withDates(entry, command) };
}

/** Returns when the points can be spent first. */
function beginningOf(
  account: Account,
  { availableFrom }: AddTransaction,
  { now }: Circumstances,
): number {
  return Math.max(account.timeAt(now), availableFrom ?? Number.NEGATIVE_INFINITY);
}

function withDates(entry: TransactionEntry, dates: AddTransaction): TransactionEntry {
  const { availableFrom, expiresAt } = dates;
  return {
    ...entry,
    ...(availableFrom === undefined ? {} : { availableFrom }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
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
      recordedAt: account.timeAt(given.now),
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
  const first = account.order.items[0]!;
  if (first.free >= points) return [allocationOf(first, points)];
  const allocations: Allocation[] = [];
  const walk = LotWalk.fromOldest(account.order);
  for (let rest = points; ; walk.advance()) {
    const { payer, timestamp, sequence, remaining, end } = walk.current!;
    const lot = { payer, timestamp, sequence, points: Math.min(rest, remaining) };
    allocations.push(withEnd(lot, end));
    rest -= remaining;
    if (rest <= 0) return allocations;
  }
}

/** Of the payer's next lot; most spends need no more, and then no walk over the payers. */
function allocationOf(lots: PayerLots, points: number): Allocation {
  const { payer, leaf, index } = lots;
  invariant(leaf !== null, 'a payer in the order has a next lot');
  const [timestamp, sequence] = [timestampAt(leaf, index), sequenceAt(leaf, index)];
  return withEnd({ payer, timestamp, sequence, points }, endAt(leaf, index));
}

function refused(refusal: Refusal): Decision {
  return { kind: 'refused', refusal };
}

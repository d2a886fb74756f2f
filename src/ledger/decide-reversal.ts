import type { Account } from './account';
import type { ReverseSpend, ReverseTransaction } from './command';
import { type Circumstances, type Decision, refused, targetOf } from './decision';
import type { Allocation, SpendEntry, TransactionEntry } from './entry';
import type { LapseTotals } from './lapse-entry';
import type { Refusal } from './refusal';
import {
  entryNotFound,
  exceedsReversible,
  lotIsSpent,
  notReversible,
  payerWouldGoNegative,
  pointsOutOfRange,
} from './refusals';
import { lapsesOf } from './returned';
import type { Target } from './target';

/** Decides a reversal. Touches k lots: O(k (log n + log P)). */
export function decideReversal(
  account: Account,
  command: ReverseSpend | ReverseTransaction,
  given: Circumstances,
): Decision {
  if (command.kind === 'reverseSpend') return decideSpendReversal(account, command, given);
  return decideTransactionReversal(account, command, given);
}

/** Decides how points of a spend go back. Touches k lots: O(k (log n + log P)). */
function decideSpendReversal(
  account: Account,
  command: ReverseSpend,
  given: Circumstances,
): Decision {
  const target = targetOf(command, given);
  if (target === null) return refused(entryNotFound());
  if (target.entry.kind !== 'spend') return refused(notReversible('spend'));
  const before = totalOf(target);
  const reversible = target.entry.points - before;
  const points = command.points ?? reversible;
  if (points === 0 || points > reversible) return refused(exceedsReversible(reversible));
  const rest = Number.MAX_SAFE_INTEGER - account.openPoints;
  if (points > rest) return refused(pointsOutOfRange(rest));
  const allocations = takenLast(target.entry, before, points);
  const entry = {
    kind: 'spendReversal' as const,
    id: given.id,
    accountId: account.id,
    sequence: account.sequence + 1,
    recordedAt: account.timeAt(given.now),
    reference: command.reference,
    idempotencyKey: command.idempotencyKey,
    digest: null,
    target: target.entry.sequence,
    points,
    requested: command.points,
    total: before + points,
    allocations,
    lapses: lapsesOf(account, allocations, account.timeAt(given.now), target.lapsed),
  };
  return { kind: 'accepted', entry };
}

/** Decides how a grant is taken back or a debit is lifted. O(log n). */
function decideTransactionReversal(
  account: Account,
  command: ReverseTransaction,
  given: Circumstances,
): Decision {
  const target = targetOf(command, given);
  if (target === null) return refused(entryNotFound());
  const { entry } = target;
  if (entry.kind !== 'transaction') return refused(notReversible('transaction'));
  const before = totalOf(target);
  const reversible =
    entry.points > 0 ? reversibleOf(entry, target) : liftableOf(account, entry, before);
  const points = command.points ?? reversible;
  if (points === 0 || points > reversible) return refused(exceedsReversible(reversible));
  const parts = entry.points > 0 ? partsOf(account, entry, command, points) : lift(points);
  if ('code' in parts) return refused(parts);
  return {
    kind: 'accepted',
    entry: {
      kind: 'transactionReversal',
      id: given.id,
      accountId: account.id,
      sequence: account.sequence + 1,
      recordedAt: account.timeAt(given.now),
      reference: command.reference,
      idempotencyKey: command.idempotencyKey,
      digest: null,
      target: entry.sequence,
      payer: entry.payer,
      timestamp: entry.timestamp,
      points,
      requested: command.points,
      spentPart: command.spentPart,
      total: before + points,
      ...parts,
    },
  };
}

interface Parts {
  readonly fromLot: number;
  readonly debited: number;
  readonly lifted: number;
}

function totalOf({ newest }: Target): number {
  return newest !== null && 'total' in newest ? newest.total : 0;
}

/**
 * Returns the points of a spend that were taken last, of those that are not reversed yet: what is
 * left is what a smaller spend would have taken.
 */
function takenLast({ allocations }: SpendEntry, reversed: number, points: number): Allocation[] {
  const back: Allocation[] = [];
  let skip = reversed;
  let rest = points;
  for (let index = allocations.length - 1; rest > 0; index -= 1) {
    const allocation = allocations[index]!;
    const skipped = Math.min(skip, allocation.points);
    skip -= skipped;
    const given = Math.min(rest, allocation.points - skipped);
    rest -= given;
    if (given > 0) back.push(partOf(allocation, given));
  }
  return back;
}

function partOf(allocation: Allocation, points: number): Allocation {
  return points === allocation.points ? allocation : { ...allocation, points };
}

function reversibleOf({ points, sequence }: TransactionEntry, target: Target): number {
  const { expired, settled } = target.lapsed.get(sequence) ?? nothingLapsed;
  return Math.max(0, points - totalOf(target) - expired - settled);
}

const nothingLapsed: LapseTotals = { expired: 0, settled: 0 };

/**
 * Returns what can be lifted of a debit. A payer's debits are one sum: what an expiry settled of it
 * cannot be lifted.
 */
function liftableOf(account: Account, debit: TransactionEntry, lifted: number): number {
  const floating = account.payers.get(debit.payer)?.debited ?? 0;
  return Math.min(-debit.points - lifted, floating);
}

function lift(points: number): Parts {
  return { fromLot: 0, debited: 0, lifted: points };
}

function partsOf(
  account: Account,
  grant: TransactionEntry,
  { spentPart }: ReverseTransaction,
  points: number,
): Parts | Refusal {
  const payer = account.payers.get(grant.payer)!;
  const pending = account.pending.at(grant.sequence);
  const unspent = pending?.points ?? payer.unspentOf(grant);
  const fromLot = Math.min(points, unspent);
  const debited = points - fromLot;
  if (debited > 0 && spentPart === 'REFUSE') return lotIsSpent(unspent);
  const fromBalance = pending === null ? points : debited;
  if (fromBalance > payer.balance) {
    return payerWouldGoNegative(grant.payer, fromBalance, payer.balance);
  }
  return { fromLot, debited, lifted: 0 };
}

import type { Account } from './account';
import type { Change, HoldChange, LotChange } from './change';
import type { Allocation, CaptureEntry } from './entry';
import type { ReleaseEntry } from './hold-entry';
import { invariant, unreachable } from './invariant';
import type { OpenHold } from './open-hold';
import type { SpendReversalEntry, TransactionReversalEntry } from './reversal-entry';

export type GivingEntry =
  | CaptureEntry
  | ReleaseEntry
  | SpendReversalEntry
  | TransactionReversalEntry;

/** Returns what an entry does that may give points to lots, apart from what lapses at once. */
export function changesOf(account: Account, entry: GivingEntry): Change[] {
  switch (entry.kind) {
    case 'spend':
      return captureChanges(account, entry);
    case 'release':
      return freeingChanges(account, entry.target, entry.allocations);
    case 'spendReversal':
      return givingChanges(entry.allocations);
    case 'transactionReversal':
      return grantReversalChanges(account, entry);
    default:
      return unreachable(entry);
  }
}

/** Returns what gives all points that a hold has back to their lots. */
export function freeingChanges(
  account: Account,
  hold: number,
  lots: readonly Allocation[],
): Change[] {
  return [freeing(account, hold, lots), ...givingChanges(lots)];
}

/**
 * Returns the changes of a capture. What was captured is spent: it leaves the hold, and no lot gets
 * it.
 */
function captureChanges(account: Account, entry: CaptureEntry): Change[] {
  const { allocations: lots, released, target } = entry;
  const changes: Change[] = [freeing(account, target, lots)];
  for (const { sequence, points } of account.holds.lapsed.size === 0 ? [] : lots) {
    // No point of the lot comes back any more, or only by a reversal of this spend.
    const isLast = account.holds.heldOf(sequence) === points;
    if (isLast) changes.push({ kind: 'lapsed', lot: sequence, totals: null });
  }
  if (released.length > 0) changes.push(...freeingChanges(account, target, released));
  return changes;
}

function givingChanges(lots: readonly Allocation[]): LotChange[] {
  return lots.map((lot) => ({ kind: 'give', lot, availableFrom: null }));
}

/** Returns what takes points from a hold; the lots do not get them. */
function freeing(account: Account, hold: number, lots: readonly Allocation[]): HoldChange {
  return { kind: 'free', hold: holdAt(account, hold), lots };
}

/**
 * Returns the hold that an entry opened.
 * @throws if it is over.
 */
export function holdAt({ holds }: Account, sequence: number): OpenHold {
  const hold = holds.at(sequence);
  invariant(hold !== null, 'only an open hold is freed');
  return hold;
}

function grantReversalChanges(account: Account, entry: TransactionReversalEntry): Change[] {
  const { payer, timestamp, target, fromLot, debited, lifted } = entry;
  const lot = { payer, timestamp, sequence: target, points: fromLot };
  const availableFrom = account.pending.at(target)?.availableFrom ?? null;
  const changes: Change[] = [];
  if (fromLot > 0) changes.push({ kind: 'take', lot, availableFrom });
  if (debited !== lifted) changes.push({ kind: 'debit', payer, points: debited - lifted });
  return changes;
}

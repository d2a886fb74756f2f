import type { Account } from './account';
import type { Change } from './change';
import type { SpendReversalEntry, TransactionReversalEntry } from './reversal-entry';

/** Returns what a reversal does, apart from what lapses at once. */
export function reversalChanges(
  account: Account,
  entry: SpendReversalEntry | TransactionReversalEntry,
): Change[] {
  if (entry.kind === 'spendReversal') {
    return entry.allocations.map((lot) => ({ kind: 'give', lot, availableFrom: null }));
  }
  const { payer, timestamp, target, fromLot, debited, lifted } = entry;
  const lot = { payer, timestamp, sequence: target, points: fromLot };
  const availableFrom = account.pending.at(target)?.availableFrom ?? null;
  const changes: Change[] = [];
  if (fromLot > 0) changes.push({ kind: 'take', lot, availableFrom });
  if (debited !== lifted) changes.push({ kind: 'debit', payer, points: debited - lifted });
  return changes;
}

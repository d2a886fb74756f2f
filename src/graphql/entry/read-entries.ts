import { type Entry, lotsOf } from '../../ledger/entry';
import type { ResponseBudget } from '../response-budget';

/**
 * Reads entries within the budget of the response. A spend includes all its allocations, and their
 * number is known only once it is read.
 */
export function readEntries<Found extends Entry | null>(
  budget: ResponseBudget,
  read: () => Promise<Found[]>,
): Promise<Found[]> {
  return budget.takeSequentially(read, (entries) =>
    entries.reduce((sum, entry) => sum + (entry === null ? 0 : lotsOf(entry)), 0),
  );
}

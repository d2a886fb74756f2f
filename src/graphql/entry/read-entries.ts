import type { Entry } from '../../ledger/entry';
import type { AnswerBudget } from '../answer-budget';

/**
 * Reads entries of which the document may ask anything: a spend brings all its lots along, and how
 * many those are is known only when it is there.
 */
export function readEntries<Found extends Entry | null>(
  budget: AnswerBudget,
  read: () => Promise<Found[]>,
): Promise<Found[]> {
  return budget.takeInTurn(read, (entries) =>
    entries.reduce((lots, entry) => lots + lotsOf(entry), 0),
  );
}

function lotsOf(entry: Entry | null): number {
  return entry?.kind === 'spend' ? entry.allocations.length : 0;
}

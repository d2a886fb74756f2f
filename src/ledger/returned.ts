import type { Account } from './account';
import { endOf, makeAll } from './change';
import type { Allocation } from './entry';
import { lapseReturned } from './lapse';
import type { ExpiryRow, LapseTotals } from './lapse-entry';

const nothing: readonly ExpiryRow[] = [];

/**
 * Returns what lapses at once of points that go back to their lots, as far as the lots are past
 * their end. Changes nothing in the end. O(lots (log n + log P)) if any is past its end.
 * @param before what lapsed of the lots so far, by their sequence; of held points, the account
 *   knows it.
 */
export function lapsesOf(
  account: Account,
  allocations: readonly Allocation[],
  time: number,
  before?: ReadonlyMap<number, LapseTotals>,
): readonly ExpiryRow[] {
  if (allocations.every((lot) => endOf(lot) > time)) return nothing;
  const inverses = makeAll(
    account,
    allocations.map((lot) => ({ kind: 'give', lot, availableFrom: null })),
  );
  const { rows, undo } = lapseReturned(account, time, before);
  undo();
  makeAll(account, inverses);
  return rows;
}

import type { Entry } from '../../ledger/entry';
import { accountBounds } from '../account-bounds';
import { compareCodePoints } from '../code-point-order';
import type { AccountRange, EntryRange } from '../journal';
import { names } from '../lapse-rows';

/** Returns a range of an account's entries, which are sorted by sequence. */
export function entriesInRange(
  all: readonly Entry[],
  { from, to, order, limit, naming }: EntryRange,
): Entry[] {
  const first = Math.max(from, 1) - 1;
  const end = Math.max(0, Math.min(to, all.length));
  if (naming === undefined) return limited(all, first, end, order, limit);
  const found = all.slice(first, end).filter((entry) => names(entry, naming));
  return limited(found, 0, found.length, order, limit);
}

/** Returns a range of account ids, which are sorted by code point. O(log n + page). */
export function accountsInRange(ids: readonly string[], range: AccountRange): string[] {
  const { order, limit } = range;
  const { from, after, before } = accountBounds(range);
  const first = Math.max(
    from === null ? 0 : firstIndex(ids, (id) => compareCodePoints(id, from) >= 0),
    after === null ? 0 : firstIndex(ids, (id) => compareCodePoints(id, after) > 0),
  );
  const end =
    before === null ? ids.length : firstIndex(ids, (id) => compareCodePoints(id, before) >= 0);
  return limited(ids, first, end, order, limit);
}

/** Returns at most `limit` items between two indexes, counted from where the order begins. */
function limited<Item>(
  items: readonly Item[],
  first: number,
  end: number,
  order: 'ascending' | 'descending',
  limit: number,
): Item[] {
  if (order === 'ascending') return items.slice(first, Math.min(end, first + limit));
  return items.slice(Math.max(first, end - limit), end).reverse();
}

/** Returns the first index that meets a condition which all later ones meet too. O(log n). */
function firstIndex(ids: readonly string[], meets: (id: string) => boolean): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (meets(ids[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

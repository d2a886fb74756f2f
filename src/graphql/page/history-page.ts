import type { PageRequest } from './page-args';

/**
 * Sequences to read, both inclusive, and whether there are entries before and after them. Empty if
 * from > to.
 */
interface HistoryRange {
  readonly from: number;
  readonly to: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/**
 * Returns the sequences of a page of the history, whose first entry has the highest sequence. They
 * are known before anything is read, since entries are numbered without gaps.
 *
 * @param newest the highest sequence that the response may contain.
 */
export function historyRange(page: PageRequest<number>, newest: number): HistoryRange {
  const highest = Math.min(newest, (page.after ?? Number.POSITIVE_INFINITY) - 1);
  const lowest = Math.max(1, (page.before ?? 0) + 1);
  if (highest < lowest) {
    return { from: 1, to: 0, hasPrevious: highest < newest, hasNext: lowest > 1 };
  }
  const fromStart = page.from === 'start';
  const from = fromStart ? Math.max(lowest, highest - page.limit + 1) : lowest;
  const to = fromStart ? highest : Math.min(highest, lowest + page.limit - 1);
  return { from, to, hasPrevious: to < newest, hasNext: from > 1 };
}

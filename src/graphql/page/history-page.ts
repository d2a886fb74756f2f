import type { PageRequest } from './page-args';

/**
 * Sequences to read, both inclusive, and whether entries stand beside them. Nothing to read where
 * from > to.
 */
interface HistoryRange {
  readonly from: number;
  readonly to: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/**
 * Which entries a page of the history holds, the highest sequence first. As entries are numbered
 * without a gap, this is known before anything is read.
 *
 * @param newest the highest sequence that the answer may show.
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

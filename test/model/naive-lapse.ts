import type { LapseRow } from '../../src/ledger/lapse-entry';
import type { NaiveBooks, NaiveHold, NaiveLot } from './naive-books';

/** Something that becomes due: at one instant by rank, then by the sequence of the lot or hold. */
interface Due {
  readonly at: number;
  /** An expiry is before the end of a hold, and that before a beginning. */
  readonly rank: 0 | 1 | 2;
  readonly sequence: number;
  readonly row: (at: number) => LapseRow;
}

const never = Number.POSITIVE_INFINITY;

/**
 * Processes all that is due, one row at a time; after each, what is due is determined again.
 * @param rowsMax after so many rows, the rest is left.
 */
export function lapseAll(
  books: NaiveBooks,
  time: number,
  recordedAt: number,
  rowsMax = Number.POSITIVE_INFINITY,
): LapseRow[] {
  const rows: LapseRow[] = [];
  if (!books.hasDates) return rows;
  for (;;) {
    const first = firstDue(books);
    if (first === null || first.at > time || rows.length >= rowsMax) return rows;
    books.lapsedAt = Math.max(first.at, recordedAt, books.lapsedAt);
    rows.push(first.row(books.lapsedAt));
  }
}

/** Returns the instant of what is due next; infinite if nothing ever is. */
export function nextDueOf(books: NaiveBooks): number {
  return books.hasDates ? (firstDue(books)?.at ?? never) : never;
}

function firstDue(books: NaiveBooks): Due | null {
  let first: Due | null = null;
  for (const lot of books.lots) {
    const due = dueOfLot(books, lot, first?.at ?? never);
    if (due !== null && (first === null || compareDue(due, first) < 0)) first = due;
  }
  for (const hold of books.openHolds()) {
    const { sequence, expiresAt } = hold;
    const row = (at: number) => end(books, hold, at);
    const due: Due = { at: expiresAt, rank: 1, sequence, row };
    if (first === null || compareDue(due, first) < 0) first = due;
  }
  return first;
}

/**
 * Returns null if the lot never is due, or only after an instant: most lots, and nothing is made.
 */
function dueOfLot(books: NaiveBooks, lot: NaiveLot, until: number): Due | null {
  const { unspent, sequence, isPending, from, expiresAt } = lot;
  const at = isPending ? from : expiresAt;
  if (unspent === 0 || at === undefined || at > until) return null;
  if (isPending) return { at, rank: 2, sequence, row: (instant) => begin(lot, instant) };
  return { at, rank: 0, sequence, row: (instant) => expire(books, lot, instant) };
}

function compareDue(a: Due, b: Due): number {
  return a.at - b.at || a.rank - b.rank || a.sequence - b.sequence;
}

function expire(books: NaiveBooks, lot: NaiveLot, at: number): LapseRow {
  const { payer, timestamp, sequence } = lot;
  const settled = books.covered(lot);
  const expired = lot.unspent - settled;
  books.debits.get(payer)!.settled += settled;
  lot.unspent = 0;
  lot.expired += expired;
  lot.settled += settled;
  const totals = { expired: lot.expired, settled: lot.settled };
  return { kind: 'expiry', payer, timestamp, sequence, at, expired, settled, totals };
}

function end(books: NaiveBooks, hold: NaiveHold, at: number): LapseRow {
  const { sequence, lots } = hold;
  books.move(lots, 'held', 'unspent');
  hold.lots = [];
  const points = lots.reduce((sum, lot) => sum + lot.points, 0);
  return { kind: 'end', hold: sequence, at, points, allocations: lots };
}

function begin(lot: NaiveLot, at: number): LapseRow {
  const { payer, timestamp, sequence, unspent: points } = lot;
  lot.isPending = false;
  return { kind: 'beginning', payer, timestamp, sequence, at, points };
}

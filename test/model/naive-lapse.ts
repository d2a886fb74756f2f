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

/** Processes everything that is due, one row at a time; after each, looks what is due again. */
export function lapseAll(books: NaiveBooks, time: number, recordedAt: number): LapseRow[] {
  const rows: LapseRow[] = [];
  for (;;) {
    const [first] = dueOf(books)
      .filter(({ at }) => at <= time)
      .sort((a, b) => a.at - b.at || a.rank - b.rank || a.sequence - b.sequence);
    if (first === undefined) return rows;
    books.lapsedAt = Math.max(first.at, recordedAt, books.lapsedAt);
    rows.push(first.row(books.lapsedAt));
  }
}

/** Returns the instant of what is due next; infinite if nothing ever is. */
export function nextDueOf(books: NaiveBooks): number {
  return Math.min(...dueOf(books).map(({ at }) => at), Number.POSITIVE_INFINITY);
}

function dueOf(books: NaiveBooks): Due[] {
  const lots = books.lots.filter(({ unspent }) => unspent > 0);
  return [
    ...lots.flatMap((lot): Due[] => {
      const { sequence, isPending, from, expiresAt } = lot;
      if (isPending) return [{ at: from!, rank: 2, sequence, row: (at) => begin(lot, at) }];
      if (expiresAt === undefined) return [];
      return [{ at: expiresAt, rank: 0, sequence, row: (at) => expire(books, lot, at) }];
    }),
    ...books.openHolds().map((hold): Due => {
      const { sequence, expiresAt } = hold;
      return { at: expiresAt, rank: 1, sequence, row: (at) => end(books, hold, at) };
    }),
  ];
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

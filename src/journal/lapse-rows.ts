import type { Entry } from '../ledger/entry';
import type { LapseRow } from '../ledger/lapse-entry';

/**
 * A row of the table `lapse_row`: what became due and was recorded with an entry. The entry's
 * `outcome` has the same rows; the table has an index by lot. `number` counts from 1 in the order of
 * processing.
 */
export type InsertedLapse = readonly [
  accountId: string,
  sequence: number,
  number: number,
  kind: string,
  at: number,
  lotSequence: number,
  timestamp: number,
  payer: string,
  points: number | null,
  expired: number | null,
  settled: number | null,
  expiredTotal: number | null,
  settledTotal: number | null,
];

export const lapseColumns = [
  'account_id',
  'sequence',
  'number',
  'kind',
  'at',
  'lot_sequence',
  'timestamp',
  'payer',
  'points',
  'expired',
  'settled',
  'expired_total',
  'settled_total',
] as const;

/** Returns the lapse rows of entries, which are written in the same transaction. */
export function lapsesOf(entries: readonly Entry[]): InsertedLapse[] {
  return entries
    .filter(hasLapses)
    .flatMap((entry) => rowsIn(entry).map((row, index) => insertedLapse(entry, row, index + 1)));
}

/** True if lapse rows are written with the entry. */
export function hasLapses(entry: Entry): boolean {
  return rowsIn(entry).length > 0;
}

const none: readonly LapseRow[] = [];

function rowsIn(entry: Entry): readonly LapseRow[] {
  if (entry.kind === 'lapse') return entry.rows;
  return entry.kind === 'spendReversal' ? entry.lapses : none;
}

function insertedLapse(
  { accountId, sequence: entrySequence }: Entry,
  row: LapseRow,
  number: number,
): InsertedLapse {
  const { kind, at, sequence, timestamp, payer } = row;
  const place = [accountId, entrySequence, number, kind, at, sequence, timestamp, payer] as const;
  if (kind === 'beginning') return [...place, row.points, null, null, null, null];
  const { expired, settled, totals } = row;
  return [...place, null, expired, settled, totals.expired, totals.settled];
}

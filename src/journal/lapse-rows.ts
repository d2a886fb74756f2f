import type { Entry } from '../ledger/entry';
import type { LapseRow } from '../ledger/lapse-entry';
import { storedAllocations } from './entry-details';

/**
 * A row of the table `lapse_row`: what became due and was recorded with an entry. The entry's
 * `outcome` has the same rows; the table has an index by lot. `number` counts from 1 in the order
 * of processing.
 */
type InsertedLapse = readonly [
  accountId: string,
  sequence: number,
  number: number,
  kind: string,
  at: number,
  lotSequence: number | null,
  holdSequence: number | null,
  timestamp: number | null,
  payer: string | null,
  points: number | null,
  expired: number | null,
  settled: number | null,
  expiredTotal: number | null,
  settledTotal: number | null,
  allocations: string | null,
];

export const lapseColumns = [
  'account_id',
  'sequence',
  'number',
  'kind',
  'at',
  'lot_sequence',
  'hold_sequence',
  'timestamp',
  'payer',
  'points',
  'expired',
  'settled',
  'expired_total',
  'settled_total',
  'allocations',
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

/** True if the entry names the one of a sequence: as its target, or in a row that lapsed. */
export function names(entry: Entry, sequence: number): boolean {
  if ('target' in entry && entry.target === sequence) return true;
  return rowsIn(entry).some((row) => (row.kind === 'end' ? row.hold : row.sequence) === sequence);
}

const none: readonly LapseRow[] = [];

function rowsIn(entry: Entry): readonly LapseRow[] {
  if (entry.kind === 'lapse') return entry.rows;
  return 'lapses' in entry ? entry.lapses : none;
}

function insertedLapse(
  { accountId, sequence: entrySequence }: Entry,
  row: LapseRow,
  number: number,
): InsertedLapse {
  const { kind, at } = row;
  const place = [accountId, entrySequence, number, kind, at] as const;
  if (row.kind === 'end') {
    const { hold, points } = row;
    const allocations = JSON.stringify(storedAllocations(row.allocations));
    return [...place, null, hold, null, null, points, null, null, null, null, allocations];
  }
  const { sequence, timestamp, payer } = row;
  const lot = [...place, sequence, null, timestamp, payer] as const;
  if (row.kind === 'beginning') return [...lot, row.points, null, null, null, null, null];
  const { expired, settled, totals } = row;
  return [...lot, null, expired, settled, totals.expired, totals.settled, null];
}

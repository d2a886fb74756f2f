import { formatOf } from '../ledger/canonical-form';
import type { Allocation, Entry } from '../ledger/entry';
import { broken } from '../ledger/invariant';
import { UnknownEntry } from './journal-error';

/**
 * An entry as it is inserted, one value per column in the order of {@link entryColumns}. Instants
 * are milliseconds since 1970 UTC. `payer` and `timestamp` are null for a spend, `allocations` for
 * a transaction; `digest` is empty in format 1.
 */
type InsertedRow = readonly [
  accountId: string,
  sequence: number,
  id: string,
  format: number,
  kind: string,
  payer: string | null,
  points: number,
  timestamp: number | null,
  recordedAt: number,
  reference: string | null,
  idempotencyKey: string | null,
  allocations: string | null,
  digest: string,
];

/** An entry as it is read: the last values are those of {@link laterColumns}. */
export type EntryRow = readonly [...InsertedRow, ...later: unknown[]];

/** The columns of the table `entry` that this version writes. */
export const entryColumns = [
  'account_id',
  'sequence',
  'id',
  'format',
  'kind',
  'payer',
  'points',
  'timestamp',
  'recorded_at',
  'reference',
  'idempotency_key',
  'allocations',
  'digest',
] as const;

/**
 * The columns that this version only reads. A row with a value in one of them was written by a
 * newer version, and a balance without its meaning would be wrong.
 */
const laterColumns = [
  'target_sequence',
  'available_from',
  'expires_at',
  'input',
  'outcome',
  'actor',
] as const;

/** The columns of {@link EntryRow}. */
export const readColumns = [...entryColumns, ...laterColumns] as const;

/** The columns of the table `entry` as a list for SELECT, in the order of {@link EntryRow}. */
export const columns = readColumns.map((column) => `entry.${column}`).join(', ');

/** The newest format of a row that this program knows. */
const knownFormat = 2;

/** Returns an entry as a row. One without a digest was restored from a store of format 1. */
export function rowOf(entry: Entry): InsertedRow {
  const { accountId, sequence, id, kind, points, recordedAt, reference, idempotencyKey } = entry;
  const { digest } = entry;
  const payer = entry.kind === 'transaction' ? entry.payer : null;
  const timestamp = entry.kind === 'transaction' ? entry.timestamp : null;
  const allocations = entry.kind === 'spend' ? allocationsText(entry.allocations) : null;
  return [
    accountId,
    sequence,
    id,
    formatOf(entry),
    kind,
    payer,
    points,
    timestamp,
    recordedAt,
    reference,
    idempotencyKey,
    allocations,
    digest ?? '',
  ];
}

/**
 * Reads a row.
 * @throws UnknownEntry if the row has a newer format, a kind or a value that this program does not
 *   know: a balance without its meaning would be wrong.
 */
export function entryOf(row: EntryRow): Entry {
  const [accountId, sequence, id, , kind, payer, points, timestamp, recordedAt] = row;
  const [, , , , , , , , , reference, idempotencyKey, allocations, digestText] = row;
  const unknown = unknownPart(row);
  if (unknown !== null) throw new UnknownEntry('store', newerMessage(row, unknown));
  const digest = digestText === '' ? null : digestText;
  const common = { id, accountId, sequence, recordedAt, reference, idempotencyKey, points, digest };
  if (kind === 'transaction' && payer !== null && timestamp !== null) {
    return { ...common, kind, payer, timestamp };
  }
  if (kind === 'spend' && allocations !== null) {
    return { ...common, kind, allocations: JSON.parse(allocations) };
  }
  return broken(`entry ${sequence} of account ${JSON.stringify(accountId)} is no ${kind}`);
}

/**
 * Returns the lots that paid, oldest first:
 * `[{"sequence":1,"timestamp":1604314800000,"payer":"DANNON","points":100}]`. Objects instead of
 * arrays, so that SQL reads `value ->> 'payer'` on every database.
 */
function allocationsText(allocations: readonly Allocation[]): string {
  return JSON.stringify(
    allocations.map(({ sequence, timestamp, payer, points }) => ({
      sequence,
      timestamp,
      payer,
      points,
    })),
  );
}

/** Returns what a newer version has put into a row, null if nothing. */
function unknownPart(row: EntryRow): string | null {
  const [, , , format, kind] = row;
  if (format > knownFormat) return `has format ${format}`;
  if (kind !== 'transaction' && kind !== 'spend') return `is of kind ${JSON.stringify(kind)}`;
  for (let at = entryColumns.length; at < row.length; at += 1) {
    if (row[at] !== null) return `has a value in ${readColumns[at]}`;
  }
  return null;
}

function newerMessage([accountId, sequence]: EntryRow, unknown: string): string {
  return (
    `Entry ${sequence} of account ${JSON.stringify(accountId)} ${unknown}, which this program does ` +
    'not know: run the version that wrote it, or a newer one.'
  );
}

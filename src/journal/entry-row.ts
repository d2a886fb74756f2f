import type { Allocation, Entry } from '../ledger/entry';
import { broken } from '../ledger/invariant';
import { OperatorError } from '../operator-error';

/**
 * An entry as a table holds it, one value per column in the order of {@link entryColumns}. Instants
 * are milliseconds since 1970 UTC. `payer` and `timestamp` are null for a spend, `allocations` for
 * a transaction.
 */
export type EntryRow = readonly [
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
];

/** The columns of the table `entry`. */
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
] as const;

/** The columns of the table `entry` as a list for SELECT, in the order of {@link EntryRow}. */
export const columns = entryColumns.map((column) => `entry.${column}`).join(', ');

/** The newest format of a row that this program knows. A new kind of entry needs a new format. */
const knownFormat = 1;

/** Returns an entry as a row. */
export function rowOf(entry: Entry): EntryRow {
  const { accountId, sequence, id, kind, points, recordedAt, reference, idempotencyKey } = entry;
  const payer = entry.kind === 'transaction' ? entry.payer : null;
  const timestamp = entry.kind === 'transaction' ? entry.timestamp : null;
  const allocations = entry.kind === 'spend' ? allocationsText(entry.allocations) : null;
  return [
    accountId,
    sequence,
    id,
    knownFormat,
    kind,
    payer,
    points,
    timestamp,
    recordedAt,
    reference,
    idempotencyKey,
    allocations,
  ];
}

/**
 * Reads a row.
 * @throws OperatorError if the row has a newer format: its meaning is unknown, and a balance
 *   without it would be wrong.
 */
export function entryOf(row: EntryRow): Entry {
  const [accountId, sequence, id, format, kind, payer, points, timestamp, recordedAt] = row;
  const [, , , , , , , , , reference, idempotencyKey, allocations] = row;
  if (format > knownFormat) throw new OperatorError('store', newerFormatMessage(row));
  const common = { id, accountId, sequence, recordedAt, reference, idempotencyKey, points };
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

function newerFormatMessage([accountId, sequence, , format]: EntryRow): string {
  return (
    `Entry ${sequence} of account ${JSON.stringify(accountId)} is written in format ${format}, ` +
    `and this program knows formats up to ${knownFormat}. Run the version that wrote it, or a newer one.`
  );
}

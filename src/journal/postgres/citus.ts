import { AppendOutcomeUnknown, JournalUnavailable } from '../journal-error';
import { ResponseTimeout } from './connections';
import { sqlStateOf } from './errors';
import type { PostgresSession } from './session';

/** The tables that are distributed by account; the others are colocated with the first. */
export const distributedTables = ['entry', 'lapse_row', 'snapshot', 'snapshot_part'] as const;

type LedgerTable = (typeof distributedTables)[number];

/**
 * Returns the ledger's tables that exist on a Citus coordinator and are not distributed. Empty if
 * the database has no Citus.
 */
export async function plainTables(session: PostgresSession): Promise<LedgerTable[]> {
  if (!(await hasCitus(session))) return [];
  const rows = await session.rows({
    text: `
      SELECT name FROM unnest($1::text[]) AS name
      WHERE to_regclass(name) IS NOT NULL
        AND to_regclass(name) NOT IN (SELECT logicalrelid FROM pg_dist_partition)`,
    values: [distributedTables],
  });
  return distributedTables.filter((table) => rows.some(([name]) => name === table));
}

/** True if the extension is installed in the database. */
export async function hasCitus(session: PostgresSession): Promise<boolean> {
  const rows = await session.rows({ text: "SELECT 1 FROM pg_extension WHERE extname = 'citus'" });
  return rows.length > 0;
}

/** Returns the statement that distributes a table by account. */
export function distributionOf(table: LedgerTable): string {
  const [first] = distributedTables;
  const colocated = table === first ? '' : `, colocate_with => '${first}'`;
  return `SELECT create_distributed_table('${table}', 'account_id'${colocated})`;
}

/** How the tables are stored. */
export interface Distribution {
  readonly isDistributed: boolean;
  /**
   * Ids that no account has, since they are blank: one for each worker that stores entries, or one
   * if the tables are not distributed.
   */
  readonly probes: readonly string[];
}

const undistributed: Distribution = { isDistributed: false, probes: [''] };

/** Blank ids whose shards are looked up: enough to hit every worker. */
const probesMax = 255;

/** All ids that may be probes. */
export const blankIds: readonly string[] = Array.from({ length: probesMax + 1 }, (_, number) =>
  ' '.repeat(number),
);

const selectProbes = `
  SELECT min(number)::int FROM generate_series(0, ${probesMax}) AS number
  JOIN pg_dist_shard_placement
    ON shardid = get_shard_id_for_distribution_column('entry', repeat(' ', number))
  GROUP BY nodename, nodeport ORDER BY 1`;

/** Reads how the tables are stored. Three round trips; one without Citus. */
export async function readDistribution(session: PostgresSession): Promise<Distribution> {
  if (!(await hasCitus(session)) || (await plainTables(session)).length > 0) return undistributed;
  const rows = await session.rows({ text: selectProbes });
  return { isDistributed: true, probes: rows.map(([number]) => ' '.repeat(number as number)) };
}

/**
 * Returns the error of a call to a distributed database as one of a part of it, unless the
 * coordinator itself cannot be reached.
 */
export function asPartial(error: unknown): unknown {
  if (!(error instanceof Error) || !isFromCoordinator(error.cause)) return error;
  const options = { cause: error.cause, isPartial: true };
  if (error instanceof AppendOutcomeUnknown)
    return new AppendOutcomeUnknown(error.message, options);
  if (error instanceof JournalUnavailable) return new JournalUnavailable(error.message, options);
  return error;
}

/** True if the coordinator responded with an error, or did not respond in time. */
function isFromCoordinator(cause: unknown): boolean {
  return sqlStateOf(cause) !== null || cause instanceof ResponseTimeout;
}

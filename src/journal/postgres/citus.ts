import type { PostgresSession } from './session';

/** The tables that are distributed by account; the others are colocated with the first. */
export const distributedTables = ['entry', 'snapshot', 'snapshot_part'] as const;

/**
 * Returns the ledger's tables that exist on a Citus coordinator and are not distributed. Empty if
 * the database has no Citus.
 */
export async function plainTables(session: PostgresSession): Promise<string[]> {
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

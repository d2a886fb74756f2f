import { OperatorError } from '../../operator-error';
import { silentLogger } from '../../telemetry/logger';

import { distributionOf, hasCitus, plainTables } from './citus';
import { PostgresConnections } from './connections';
import { portErrorOf } from './errors';
import { postgresLimits } from './limits';
import { prepareSchema } from './schema';
import type { PostgresSession } from './session';

/** The time that the copying of a large table may take, in milliseconds: a day. */
const copyMsMax = 86_400_000;

interface Distribution {
  /** Tables that this call distributed; empty if all were. */
  readonly distributed: readonly string[];
  /** The nodes that hold shards, as `host:port`. */
  readonly nodes: readonly string[];
}

/**
 * Creates the ledger's tables on a Citus coordinator if they are missing, and distributes by
 * account those that are not. Writes of running servers wait while a table is copied. Rejects with
 * `OperatorError` if the database is not a Citus coordinator, and otherwise as opening does.
 */
export async function distributeTables(
  url: string,
  onTable: (table: string) => void,
): Promise<Distribution> {
  const limits = { ...postgresLimits, callMsMax: copyMsMax };
  const connections = new PostgresConnections(url, 1, limits);
  try {
    await connections.withConnection(requireCitus);
    await prepareSchema(connections, connections, silentLogger);
    return await connections.withConnection((session) => distribute(session, onTable));
  } catch (error) {
    throw portErrorOf(error);
  } finally {
    await connections.close();
  }
}

async function requireCitus(session: PostgresSession): Promise<void> {
  if (await hasCitus(session)) return;
  throw new OperatorError(
    'store',
    'The database has no Citus. Run CREATE EXTENSION citus in it on every node, add the workers on ' +
      'the coordinator with citus_add_node, and name the coordinator.',
  );
}

async function distribute(
  session: PostgresSession,
  onTable: (table: string) => void,
): Promise<Distribution> {
  const plain = await plainTables(session);
  for (const table of plain) {
    onTable(table);
    await session.rows({ text: distributionOf(table) });
  }
  await referenceKeys(session);
  const nodes = await session.rows({
    text: `
      SELECT nodename || ':' || nodeport FROM pg_dist_node
      WHERE isactive AND shouldhaveshards ORDER BY nodeid`,
  });
  return { distributed: plain, nodes: nodes.map(([name]) => name as string) };
}

/** Copies the table of keys in the schema of the entries to every node: keys have no account. */
async function referenceKeys(session: PostgresSession): Promise<void> {
  const plain = await session.rows({
    text: `
      SELECT oid::regclass::text FROM pg_class WHERE relname = 'api_key' AND relkind = 'r'
        AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass('entry'))
        AND oid NOT IN (SELECT logicalrelid FROM pg_dist_partition)`,
  });
  for (const [name] of plain) {
    await session.rows({ text: 'SELECT create_reference_table($1::regclass)', values: [name] });
  }
}

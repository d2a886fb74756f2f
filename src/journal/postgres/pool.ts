import { Client, type ClientBase, Pool, type PoolConfig } from 'pg';
import { JournalUnavailable } from '../journal-error';
import type { PostgresLimits } from './limits';
import { selectSettings } from './settings';

const typeOfBigint = 20;
const typeOfJson = 114;
const typeOfJsonb = 3802;

/** What is known of a connection. */
export interface ConnectionTraits {
  /** When it was made, in milliseconds of the monotonic clock. */
  readonly createdAt: number;
  /** True if it has the settings of `withSettings`. */
  readonly hasSettings: boolean;
}

/** Makes a pool of connections to a server, if that is the primary. */
export function poolOf(
  address: string,
  max: number,
  limits: PostgresLimits,
  onMade: (client: ClientBase, traits: ConnectionTraits) => void,
): Pool {
  const config: PoolConfig & { readonly pipeline: true } = {
    connectionString: address,
    max,
    pipeline: true,
    keepAlive: true,
    application_name: 'points-ledger',
    connectionTimeoutMillis: limits.connectMsMax,
    idleTimeoutMillis: limits.idleMsMax,
    allowExitOnIdle: true,
    types: { getTypeParser },
    // pg awaits the promise, although its type says void.
    onConnect: async (client): Promise<void> => {
      const createdAt = performance.now();
      onMade(client, { createdAt, hasSettings: await checkPrimary(client) });
    },
  };
  const pool = new Pool(config);
  // The pool itself removes an idle connection that breaks.
  pool.on('error', () => {});
  return pool;
}

/**
 * Checks that the server is the primary: reads from a standby are stale. Returns whether the
 * connection has the settings, which a pooler may drop silently.
 * @throws JournalUnavailable if it is a standby.
 */
async function checkPrimary(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT pg_is_in_recovery() AS standby, ${selectSettings} AS settings`,
  );
  if (rows[0].standby) throw new JournalUnavailable('this is a standby, not the primary');
  return rows[0].settings === true;
}

/** Parses bigint as a number, since no value here exceeds 2^53, and leaves JSON as text. */
function getTypeParser(type: number): (text: string) => unknown {
  if (type === typeOfBigint) return Number;
  if (type === typeOfJson || type === typeOfJsonb) return unparsed;
  return Client.prototype.getTypeParser.call(plain, type, 'text');
}

const plain = new Client({});
const unparsed = (text: string) => text;

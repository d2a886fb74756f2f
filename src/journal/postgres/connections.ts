import { Client, type ClientBase, Pool, type PoolClient, type PoolConfig } from 'pg';
import { JournalUnavailable } from '../journal';
import { addressesOf, placeOf } from './address';
import { categoryOf, reasonOf, sqlStateOf } from './errors';
import type { PostgresLimits } from './limits';
import { PostgresSession } from './session';

/**
 * A call timed out. Its connection is closed, and the statement in flight may still be executed.
 */
export class ResponseTimeout extends Error {
  override readonly name = 'ResponseTimeout';
  readonly syscall = 'read';
}

/** No connection could be acquired: nothing was sent. */
class NoConnection extends JournalUnavailable {}

/**
 * When the database last refused a write because it is read-only, in milliseconds of the monotonic
 * clock. Connections made before may stay read-only after the database accepts writes again (a
 * role's settings apply to new sessions), so none of them is used any more.
 */
interface ReadOnlyObservation {
  at: number;
}

const readOnlyState = '25006';
const typeOfBigint = 20;
const typeOfJson = 114;
const typeOfJsonb = 3802;

/**
 * Pools of connections to the primary among the named servers. One call at a time uses a
 * connection, with a timeout. A connection that broke, or whose call timed out, is closed. Only
 * unnamed statements are sent, and nothing outlasts a transaction, so a pooler in transaction mode
 * works.
 */
export class PostgresConnections {
  private readonly pools: readonly Pool[];
  /** The index of the server that was the primary at the last call. */
  private current = 0;
  /** When each connection was made, in milliseconds of the monotonic clock. */
  private readonly createdAt = new WeakMap<ClientBase, number>();
  private isClosed = false;

  constructor(
    url: string,
    connectionsMax: number,
    private readonly limits: PostgresLimits,
    private readonly readOnly: ReadOnlyObservation = { at: Number.NEGATIVE_INFINITY },
  ) {
    const made = (client: ClientBase) => this.createdAt.set(client, performance.now());
    this.pools = addressesOf(url).map((address) => poolOf(address, connectionsMax, limits, made));
  }

  /**
   * Runs a call with a connection of its own.
   * @throws NoConnection if there is none, ResponseTimeout if the call times out, or the call's
   *   error.
   */
  async withConnection<Result>(
    call: (session: PostgresSession) => Promise<Result>,
  ): Promise<Result> {
    const until = performance.now() + this.limits.callMsMax;
    const client = await this.connect(until);
    const session = new PostgresSession(client as unknown as Client);
    const warn = ({ code = '' }: { code?: string }) => session.warnings.push(code);
    client.on('notice', warn);
    // The call in flight rejects with it too.
    client.on('error', ignore);
    let isSound = false;
    try {
      const result = await withDeadline(until, call(session));
      isSound = true;
      return result;
    } catch (error) {
      const isReadOnly = hasState(error, readOnlyState);
      if (isReadOnly) this.readOnly.at = performance.now();
      isSound = !isReadOnly && !(error instanceof ResponseTimeout) && categoryOf(error) !== 'lost';
      throw error;
    } finally {
      client.off('notice', warn);
      if (!isSound) destroySocket(client);
      client.release(!isSound);
      if (isSound) client.off('error', ignore);
    }
  }

  /**
   * Notes that the database takes writes again. Connections created while it was read-only and used
   * only for reads since may have stayed read-only: none of them is used any more.
   */
  noteWritable(): void {
    if (this.readOnly.at > Number.NEGATIVE_INFINITY) this.readOnly.at = performance.now();
  }

  /** Resolves when the calls in flight have ended. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await Promise.all(this.pools.map((pool) => pool.end()));
  }

  /**
   * Tries the servers one after another, beginning with the last known primary.
   * @throws NoConnection if none of them can be reached.
   */
  private async connect(until: number): Promise<PoolClient> {
    const reasons: string[] = [];
    let cause: unknown = null;
    for (let tried = 0; tried < this.pools.length; tried += 1) {
      const index = (this.current + tried) % this.pools.length;
      try {
        const client = await this.connectionNewerThanReadOnly(this.pools[index]!, until);
        this.current = index;
        return client;
      } catch (error) {
        cause = error;
        reasons.push(reasonOf(error));
      }
    }
    throw new NoConnection(`The database cannot be reached: ${reasons.join('; ')}.`, { cause });
  }

  /** Returns a connection made after the database was last seen to be read-only. */
  private async connectionNewerThanReadOnly(pool: Pool, until: number): Promise<PoolClient> {
    for (;;) {
      const client = await withDeadline(until, pool.connect(), discard);
      if ((this.createdAt.get(client) ?? 0) > this.readOnly.at) return client;
      client.release(true);
    }
  }
}

function poolOf(
  address: string,
  max: number,
  limits: PostgresLimits,
  made: (client: ClientBase) => void,
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
    onConnect: (client): Promise<void> => {
      made(client);
      return checkPrimary(client, placeOf(address));
    },
  };
  const pool = new Pool(config);
  // The pool itself removes an idle connection that breaks.
  pool.on('error', () => {});
  return pool;
}

/**
 * Checks that the server is the primary: reads from a standby are stale.
 * @throws JournalUnavailable if it is a standby.
 */
async function checkPrimary(client: ClientBase, place: string): Promise<void> {
  const { rows } = await client.query('SELECT pg_is_in_recovery() AS standby');
  if (rows[0].standby) throw new JournalUnavailable(`${place} is a standby, not the primary`);
}

/** Parses bigint as a number, since no value here exceeds 2^53, and leaves JSON as text. */
function getTypeParser(type: number): (text: string) => unknown {
  if (type === typeOfBigint) return Number;
  if (type === typeOfJson || type === typeOfJsonb) return unparsed;
  return Client.prototype.getTypeParser.call(plain, type, 'text');
}

const plain = new Client({});
const unparsed = (text: string) => text;

/** True if an error, or one that caused it, is the server's error with this SQLSTATE. */
function hasState(error: unknown, state: string): boolean {
  if (sqlStateOf(error) === state) return true;
  return error instanceof Error && error.cause !== undefined && hasState(error.cause, state);
}

/** Destroys the socket: pg's `end` would wait for the outstanding responses. */
function destroySocket(client: PoolClient): void {
  const { connection } = client as unknown as {
    readonly connection?: { readonly stream: { destroy(): void } };
  };
  connection?.stream.destroy();
}

/** Handles errors of a closed connection, which may emit another one while it ends. */
function ignore(): void {}

function discard(client: PoolClient): void {
  client.release();
}

/**
 * Awaits a result until a deadline.
 * @param until milliseconds of the monotonic clock.
 * @param late receives a result that arrives after the deadline.
 * @throws ResponseTimeout at the deadline.
 */
async function withDeadline<Result>(
  until: number,
  pending: Promise<Result>,
  late: (result: Result) => void = () => {},
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const end = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => {
        isLate = true;
        reject(new ResponseTimeout('No response came in time'));
      },
      Math.max(0, until - performance.now()),
    );
  });
  pending.then(
    (result) => {
      if (isLate) late(result);
    },
    () => {},
  );
  try {
    return await Promise.race([pending, end]);
  } finally {
    clearTimeout(timer);
  }
}

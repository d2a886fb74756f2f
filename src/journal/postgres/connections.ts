import { Client, type ClientBase, Pool, type PoolClient, type PoolConfig } from 'pg';
import { JournalUnavailable } from '../journal';
import { addressesOf, placeOf } from './address';
import { faultOf, reasonOf, sqlStateOf } from './errors';
import type { PostgresLimits } from './limits';
import { PostgresSession } from './session';

/** No answer came in time: the connection is given up, and with it what was under way. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly syscall = 'read';
}

/** A connection could not be had: nothing was sent. */
export class NoConnection extends JournalUnavailable {}

/**
 * When the database last refused a write because it is read-only, on the process's own clock, in
 * milliseconds. Connections made before may stay read-only after the database takes writes again (a
 * role's settings apply to new sessions), so none of them is lent any more.
 */
export interface ReadOnlySight {
  at: number;
}

const readOnlyState = '25006';
const typeOfBigint = 20;
const typeOfJson = 114;
const typeOfJsonb = 3802;

/**
 * Connections to the primary among the servers that are named. Each is lent to one call at a time,
 * which is bounded in time; one that broke, or on which an answer was not waited for, is thrown
 * away. Only unnamed statements, and nothing that lasts longer than a transaction, so that a pooler
 * in transaction mode may stand in between.
 */
export class PostgresConnections {
  private readonly pools: readonly Pool[];
  /** Which server was the primary when last asked. */
  private current = 0;
  /** When each connection was made, on the process's own clock, in milliseconds. */
  private readonly madeAt = new WeakMap<ClientBase, number>();
  private isClosed = false;

  constructor(
    url: string,
    connectionsMax: number,
    private readonly limits: PostgresLimits,
    private readonly readOnly: ReadOnlySight = { at: Number.NEGATIVE_INFINITY },
  ) {
    const made = (client: ClientBase) => this.madeAt.set(client, performance.now());
    this.pools = addressesOf(url).map((address) => poolOf(address, connectionsMax, limits, made));
  }

  /**
   * Lends a connection to a call. Rejects with {@link NoConnection} if there is none, with {@link
   * NoAnswer} if the call takes too long, and else as the call does.
   */
  async lend<Result>(call: (session: PostgresSession) => Promise<Result>): Promise<Result> {
    const until = performance.now() + this.limits.answerMsMax;
    const client = await this.connect(until);
    const session = new PostgresSession(client as unknown as Client);
    const warn = ({ code = '' }: { code?: string }) => session.warnings.push(code);
    client.on('notice', warn);
    // The call under way hears of it too, by its answer.
    client.on('error', ignore);
    let isSound = false;
    try {
      const result = await within(until, call(session));
      isSound = true;
      return result;
    } catch (error) {
      const isReadOnly = hasState(error, readOnlyState);
      if (isReadOnly) this.readOnly.at = performance.now();
      isSound = !isReadOnly && !(error instanceof NoAnswer) && faultOf(error) !== 'lost';
      throw error;
    } finally {
      client.off('notice', warn);
      if (!isSound) cut(client);
      client.release(!isSound);
      if (isSound) client.off('error', ignore);
    }
  }

  /** Lets the calls under way end. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await Promise.all(this.pools.map((pool) => pool.end()));
  }

  /** Tries the servers in turn, beginning with the one that was the primary. */
  private async connect(until: number): Promise<PoolClient> {
    const reasons: string[] = [];
    let cause: unknown = null;
    for (let tried = 0; tried < this.pools.length; tried += 1) {
      const index = (this.current + tried) % this.pools.length;
      try {
        const client = await this.freshOf(this.pools[index]!, until);
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
  private async freshOf(pool: Pool, until: number): Promise<PoolClient> {
    for (;;) {
      const client = await within(until, pool.connect(), discard);
      if ((this.madeAt.get(client) ?? 0) > this.readOnly.at) return client;
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
    // Typed as if its answer were not waited for, and it is.
    onConnect: (client): Promise<void> => {
      made(client);
      return checkPrimary(client, placeOf(address));
    },
  };
  const pool = new Pool(config);
  // A connection that breaks while nobody uses it is gone from the pool by itself.
  pool.on('error', () => {});
  return pool;
}

/** A standby answers reads with what was true some time ago. */
async function checkPrimary(client: ClientBase, place: string): Promise<void> {
  const { rows } = await client.query('SELECT pg_is_in_recovery() AS standby');
  if (rows[0].standby) throw new JournalUnavailable(`${place} is a standby, not the primary`);
}

/** bigint comes as a number, as no value of ours is beyond 2^53; JSON as the text that it is. */
function getTypeParser(type: number): (text: string) => unknown {
  if (type === typeOfBigint) return Number;
  if (type === typeOfJson || type === typeOfJsonb) return asItIs;
  return Client.prototype.getTypeParser.call(plain, type, 'text');
}

const plain = new Client({});
const asItIs = (text: string) => text;

/** True if an error, or one that caused it, is the server's error with this SQLSTATE. */
function hasState(error: unknown, state: string): boolean {
  if (sqlStateOf(error) === state) return true;
  return error instanceof Error && error.cause !== undefined && hasState(error.cause, state);
}

/** pg's own end would wait for the answers that are outstanding. */
function cut(client: PoolClient): void {
  const { connection } = client as unknown as {
    readonly connection?: { readonly stream: { destroy(): void } };
  };
  connection?.stream.destroy();
}

/** Stays on a connection that is thrown away, which may break once more while it ends. */
function ignore(): void {}

function discard(client: PoolClient): void {
  client.release();
}

/** @param late is handed what came after nobody waited for it any more. */
async function within<Result>(
  until: number,
  answer: Promise<Result>,
  late: (result: Result) => void = () => {},
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const end = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => {
        isLate = true;
        reject(new NoAnswer('No answer came in time'));
      },
      Math.max(0, until - performance.now()),
    );
  });
  answer.then(
    (result) => {
      if (isLate) late(result);
    },
    () => {},
  );
  try {
    return await Promise.race([answer, end]);
  } finally {
    clearTimeout(timer);
  }
}

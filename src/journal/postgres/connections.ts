import type { Client, ClientBase, Pool, PoolClient } from 'pg';
import { addressesOf, placeOf } from './address';
import { categoryOf, sqlStateOf } from './errors';
import type { PostgresLimits } from './limits';
import { type FailedServer, NoConnection } from './no-connection';
import { type ConnectionTraits, poolOf } from './pool';
import { type ServerTraits, unsetServer } from './server-traits';
import { PostgresSession } from './session';
import { areSettingsRefused, withSettings } from './settings';

/**
 * A call timed out. Its connection is closed, and the statement in flight may still be executed.
 */
export class ResponseTimeout extends Error {
  override readonly name = 'ResponseTimeout';
  readonly syscall = 'read';
}

const readOnlyState = '25006';

/**
 * A statement of this name exists, or does not exist: another connection to the server was used
 * than the one for which it was prepared, so there is a pooler in between.
 */
const poolerStates = ['42P05', '26000'];

/**
 * Pools of connections to the primary among the named servers. One call at a time uses a
 * connection, with a timeout. A connection that broke, or whose call timed out, is closed. What
 * outlasts a transaction, settings and prepared statements, only saves time: with a pooler in
 * transaction mode, which is detected, there is none of it.
 */
export class PostgresConnections {
  private pools: readonly Pool[];
  /** Where the servers are, for messages. */
  private readonly places: readonly string[];
  /** The index of the server that was the primary at the last call. */
  private current = 0;
  private readonly traits = new WeakMap<ClientBase, ConnectionTraits>();
  /** Pools whose connections were refused; calls may still wait for one of these. */
  private readonly refused: Pool[] = [];
  private isClosed = false;

  constructor(
    private readonly url: string,
    private readonly connectionsMax: number,
    private readonly limits: PostgresLimits,
    private readonly server: ServerTraits = unsetServer(),
  ) {
    this.pools = this.makePools();
    this.places = addressesOf(url).map(placeOf);
  }

  /**
   * Runs a call with a connection of its own. If the call fails because there is a pooler, which
   * rolls its transaction back, it runs again without prepared statements.
   * @throws NoConnection if there is none, ResponseTimeout if the call times out, or the call's
   *   error.
   */
  async withConnection<Result>(
    call: (session: PostgresSession) => Promise<Result>,
  ): Promise<Result> {
    const until = performance.now() + this.limits.callMsMax;
    const { keepsStatements } = this.server;
    try {
      return await this.attempt(call, until);
    } catch (error) {
      if (!keepsStatements || !poolerStates.some((state) => hasState(error, state))) throw error;
      this.server.keepsStatements = false;
      this.server.takesSettings = false;
      return await this.attempt(call, until);
    }
  }

  /**
   * Notes that the database takes writes again. Connections created while it was read-only and used
   * only for reads since may have stayed read-only: none of them is used any more.
   */
  noteWritable(): void {
    const { server } = this;
    if (server.readOnlyAt > Number.NEGATIVE_INFINITY) server.readOnlyAt = performance.now();
  }

  /** Resolves when the calls in flight have ended. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await Promise.all([...this.pools, ...this.refused].map((pool) => pool.end()));
  }

  private makePools(): Pool[] {
    const { limits, server } = this;
    const made = (client: ClientBase, traits: ConnectionTraits) => this.traits.set(client, traits);
    return addressesOf(this.url).map((address) => {
      const full = server.takesSettings ? withSettings(address, limits.lockMsMax) : address;
      return poolOf(full, this.connectionsMax, limits, made);
    });
  }

  private async attempt<Result>(
    call: (session: PostgresSession) => Promise<Result>,
    until: number,
  ): Promise<Result> {
    const client = await this.connect(until);
    const { takesSettings, keepsStatements } = this.server;
    const session = new PostgresSession(client as unknown as Client, {
      hasSettings: takesSettings && this.traits.get(client)?.hasSettings === true,
      keepsStatements,
    });
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
      if (isReadOnly) this.server.readOnlyAt = performance.now();
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
   * Tries the servers one after another, beginning with the last known primary.
   * @throws NoConnection if none of them can be reached.
   */
  private async connect(until: number): Promise<PoolClient> {
    const failed: FailedServer[] = [];
    for (let tried = 0; tried < this.pools.length; tried += 1) {
      const index = (this.current + tried) % this.pools.length;
      try {
        const client = await this.connectTo(index, until);
        this.current = index;
        return client;
      } catch (error) {
        failed.push({ place: this.places[index]!, error });
      }
    }
    throw new NoConnection(failed);
  }

  /** Connects without the settings from now on if the server refuses them. */
  private async connectTo(index: number, until: number): Promise<PoolClient> {
    const pool = this.pools[index]!;
    try {
      return await this.connectionNewerThanReadOnly(pool, until);
    } catch (error) {
      if (!areSettingsRefused(error)) throw error;
      this.dropSettings(pool);
      return await this.connectionNewerThanReadOnly(this.pools[index]!, until);
    }
  }

  /** @param pool the pool whose connection was refused; another call may have replaced it. */
  private dropSettings(pool: Pool): void {
    this.server.takesSettings = false;
    if (!this.pools.includes(pool)) return;
    this.refused.push(...this.pools);
    this.pools = this.makePools();
  }

  /** Returns a connection made after the database was last seen to be read-only. */
  private async connectionNewerThanReadOnly(pool: Pool, until: number): Promise<PoolClient> {
    for (;;) {
      const client = await withDeadline(until, pool.connect(), discard);
      if ((this.traits.get(client)?.createdAt ?? 0) > this.server.readOnlyAt) return client;
      client.release(true);
    }
  }
}

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

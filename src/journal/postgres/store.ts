import type { Logger } from '../../telemetry/logger';
import { AppendOutcomeUnknown } from '../journal-error';
import { asPartial, type Distribution, readDistribution } from './citus';
import { PostgresConnections, ResponseTimeout } from './connections';
import { portErrorOf } from './errors';
import type { PostgresLimits } from './limits';
import { checkRestored } from './restore-mark';
import { prepareSchema } from './schema';
import { directServer, type ServerTraits } from './server-traits';
import type { PostgresSession, Row, Statement } from './session';
import { tryInsert } from './trial';

type Call<Result> = (session: PostgresSession) => Promise<Result>;

/**
 * The connections to a ledger in PostgreSQL, and how its tables are distributed. Batches have
 * connections of their own, so that they never wait for other calls.
 */
export class PostgresStore {
  private constructor(
    private readonly batches: PostgresConnections,
    private readonly others: PostgresConnections,
    readonly limits: PostgresLimits,
    private readonly server: ServerTraits,
    private known: Distribution,
  ) {
    this.noteDistribution(known);
  }

  /**
   * Opens a ledger, and creates its tables if they are missing.
   * @param isRestore true to open a ledger that a restore has not completed too.
   * @throws JournalUnavailable if the database does not respond, OperatorError if an operator has
   *   to act.
   */
  static async open(
    url: string,
    limits: PostgresLimits,
    logger: Logger,
    isRestore: boolean,
  ): Promise<PostgresStore> {
    const server = directServer();
    const batches = new PostgresConnections(url, limits.batchConnectionsMax, limits, server);
    // Migrations run without the settings of the others, such as their short wait for locks.
    const opening = new PostgresConnections(url, 1, limits);
    const patient = new PostgresConnections(url, 1, { ...limits, callMsMax: limits.upgradeMsMax });
    try {
      await prepareSchema(opening, patient, logger);
      const distribution = await batches.withConnection(readDistribution);
      if (!isRestore) await checkRestored(opening);
      // Only now, when it is known which settings the server takes.
      const others = new PostgresConnections(url, limits.otherConnectionsMax, limits, server);
      return new PostgresStore(batches, others, limits, server, distribution);
    } catch (error) {
      await batches.close();
      throw portErrorOf(error);
    } finally {
      await Promise.all([opening.close(), patient.close()]);
    }
  }

  get distribution(): Distribution {
    return this.known;
  }

  /**
   * Runs a call for a batch, whose outcome may be unknown without harm.
   * @throws the port's errors.
   */
  async readBatch<Result>(call: Call<Result>): Promise<Result> {
    return this.run(this.batches, call, portErrorOf);
  }

  /** Runs another such call. */
  async read<Result>(call: Call<Result>): Promise<Result> {
    return this.run(this.others, call, portErrorOf);
  }

  /** Runs one statement and returns its rows. */
  async rows(statement: Statement): Promise<readonly Row[]> {
    return this.read((session) => session.rows(statement));
  }

  /**
   * Runs an append.
   * @throws the port's errors.
   */
  async append<Result>(call: Call<Result>): Promise<Result> {
    return this.run(this.batches, call, unknownIfTimedOut);
  }

  /** Runs a call that appends once `hasAppended` returns true. */
  async appendLater<Result>(call: Call<Result>, hasAppended: () => boolean): Promise<Result> {
    return this.run(this.others, call, (error) =>
      hasAppended() ? unknownIfTimedOut(error) : portErrorOf(error),
    );
  }

  /** Resolves if the database responds. */
  async check(): Promise<void> {
    this.noteDistribution(await this.read(readDistribution));
    const text = 'SELECT 1 FROM entry WHERE account_id = $1 LIMIT 1';
    await this.onAnyWorker((session, probe) => session.rows({ text, values: [probe] }));
  }

  /** Resolves if the database accepts writes. */
  async tryWrite(): Promise<void> {
    await this.onAnyWorker((session, probe) => tryInsert(session, this.limits, probe));
    this.batches.noteWritable();
  }

  async close(): Promise<void> {
    await Promise.all([this.batches.close(), this.others.close()]);
  }

  private async run<Result>(
    connections: PostgresConnections,
    call: Call<Result>,
    portErrorOf: (error: unknown) => unknown,
  ): Promise<Result> {
    try {
      return await connections.withConnection(call);
    } catch (error) {
      const thrown = portErrorOf(error);
      throw this.known.isDistributed ? asPartial(thrown) : thrown;
    }
  }

  /**
   * Runs a call for a blank account of each worker until one succeeds.
   * @throws the last error if none does.
   */
  private async onAnyWorker(
    call: (session: PostgresSession, probe: string) => Promise<unknown>,
  ): Promise<void> {
    let last: unknown = null;
    for (const probe of this.known.probes) {
      try {
        await this.read((session) => call(session, probe));
        return;
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }

  private noteDistribution(distribution: Distribution): void {
    this.known = distribution;
    // Citus plans most statements at each execution.
    if (distribution.isDistributed) this.server.keepsStatements = false;
  }
}

/**
 * Returns the port's error. After a timeout, the statements that were sent may still be executed.
 */
function unknownIfTimedOut(error: unknown): unknown {
  if (error instanceof AppendOutcomeUnknown) return error;
  if (!(error instanceof ResponseTimeout)) return portErrorOf(error);
  return new AppendOutcomeUnknown(`The database did not confirm the change: ${error.message}.`, {
    cause: error,
  });
}

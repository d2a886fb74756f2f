import type { Entry } from '../../ledger/entry';
import { type Logger, silentLogger } from '../../telemetry/logger';
import { checkShape } from '../append-shape';
import { type EntryRow, entryOf } from '../entry-row';
import type {
  AccountRange,
  Append,
  AppendResult,
  CatchUp,
  CaughtUp,
  DuePlace,
  DueRange,
  EntryPlace,
  EntryRange,
  Journal,
  SnapshotHead,
  SnapshotMark,
  SweepState,
} from '../journal';
import { AppendOutcomeUnknown } from '../journal-error';
import { appendToAccounts } from './append';
import { planCatchUp } from './catch-up';
import { asPartial, type Distribution, readDistribution } from './citus';
import { confirmEntries } from './confirm';
import { PostgresConnections, ResponseTimeout } from './connections';
import { portErrorOf } from './errors';
import { type PostgresLimits, postgresLimits } from './limits';
import { accountsStatement, entriesAtStatement, entriesStatement, idsAtStatement } from './read';
import { prepareSchema } from './schema';
import { directServer, type ServerTraits } from './server-traits';
import { type PostgresSession, readByIndex, rowsByIndex } from './session';
import { readSnapshotPart, storeSnapshot } from './snapshot';
import { tryInsert } from './trial';
import { appendInTurn } from './turn';

interface PostgresOptions {
  readonly logger?: Logger;
  readonly limits?: Partial<PostgresLimits>;
}

/**
 * A journal in PostgreSQL 15 or later, which any number of servers may share. A batch is read in
 * one round trip and appended in one transaction and one round trip. Every call has a timeout,
 * whatever the database does; a call after a broken connection opens a new one.
 */
export class PostgresJournal implements Journal {
  readonly shared = true;
  private constructor(
    private readonly batches: PostgresConnections,
    private readonly others: PostgresConnections,
    private readonly limits: PostgresLimits,
    private readonly server: ServerTraits,
    private distribution: Distribution,
  ) {
    this.noteDistribution(distribution);
  }

  /**
   * Opens a ledger, and creates its tables if they are missing.
   * @param url `postgres://…`; if it names several hosts, separated by commas, the primary is used.
   * @throws JournalUnavailable if the database does not respond, OperatorError if an operator has
   *   to act.
   */
  static async open(
    url: string,
    { logger = silentLogger, limits: given = {} }: PostgresOptions = {},
  ): Promise<PostgresJournal> {
    const limits = { ...postgresLimits, ...given };
    const server = directServer();
    const batches = new PostgresConnections(url, limits.batchConnectionsMax, limits, server);
    // Migrations run without the settings of the others, such as their short wait for locks.
    const opening = new PostgresConnections(url, 1, limits);
    const patient = new PostgresConnections(url, 1, { ...limits, callMsMax: limits.upgradeMsMax });
    try {
      await prepareSchema(opening, patient, logger);
      const distribution = await batches.withConnection(readDistribution);
      // Only now, when it is known which settings the server takes.
      const others = new PostgresConnections(url, limits.otherConnectionsMax, limits, server);
      return new PostgresJournal(batches, others, limits, server, distribution);
    } catch (error) {
      await batches.close();
      throw error;
    } finally {
      await Promise.all([opening.close(), patient.close()]);
    }
  }

  async catchUp(requests: readonly CatchUp[], entriesMax: number): Promise<CaughtUp[]> {
    if (requests.length === 0) return [];
    const plan = planCatchUp(requests, entriesMax, this.distribution);
    return this.read(this.batches, async (session) =>
      plan.read(await readByIndex(session, plan.statements)),
    );
  }

  async append(appends: readonly Append[]): Promise<AppendResult[]> {
    for (const append of appends) checkShape(append);
    if (appends.length === 0) return [];
    return this.write((session) =>
      appendToAccounts(session, appends, { ...this.limits, ...this.distribution }),
    );
  }

  async appendAlone(
    request: CatchUp,
    entriesMax: number,
    decide: (caughtUp: CaughtUp) => Append | null,
  ): Promise<AppendResult | null> {
    let isDecided = false;
    const note = (caughtUp: CaughtUp) => {
      const append = decide(caughtUp);
      isDecided = append !== null;
      return append;
    };
    try {
      return await this.others.withConnection((session) =>
        appendInTurn(session, request, entriesMax, note, this.limits),
      );
    } catch (error) {
      throw this.scoped(isDecided ? unknownIfTimedOut(error) : portErrorOf(error));
    }
  }

  async confirm(entries: readonly Entry[]): Promise<boolean[]> {
    if (entries.length === 0) return [];
    return this.read(this.batches, (session) =>
      confirmEntries(session, entries, this.limits.lockMsMax),
    );
  }

  async entries(range: EntryRange): Promise<Entry[]> {
    const rows = await this.read(this.others, (session) => session.rows(entriesStatement(range)));
    return rows.map((row) => entryOf(row as unknown as EntryRow));
  }

  async entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    const found = new Array<Entry | null>(places.length).fill(null);
    if (places.length === 0) return found;
    const rows = await this.read(this.others, (session) =>
      rowsByIndex(session, entriesAtStatement(places, this.distribution.isDistributed)),
    );
    for (const [number, ...row] of rows) {
      found[number as number] = entryOf(row as unknown as EntryRow);
    }
    return found;
  }

  async newestNaming(_places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    throw new Error('not yet');
  }

  async due(_range: DueRange): Promise<DuePlace[]> {
    throw new Error('not yet');
  }

  async leaseSweep(_holder: string, _forMs: number): Promise<SweepState | null> {
    throw new Error('not yet');
  }

  async saveSweepMark(_holder: string, _mark: number): Promise<void> {
    throw new Error('not yet');
  }

  async idsAt(places: readonly EntryPlace[]): Promise<(string | null)[]> {
    const found = new Array<string | null>(places.length).fill(null);
    if (places.length === 0) return found;
    const rows = await this.read(this.others, (session) =>
      rowsByIndex(session, idsAtStatement(places, this.distribution.isDistributed)),
    );
    for (const [number, id] of rows) found[number as number] = id as string;
    return found;
  }

  async accounts(range: AccountRange): Promise<string[]> {
    const rows = await this.read(this.others, (session) => session.rows(accountsStatement(range)));
    return rows.map(([accountId]) => accountId as string);
  }

  async saveSnapshot(snapshot: SnapshotMark, parts: AsyncIterable<string>): Promise<void> {
    await storeSnapshot((call) => this.read(this.others, call), snapshot, parts);
  }

  async snapshotPart(head: SnapshotHead, part: number): Promise<string | null> {
    return this.read(this.others, (session) => readSnapshotPart(session, head, part));
  }

  async check(): Promise<void> {
    this.noteDistribution(await this.read(this.others, readDistribution));
    const text = 'SELECT 1 FROM entry WHERE account_id = $1 LIMIT 1';
    await this.onAnyWorker((session, probe) => session.rows({ text, values: [probe] }));
  }

  async tryWrite(): Promise<void> {
    await this.onAnyWorker((session, probe) => tryInsert(session, this.limits, probe));
    this.batches.noteWritable();
  }

  async close(): Promise<void> {
    await Promise.all([this.batches.close(), this.others.close()]);
  }

  /** Runs a call whose outcome may be unknown without harm. */
  private async read<Result>(
    connections: PostgresConnections,
    call: (session: PostgresSession) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await connections.withConnection(call);
    } catch (error) {
      throw this.scoped(portErrorOf(error));
    }
  }

  /** Runs an append. */
  private async write<Result>(call: (session: PostgresSession) => Promise<Result>) {
    try {
      return await this.batches.withConnection(call);
    } catch (error) {
      throw this.scoped(unknownIfTimedOut(error));
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
    for (const probe of this.distribution.probes) {
      try {
        await this.read(this.others, (session) => call(session, probe));
        return;
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }

  private noteDistribution(distribution: Distribution): void {
    this.distribution = distribution;
    // Citus plans most statements at each execution.
    if (distribution.isDistributed) this.server.keepsStatements = false;
  }

  private scoped(error: unknown): unknown {
    return this.distribution.isDistributed ? asPartial(error) : error;
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

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
import { appendToAccounts } from './append';
import { planCatchUp } from './catch-up';
import { confirmEntries } from './confirm';
import { dueStatements, placesOf } from './due';
import { type PostgresLimits, postgresLimits } from './limits';
import {
  accountsStatement,
  entriesAtStatement,
  entriesStatement,
  idsAtStatement,
  newestNamingStatement,
} from './read';
import { type Row, readByIndex, rowsByIndex, type Statement } from './session';
import { readSnapshotPart, storeSnapshot } from './snapshot';
import { PostgresStore } from './store';
import {
  acceptClockStatement,
  clockAcceptancesStatement,
  leaseStatement,
  markStatement,
  nowStatement,
} from './sweep';
import { appendInTurn } from './turn';

interface PostgresOptions {
  readonly logger?: Logger;
  readonly limits?: Partial<PostgresLimits>;
  /** Opens a ledger that a restore has not completed too, in order to complete it. */
  readonly isRestore?: boolean;
}

/**
 * A journal in PostgreSQL 15 or later, which any number of servers may share. A batch is read in
 * one round trip and appended in one transaction and one round trip. Every call has a timeout,
 * whatever the database does; a call after a broken connection opens a new one.
 */
export class PostgresJournal implements Journal {
  readonly shared = true;

  private constructor(private readonly store: PostgresStore) {}

  /**
   * Opens a ledger, and creates its tables if they are missing.
   * @param url `postgres://…`; if it names several hosts, separated by commas, the primary is used.
   * @throws JournalUnavailable if the database does not respond, OperatorError if an operator has
   *   to act, such as after an interrupted restore.
   */
  static async open(
    url: string,
    { logger = silentLogger, limits = {}, isRestore = false }: PostgresOptions = {},
  ): Promise<PostgresJournal> {
    const all = { ...postgresLimits, ...limits };
    return new PostgresJournal(await PostgresStore.open(url, all, logger, isRestore));
  }

  async catchUp(requests: readonly CatchUp[], entriesMax: number): Promise<CaughtUp[]> {
    if (requests.length === 0) return [];
    const plan = planCatchUp(requests, entriesMax, this.store.distribution);
    return this.store.readBatch(async (session) =>
      plan.read(await readByIndex(session, plan.statements)),
    );
  }

  async append(appends: readonly Append[]): Promise<AppendResult[]> {
    for (const append of appends) checkShape(append);
    if (appends.length === 0) return [];
    const settings = { ...this.store.limits, ...this.store.distribution };
    return this.store.append((session) => appendToAccounts(session, appends, settings));
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
    return this.store.appendLater(
      (session) => appendInTurn(session, request, entriesMax, note, this.store.limits),
      () => isDecided,
    );
  }

  async confirm(entries: readonly Entry[]): Promise<boolean[]> {
    if (entries.length === 0) return [];
    const { lockMsMax } = this.store.limits;
    return this.store.readBatch((session) => confirmEntries(session, entries, lockMsMax));
  }

  async entries(range: EntryRange): Promise<Entry[]> {
    const rows = await this.store.rows(entriesStatement(range));
    return rows.map((row) => entryOf(row as unknown as EntryRow));
  }

  async entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return this.valuesAt(places, entriesAtStatement, entryIn);
  }

  async newestNaming(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return this.valuesAt(places, newestNamingStatement, entryIn);
  }

  async idsAt(places: readonly EntryPlace[]): Promise<(string | null)[]> {
    return this.valuesAt(places, idsAtStatement, ([id]) => id as string);
  }

  async accounts(range: AccountRange): Promise<string[]> {
    const rows = await this.store.rows(accountsStatement(range));
    return rows.map(([accountId]) => accountId as string);
  }

  async due(range: DueRange): Promise<DuePlace[]> {
    const statements = dueStatements(range);
    return placesOf(await this.store.read((session) => readByIndex(session, statements)), range);
  }

  async leaseSweep(holder: string, forMs: number): Promise<SweepState | null> {
    const [row] = await this.store.rows(leaseStatement(holder, forMs));
    return row === undefined ? null : { mark: row[0] as number | null };
  }

  async saveSweepMark(holder: string, mark: number): Promise<void> {
    await this.store.rows(markStatement(holder, mark));
  }

  async now(): Promise<number> {
    const [row] = await this.store.rows(nowStatement);
    return row![0] as number;
  }

  async acceptClock(): Promise<void> {
    await this.store.rows(acceptClockStatement);
  }

  async clockAcceptances(): Promise<number> {
    const [row] = await this.store.rows(clockAcceptancesStatement);
    return row![0] as number;
  }

  async saveSnapshot(snapshot: SnapshotMark, parts: AsyncIterable<string>): Promise<void> {
    await storeSnapshot((call) => this.store.read(call), snapshot, parts);
  }

  async snapshotPart(head: SnapshotHead, part: number): Promise<string | null> {
    return this.store.read((session) => readSnapshotPart(session, head, part));
  }

  async check(): Promise<void> {
    await this.store.check();
  }

  async tryWrite(): Promise<void> {
    await this.store.tryWrite();
  }

  async close(): Promise<void> {
    await this.store.close();
  }

  /** Reads a value for each place; null where there is none. One round trip. */
  private async valuesAt<Value>(
    places: readonly EntryPlace[],
    statementFor: (places: readonly EntryPlace[], isDistributed: boolean) => Statement,
    valueIn: (row: Row) => Value,
  ): Promise<(Value | null)[]> {
    const found = new Array<Value | null>(places.length).fill(null);
    if (places.length === 0) return found;
    const statement = statementFor(places, this.store.distribution.isDistributed);
    const rows = await this.store.read((session) => rowsByIndex(session, statement));
    for (const [number, ...row] of rows) found[number as number] = valueIn(row);
    return found;
  }
}

function entryIn(row: Row): Entry {
  return entryOf(row as unknown as EntryRow);
}

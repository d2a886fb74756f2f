import { existsSync, rmSync } from 'node:fs';
import type { Entry } from '../../ledger/entry';
import { type Logger, silentLogger } from '../../telemetry/logger';
import { checkShape } from '../append-shape';
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
import { catchUp } from './catch-up';
import { SqliteConnection } from './connection';
import { openErrorOf, unavailableIfUnknown } from './errors';
import { canonicalPath, inspectFile } from './file';
import { FilePlace } from './file-place';
import { acquireLock, type FileLock, lockPathOf } from './lock';
import { readAccounts, readEntries, readEntriesAt, readIdsAt } from './read';
import { readSnapshotPart, storeSnapshot } from './snapshot';
import { checkFoundWal, SqliteWal } from './wal';

/** Period of the check of the files, in milliseconds. */
const checkMs = 200;

/**
 * A journal in a SQLite file that one server owns, while other programs may read it. A batch is one
 * transaction and one fsync. Calls block the process while SQLite works, for a batch about as long
 * as its fsync. Texts may hold any well-formed Unicode except U+0000, which ends a text in SQLite.
 */
export class SqliteJournal implements Journal {
  readonly shared = false;
  private isClosed = false;
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly connection: SqliteConnection,
    private readonly lock: FileLock,
    private readonly place: FilePlace,
    private readonly wal: SqliteWal,
    private readonly logger: Logger,
  ) {
    this.timer = setInterval(() => this.checkIdle(), checkMs).unref();
  }

  /**
   * Opens a ledger's file, or creates it with its folders.
   * @throws OperatorError, with nothing changed, if the file is another program's, newer than
   *   this program, in use by a server, or cannot be written.
   */
  static async open(
    path: string,
    { logger = silentLogger }: { readonly logger?: Logger } = {},
  ): Promise<SqliteJournal> {
    try {
      return SqliteJournal.openFile(canonicalPath(path), logger);
    } catch (error) {
      throw openErrorOf(error, path);
    }
  }

  private static openFile(file: string, logger: Logger): SqliteJournal {
    const isLocked = existsSync(lockPathOf(file));
    // A file without a lock has no owner. Inspecting it first leaves no lock beside another
    // program's file.
    if (!isLocked) inspectFile(file);
    const lock = acquireLock(file);
    try {
      inspectFile(file);
      checkFoundWal(file, logger);
      const connection = SqliteConnection.open(file, logger);
      logger.info({ path: file, version: connection.pragma('user_version') }, 'Ledger opened');
      const place = new FilePlace([file, lockPathOf(file)]);
      const wal = new SqliteWal(connection, file, logger);
      return new SqliteJournal(connection, lock, place, wal, logger);
    } catch (error) {
      if (!isLocked) rmSync(lockPathOf(file), { force: true });
      lock.release();
      throw error;
    }
  }

  /** For tests: runs a pragma on the live connection, as in `pragma('synchronous')`. */
  pragma(source: string): unknown {
    return this.connection.pragma(source);
  }

  get isDamaged(): boolean {
    return this.wal.isDamaged;
  }

  async catchUp(requests: readonly CatchUp[], entriesMax: number): Promise<CaughtUp[]> {
    return this.read(() => catchUp(this.connection, requests, entriesMax));
  }

  async append(appends: readonly Append[]): Promise<AppendResult[]> {
    for (const append of appends) checkShape(append);
    this.checkForWriting();
    const results = this.inVerifiedTransaction(() => appendToAccounts(this.connection, appends));
    const written = appends.find((_append, index) => results[index] === 'appended');
    if (written !== undefined) this.wal.confirmCommit(placeOf(written.entries[0]!));
    this.place.confirmCommit();
    return results;
  }

  async confirm(entries: readonly Entry[]): Promise<boolean[]> {
    const ids = await this.idsAt(entries);
    return entries.map(({ id }, index) => ids[index] === id);
  }

  async entries(range: EntryRange): Promise<Entry[]> {
    return this.read(() => readEntries(this.connection, range));
  }

  async entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return this.read(() => readEntriesAt(this.connection, places));
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
    return this.read(() => readIdsAt(this.connection, places));
  }

  async accounts(range: AccountRange): Promise<string[]> {
    return this.read(() => readAccounts(this.connection, range));
  }

  async saveSnapshot(snapshot: SnapshotMark, parts: AsyncIterable<string>): Promise<void> {
    try {
      await storeSnapshot(this.connection, snapshot, parts, (run) => this.write(run));
    } catch (error) {
      // A snapshot can be rebuilt from the entries, so an unknown outcome counts as a failure.
      throw unavailableIfUnknown(error);
    }
  }

  async snapshotPart(head: SnapshotHead, part: number): Promise<string | null> {
    return this.read(() => readSnapshotPart(this.connection, head, part));
  }

  async check(): Promise<void> {
    this.checkForWriting();
    this.read(() => this.connection.statement('SELECT 1 FROM entry LIMIT 1').get());
  }

  async tryWrite(): Promise<void> {
    const { connection } = this;
    const version = this.read(() => connection.pragma('user_version'));
    try {
      // SQLite writes the page of the version also if its value stays the same.
      this.write(() => connection.exec(`PRAGMA user_version = ${version}`));
    } catch (error) {
      throw unavailableIfUnknown(error);
    }
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    clearInterval(this.timer);
    if (this.isSafeToClose()) this.connection.close();
    else this.connection.abandon();
    this.wal.close();
    this.lock.release();
  }

  /** Runs statements that write, in one transaction. */
  private write<Result>(run: () => Result): Result {
    this.checkForWriting();
    const result = this.inVerifiedTransaction(run);
    this.wal.confirmCommit(null);
    this.place.confirmCommit();
    return result;
  }

  /** Runs a transaction, and checks the WAL if it fails: the cause may be damage. */
  private inVerifiedTransaction<Result>(run: () => Result): Result {
    try {
      return this.connection.inTransaction(run);
    } catch (error) {
      if (!(error instanceof AppendOutcomeUnknown)) this.wal.checkForReading();
      throw error;
    }
  }

  /** Runs statements that read. An error may be due to damage since the check. */
  private read<Result>(run: () => Result): Result {
    this.wal.checkForReading();
    try {
      return this.connection.read(run);
    } catch (error) {
      this.wal.checkForReading();
      throw error;
    }
  }

  private checkForWriting(): void {
    this.place.check();
    this.wal.checkForWriting();
  }

  /** Restores a WAL that was removed, also while the server is idle. */
  private checkIdle(): void {
    try {
      this.checkForWriting();
    } catch {
      // It was logged, and the next write rejects with it.
    }
  }

  /**
   * False if closing would checkpoint a WAL that is not known to be good. If another file is at the
   * database's path, the WAL at its path belongs to that file.
   */
  private isSafeToClose(): boolean {
    try {
      this.wal.checkForClosing(this.place.isIntact);
      return true;
    } catch (error) {
      this.logger.error({ reason: (error as Error).message }, 'Closed without a checkpoint');
      return false;
    }
  }
}

function placeOf({ accountId, sequence }: Entry): EntryPlace {
  return { accountId, sequence };
}

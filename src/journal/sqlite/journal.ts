import { existsSync, rmSync } from 'node:fs';
import type { Entry } from '../../ledger/entry';
import { type Logger, silentLogger } from '../../telemetry/logger';
import { checkShape } from '../append-shape';
import {
  type AccountRange,
  type Append,
  AppendOutcomeUnknown,
  type AppendResult,
  type CatchUp,
  type CaughtUp,
  type EntryPlace,
  type EntryRange,
  type Journal,
  JournalUnavailable,
  type SnapshotHead,
  type SnapshotMark,
} from '../journal';
import { appendToAccounts } from './append';
import { SqliteConnection } from './connection';
import { openErrorOf } from './errors';
import { canonicalPath, inspectFile } from './file';
import { FilePlace } from './file-place';
import { acquireLock, type FileLock, lockPathOf } from './lock';
import { catchUp, readAccounts, readEntries, readEntriesAt, readIdsAt } from './read';
import { readSnapshotPart, saveSnapshot } from './snapshot';
import { checkFoundWal, SqliteWal } from './wal';

/** How often the files are checked while nothing is written. */
const checkMs = 200;

/**
 * Remembers in a SQLite file that one server owns, while other programs may read it. A batch is one
 * transaction and one fsync. Calls block the process while SQLite works, which for a batch is about
 * as long as its fsync. Texts hold any well-formed Unicode without U+0000, which the store would
 * take for the end of the text.
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
   * Opens a ledger's file, or makes it with its folders. Rejects with {@link JournalUnusable}, and
   * leaves everything as it was, where the file is another's, newer than this program, in use by a
   * server, or cannot be written.
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
    // Nobody owns a file without a lock. Looking first leaves none beside a file of another.
    if (!isLocked) inspectFile(file);
    const lock = acquireLock(file);
    try {
      inspectFile(file);
      checkFoundWal(file, logger);
      const connection = SqliteConnection.open(file);
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
    const results = this.transact(() => appendToAccounts(this.connection, appends));
    const written = appends.find((_append, index) => results[index] === 'appended');
    if (written !== undefined) this.wal.confirmCommit(placeOf(written.entries[0]!));
    this.place.confirmCommit();
    return results;
  }

  async appendAlone(
    request: CatchUp,
    entriesMax: number,
    decide: (caughtUp: CaughtUp) => Append | null,
  ): Promise<AppendResult | null> {
    // Nobody else appends to the file, and nothing here waits in between.
    const [caughtUp] = this.read(() => catchUp(this.connection, [request], entriesMax));
    const append = decide(caughtUp!);
    if (append === null) return null;
    return (await this.append([append]))[0]!;
  }

  async confirm(entries: readonly Entry[]): Promise<boolean[]> {
    const standing = await this.entriesAt(entries);
    return entries.map(({ id }, index) => standing[index]?.id === id);
  }

  async entries(range: EntryRange): Promise<Entry[]> {
    return this.read(() => readEntries(this.connection, range));
  }

  async entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return this.read(() => readEntriesAt(this.connection, places));
  }

  async idsAt(places: readonly EntryPlace[]): Promise<(string | null)[]> {
    return this.read(() => readIdsAt(this.connection, places));
  }

  async accounts(range: AccountRange): Promise<string[]> {
    return this.read(() => readAccounts(this.connection, range));
  }

  async saveSnapshot(snapshot: SnapshotMark, parts: AsyncIterable<string>): Promise<void> {
    try {
      await saveSnapshot(this.connection, snapshot, parts, (run) => this.write(run));
    } catch (error) {
      // A snapshot says nothing that the entries do not say, so an unknown outcome is a failure.
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
    const result = this.transact(run);
    this.wal.confirmCommit(null);
    this.place.confirmCommit();
    return result;
  }

  private transact<Result>(run: () => Result): Result {
    try {
      return this.connection.transact(run);
    } catch (error) {
      if (!(error instanceof AppendOutcomeUnknown)) this.wal.checkForReading();
      throw error;
    }
  }

  /** An error in reading may be due to damage that has come since the check. */
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

  /** Puts a WAL back that was removed, also while nobody writes. */
  private checkIdle(): void {
    try {
      this.checkForWriting();
    } catch {
      // It was logged, and whoever writes next is told.
    }
  }

  /**
   * False if closing would checkpoint a WAL that is not known to be good. Where another file has
   * taken the database's place, the WAL at its path is that file's.
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

/** For writes of which nobody needs to know whether a crash would bring them back. */
function unavailableIfUnknown(error: unknown): unknown {
  if (!(error instanceof AppendOutcomeUnknown)) return error;
  return new JournalUnavailable(error.message, { cause: error });
}

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
  JournalUnusable,
  type SnapshotHead,
  type SnapshotMark,
} from '../journal';
import { appendToAccounts } from './append';
import { SqliteConnection } from './connection';
import { canonicalPath, inspectFile } from './file';
import { FilePlace } from './file-place';
import { acquireLock, type FileLock, lockPathOf } from './lock';
import { catchUp, readAccounts, readEntries, readEntriesAt, readIdsAt } from './read';
import { readSnapshotPart, saveSnapshot } from './snapshot';

/**
 * Remembers in a SQLite file that one server owns, while other programs may read it. A batch is one
 * transaction and one fsync. Calls block the process while SQLite works, which for a batch is about
 * as long as its fsync. Texts hold any well-formed Unicode without U+0000, which the store would
 * take for the end of the text.
 */
export class SqliteJournal implements Journal {
  readonly shared = false;
  private isClosed = false;

  private constructor(
    private readonly connection: SqliteConnection,
    private readonly lock: FileLock,
    private readonly place: FilePlace,
  ) {}

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
      throw unusable(error, path);
    }
  }

  private static openFile(file: string, logger: Logger): SqliteJournal {
    const isLocked = existsSync(lockPathOf(file));
    // Nobody owns a file without a lock beside it. Looking first leaves no lock beside another's
    // file.
    if (!isLocked) inspectFile(file);
    const lock = acquireLock(file);
    try {
      inspectFile(file);
      const connection = SqliteConnection.open(file);
      logger.info({ path: file, version: connection.pragma('user_version') }, 'Ledger opened');
      return new SqliteJournal(connection, lock, new FilePlace([file, lockPathOf(file)]));
    } catch (error) {
      if (!isLocked) rmSync(lockPathOf(file), { force: true });
      lock.release();
      throw error;
    }
  }

  /** For tests: asks the live connection, or tells it, as in `pragma('synchronous')`. */
  pragma(source: string): unknown {
    return this.connection.pragma(source);
  }

  async catchUp(requests: readonly CatchUp[], entriesMax: number): Promise<CaughtUp[]> {
    return this.connection.read(() => catchUp(this.connection, requests, entriesMax));
  }

  async append(appends: readonly Append[]): Promise<AppendResult[]> {
    for (const append of appends) checkShape(append);
    this.place.check();
    return this.connection.transact(() => appendToAccounts(this.connection, appends));
  }

  async appendAlone(
    request: CatchUp,
    entriesMax: number,
    decide: (caughtUp: CaughtUp) => Append | null,
  ): Promise<AppendResult | null> {
    // Nobody else appends to the file, and nothing here waits in between.
    const [caughtUp] = this.connection.read(() => catchUp(this.connection, [request], entriesMax));
    const append = decide(caughtUp!);
    if (append === null) return null;
    return (await this.append([append]))[0]!;
  }

  async confirm(entries: readonly Entry[]): Promise<boolean[]> {
    const standing = await this.entriesAt(entries);
    return entries.map(({ id }, index) => standing[index]?.id === id);
  }

  async entries(range: EntryRange): Promise<Entry[]> {
    return this.connection.read(() => readEntries(this.connection, range));
  }

  async entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]> {
    return this.connection.read(() => readEntriesAt(this.connection, places));
  }

  async idsAt(places: readonly EntryPlace[]): Promise<(string | null)[]> {
    return this.connection.read(() => readIdsAt(this.connection, places));
  }

  async accounts(range: AccountRange): Promise<string[]> {
    return this.connection.read(() => readAccounts(this.connection, range));
  }

  async saveSnapshot(snapshot: SnapshotMark, parts: AsyncIterable<string>): Promise<void> {
    try {
      await saveSnapshot(this.connection, snapshot, parts);
    } catch (error) {
      // Stored or not, a snapshot says nothing that the entries do not say: to its saver it is
      // simply not stored.
      throw unavailableIfUnknown(error);
    }
  }

  async snapshotPart(head: SnapshotHead, part: number): Promise<string | null> {
    return this.connection.read(() => readSnapshotPart(this.connection, head, part));
  }

  async check(): Promise<void> {
    this.place.check();
    this.connection.read(() => this.connection.statement('SELECT 1 FROM entry LIMIT 1').get());
  }

  async tryWrite(): Promise<void> {
    this.place.check();
    const { connection } = this;
    const version = connection.read(() => connection.pragma('user_version'));
    try {
      // SQLite writes the page of the version also if its value stays the same.
      connection.transact(() => connection.exec(`PRAGMA user_version = ${version}`));
    } catch (error) {
      throw unavailableIfUnknown(error);
    }
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.connection.close();
    this.lock.release();
  }
}

/** For writes of which nobody needs to know whether a crash would bring them back. */
function unavailableIfUnknown(error: unknown): unknown {
  if (!(error instanceof AppendOutcomeUnknown)) return error;
  return new JournalUnavailable(error.message, { cause: error });
}

/** At the start there is nobody to retry: what the store cannot do is the operator's to see. */
function unusable(error: unknown, path: string): unknown {
  const isOfTheStore = error instanceof JournalUnavailable || error instanceof AppendOutcomeUnknown;
  if (isOfTheStore || isOfTheSystem(error)) {
    return new JournalUnusable(`${path} cannot be opened. ${error.message}`, { cause: error });
  }
  return error;
}

/** What the file system says; not by its class, which is another one where tests run. */
function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'errno' in error;
}

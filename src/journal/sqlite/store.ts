import { existsSync, rmSync } from 'node:fs';
import type { Logger } from '../../telemetry/logger';
import type { EntryPlace } from '../journal';
import { AppendOutcomeUnknown } from '../journal-error';
import { waitUntilClosed } from './closed-files';
import { SqliteConnection } from './connection';
import { inspectFile } from './file';
import { FilePlace } from './file-place';
import { acquireLock, type FileLock, lockPathOf } from './lock';
import { checkFoundWal, SqliteWal } from './wal';

/** Period of the check of the files, in milliseconds. */
const checkMs = 200;

/**
 * A ledger's file that this process owns. Every call checks that the files are intact before it
 * reads or writes.
 */
export class SqliteStore {
  private isClosed = false;
  private readonly timer: NodeJS.Timeout;

  private constructor(
    readonly connection: SqliteConnection,
    private readonly lock: FileLock,
    private readonly place: FilePlace,
    private readonly wal: SqliteWal,
    private readonly logger: Logger,
  ) {
    this.timer = setInterval(() => this.checkIdle(), checkMs).unref();
  }

  /**
   * Opens a file, or creates it with its folders.
   * @throws the errors of the file system and of SQLite, or OperatorError.
   */
  static async open(file: string, logger: Logger): Promise<SqliteStore> {
    await waitUntilClosed(file);
    const isLocked = existsSync(lockPathOf(file));
    // A file without a lock has no owner. Inspecting it first leaves no lock beside another
    // program's file.
    if (!isLocked) inspectFile(file);
    const lock = acquireLock(file);
    try {
      inspectFile(file);
      checkFoundWal(file, logger);
      // To inspect a file with a WAL opens it.
      await waitUntilClosed(file);
      const connection = await SqliteConnection.open(file, logger);
      logger.info({ path: file, version: connection.pragma('user_version') }, 'Ledger opened');
      const place = new FilePlace(file, lockPathOf(file));
      const wal = new SqliteWal(connection, file, logger);
      return new SqliteStore(connection, lock, place, wal, logger);
    } catch (error) {
      if (!isLocked) rmSync(lockPathOf(file), { force: true });
      lock.release();
      throw error;
    }
  }

  get isDamaged(): boolean {
    return this.wal.isDamaged;
  }

  /**
   * Runs statements that insert entries, in one transaction.
   * @param placeOf returns the place of one of the entries; undefined if none was inserted.
   * @throws the port's errors.
   */
  append<Result>(run: () => Result, placeOf: (result: Result) => EntryPlace | undefined): Result {
    this.checkForWriting();
    const result = this.inVerifiedTransaction(run);
    const place = placeOf(result);
    if (place !== undefined) this.wal.confirmCommit(place);
    this.place.confirmCommit();
    return result;
  }

  /**
   * Runs statements that write something else, in one transaction.
   * @throws the port's errors.
   */
  write<Result>(run: () => Result): Result {
    this.checkForWriting();
    const result = this.inVerifiedTransaction(run);
    this.wal.confirmCommit(null);
    this.place.confirmCommit();
    return result;
  }

  /**
   * Runs statements that read. An error may be due to damage since the check.
   * @throws the port's errors.
   */
  read<Result>(run: () => Result): Result {
    this.wal.checkForReading();
    try {
      return this.connection.read(run);
    } catch (error) {
      this.wal.checkForReading();
      throw error;
    }
  }

  /** @throws the port's errors if nothing can be written to the files. */
  checkForWriting(): void {
    this.place.check();
    this.wal.checkForWriting();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    clearInterval(this.timer);
    if (this.isSafeToClose()) this.connection.close();
    else this.connection.abandon();
    this.wal.close();
    this.lock.release();
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

import type Database from 'libsql';
import { type Logger, silentLogger } from '../../telemetry/logger';
import { JournalUnavailable } from '../journal-error';
import { waitUntilClosed } from './closed-files';
import { portErrorOf, resultCodeOf, type TransactionPhase } from './errors';
import { checkMade, checkVersion, noSqliteDatabase, ofAnotherProgram, unreadableIn } from './file';
import { FileHandle } from './file-handle';
import { migrate, showAsUpgraded } from './migrate';
import { applicationId, migrations } from './migrations';

/** Timeout for another program's lock, in ms. Short, since it blocks the whole process. */
const busyMsMax = 250;
const [noDatabase, folderNotWritable, cacheKibibytes] = [26, 1_544, 16_384];

/** Connections that garbage collection must not close; see `abandon`. */
const abandoned: SqliteConnection[] = [];

export interface Checkpoint {
  /** True if the database has every frame, so that the WAL may begin again. */
  readonly isComplete: boolean;
  readonly isTruncated: boolean;
  readonly copiedFrames: number;
}

/**
 * A connection to a ledger's file, in WAL mode with one fsync per commit. Calls are synchronous.
 *
 * It is not reopened after an I/O error. A transaction whose fsync failed stays rolled back in this
 * connection, and an append of the same entries writes their pages again and syncs them. A new
 * connection could recover them from pages that the system considers written, although the disk
 * never had them.
 */
export class SqliteConnection {
  private isClosed = false;

  private constructor(
    private readonly handle: FileHandle,
    private readonly path: string,
  ) {}

  /**
   * Opens a ledger, or creates one if the file is missing or empty, and brings its tables up to
   * date.
   * @throws the port's errors, or the file system's.
   */
  static async open(path: string, logger: Logger = silentLogger): Promise<SqliteConnection> {
    const connection = new SqliteConnection(FileHandle.open(path, busyMsMax), path);
    let isLocked = false;
    try {
      if (!connection.prepare(logger)) return connection;
      // A new file is not yet in WAL mode, and has no lock outside of transactions.
      isLocked = connection.pragma('journal_mode') === 'wal';
    } catch (error) {
      connection.handle.close();
      throw portErrorOf(error, 'open', path);
    }
    connection.handle.close();
    if (isLocked) await waitUntilClosed(path);
    return SqliteConnection.open(path, logger);
  }

  /**
   * Opens a ledger for reading while a server may own it. Does not change the file or its version.
   * @throws what `open` throws.
   */
  static openReadOnly(path: string): SqliteConnection {
    const connection = new SqliteConnection(FileHandle.openReadOnly(path, busyMsMax), path);
    try {
      connection.checkLedger();
      showAsUpgraded(connection);
    } catch (error) {
      connection.handle.close();
      if (resultCodeOf(error) === noDatabase) throw noSqliteDatabase(path);
      if (resultCodeOf(error) === folderNotWritable) throw unreadableIn(path);
      throw portErrorOf(error, 'open', path);
    }
    return connection;
  }

  /** Returns the value of a PRAGMA on this connection. */
  pragma(source: string): unknown {
    return this.handle.pragma(source);
  }

  /** Returns a statement, prepared once per text, whose rows are arrays. */
  statement(sql: string): Database.Statement {
    return this.handle.statement(sql);
  }

  exec(sql: string): void {
    this.handle.exec(sql);
  }

  /** @throws JournalUnavailable if it is closed. */
  checkOpen(): void {
    if (this.isClosed) throw new JournalUnavailable(`${this.path} is closed.`);
  }

  /**
   * Runs statements that only read.
   * @throws the port's errors.
   */
  read<Result>(run: () => Result): Result {
    this.checkOpen();
    try {
      return run();
    } catch (error) {
      throw portErrorOf(error, 'open', this.path);
    }
  }

  /**
   * Runs statements in one transaction, which is on the disk when it returns.
   * @throws the port's errors, after a rollback.
   */
  inTransaction<Result>(run: () => Result): Result {
    // Outside the `try`: libsql ends the process if `inTransaction` is read from a closed
    // connection.
    this.checkOpen();
    let phase: TransactionPhase = 'open';
    try {
      this.begin();
      const result = run();
      phase = 'commit';
      this.exec('COMMIT');
      return result;
    } catch (error) {
      this.rollBackIfPossible();
      throw portErrorOf(error, phase, this.path);
    }
  }

  /** Rolls back the current transaction and begins another. */
  restart(): void {
    this.exec('ROLLBACK');
    this.begin();
  }

  /**
   * Copies the WAL into the database, as far as readers permit, without waiting for them. RESTART:
   * the next commit writes it from its start. Only a verified WAL may be copied.
   */
  checkpoint(mode: 'RESTART' | 'TRUNCATE'): Checkpoint {
    this.exec('PRAGMA busy_timeout = 0');
    try {
      const row = this.statement(`PRAGMA wal_checkpoint(${mode})`).get();
      const [isBusy, , copiedFrames] = row as [0 | 1, number, number];
      return { isComplete: !isBusy, isTruncated: !isBusy && mode === 'TRUNCATE', copiedFrames };
    } finally {
      this.exec(`PRAGMA busy_timeout = ${busyMsMax}`);
    }
  }

  /**
   * Writes a commit that changes nothing, so that an empty WAL gets a header, which distinguishes
   * it from an older copy.
   */
  startWal(): void {
    this.exec(`PRAGMA user_version = ${migrations.length}`);
  }

  /**
   * Creates a new WAL and index, even if the old ones are missing. Call it after a complete
   * checkpoint.
   * @throws the error of SQLite while another program has the database open.
   */
  renewWal(): void {
    this.exec('PRAGMA journal_mode = DELETE');
    this.exec('PRAGMA journal_mode = WAL');
    this.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /**
   * Stops using the connection but keeps it open until the process exits, since closing it would
   * checkpoint.
   */
  abandon(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    // Without a call of exit, Node finalizes native objects when it ends, which closes them.
    if (abandoned.length === 0) process.once('exit', (code) => process.exit(code));
    abandoned.push(this);
    this.handle.abandon();
  }

  /** Copies the WAL into the database, so that the file alone is complete, and closes it. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    try {
      this.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // Nothing is lost: the rest stays in the WAL, and the next start copies it.
    }
    this.handle.close();
  }

  /**
   * Creates the tables before the WAL, so that the header of the file itself always identifies it.
   * Returns true if it did, and the file has to be opened again, see {@link migrate}.
   */
  private prepare(logger: Logger): boolean {
    this.exec('PRAGMA synchronous = FULL');
    this.exec(`PRAGMA cache_size = -${cacheKibibytes}`);
    const version = this.pragma('user_version') as number;
    checkVersion(this.path, version);
    if (migrate(this, logger)) return true;
    this.exec('PRAGMA journal_mode = WAL');
    this.exec('PRAGMA wal_autocheckpoint = 0');
    // What a killed server wrote but never synced is readable now. It has to be synced before a
    // client sees it.
    this.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return false;
  }

  private checkLedger(): void {
    if (this.pragma('application_id') !== applicationId) {
      throw ofAnotherProgram(this.path);
    }
    checkMade(this.path, this.pragma('user_version') as number);
  }

  private begin(): void {
    if (this.handle.inTransaction) this.exec('ROLLBACK');
    this.exec('BEGIN IMMEDIATE');
  }

  /** Rolls back, if SQLite has not yet. If this fails, the next transaction begins with it. */
  private rollBackIfPossible(): void {
    try {
      if (this.handle.inTransaction) this.exec('ROLLBACK');
    } catch {
      // The caller throws the error that led here.
    }
  }
}

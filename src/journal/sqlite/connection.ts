import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { JournalUnavailable, JournalUnusable } from '../journal';
import { portErrorOf, reasonOf, resultCodeOf, type TransactionPhase } from './errors';
import { checkVersion } from './file';
import { applicationId, migrations } from './migrations';

/**
 * How long a statement waits for another program's lock. Short, because the whole process waits
 * with it.
 */
const busyMsMax = 250;
const noDatabase = 26;
const cacheKibibytes = 16_384;

/** Connections that must not be closed, as garbage collection does; see `abandon`. */
const abandoned: SqliteConnection[] = [];

export interface Checkpoint {
  /** True if every frame was copied into the database and the WAL truncated. */
  readonly isComplete: boolean;
  /** How many frames of the WAL were copied so far. */
  readonly copiedFrames: number;
}

/**
 * One connection to a ledger's file, in write-ahead mode with one fsync per commit. Calls are
 * synchronous.
 *
 * It is never opened anew after an I/O error, because it does not need to be, and should not: what
 * an fsync failed to keep stays undone here, and an append of the same entries writes their pages
 * again and syncs them. A new connection could recover them from pages that the system counts as
 * written, although the disk has never had them.
 */
export class SqliteConnection {
  private readonly statements = new Map<string, Database.Statement>();
  private isClosed = false;

  private constructor(
    private readonly database: Database.Database,
    private readonly path: string,
  ) {}

  /**
   * Opens a ledger, or makes one where the file is missing or empty, and brings its tables up to
   * date. Throws what the port names, or what the file system says.
   */
  static open(path: string): SqliteConnection {
    const connection = new SqliteConnection(connect(path), path);
    try {
      connection.prepare();
    } catch (error) {
      connection.database.close();
      throw portErrorOf(error, 'open', path);
    }
    return connection;
  }

  /**
   * Opens a ledger to read it, while a server may own it; the file stays as it is, its version too.
   * Throws as `open` does.
   */
  static openReadOnly(path: string): SqliteConnection {
    const connection = new SqliteConnection(connect(`${pathToFileURL(path).href}?mode=ro`), path);
    try {
      connection.checkLedger();
    } catch (error) {
      connection.database.close();
      if (resultCodeOf(error) === noDatabase) throw new JournalUnusable(`${path} is no ledger.`);
      throw portErrorOf(error, 'open', path);
    }
    return connection;
  }

  /** What SQLite answers to a PRAGMA on this connection. */
  pragma(source: string): unknown {
    const [value] = this.statement(`PRAGMA ${source}`).get() as [unknown];
    return value;
  }

  /** A statement, prepared once per text; rows come as arrays. */
  statement(sql: string): Database.Statement {
    const present = this.statements.get(sql);
    if (present !== undefined) return present;
    const statement = this.database.prepare(sql);
    if (statement.reader) statement.raw();
    this.statements.set(sql, statement);
    return statement;
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  /** Throws {@link JournalUnavailable} if it is closed. */
  checkOpen(): void {
    if (this.isClosed) throw new JournalUnavailable(`${this.path} is closed.`);
  }

  /** Runs statements that only read. Throws as the port says. */
  read<Result>(run: () => Result): Result {
    this.checkOpen();
    try {
      return run();
    } catch (error) {
      throw portErrorOf(error, 'open', this.path);
    }
  }

  /**
   * Runs statements in one transaction: when it returns, they are on the disk. Throws as the port
   * says, undone.
   */
  transact<Result>(run: () => Result): Result {
    // Not within the `try`: libsql ends the process when a closed connection is asked for its
    // transaction.
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

  /** Within `transact`: undoes what was run so far and begins again. */
  restart(): void {
    this.exec('ROLLBACK');
    this.begin();
  }

  /**
   * Copies the WAL into the database and truncates it, as far as readers permit, for whom it does
   * not wait. Automatic checkpoints are off: only a WAL that was checked may be copied.
   */
  checkpoint(): Checkpoint {
    this.exec('PRAGMA busy_timeout = 0');
    try {
      const row = this.statement('PRAGMA wal_checkpoint(TRUNCATE)').get();
      const [isBusy, , copiedFrames] = row as [number, number, number];
      return { isComplete: isBusy === 0, copiedFrames };
    } finally {
      this.exec(`PRAGMA busy_timeout = ${busyMsMax}`);
    }
  }

  /**
   * Writes a commit that changes nothing, so that an empty WAL gets a header: what is found there
   * later can then be told from an older copy.
   */
  startWal(): void {
    this.exec(`PRAGMA user_version = ${migrations.length}`);
  }

  /**
   * Makes a new WAL and index, whatever became of the old ones. To be called after a complete
   * checkpoint. Throws while another program has the database open.
   */
  renewWal(): void {
    this.exec('PRAGMA journal_mode = DELETE');
    this.exec('PRAGMA journal_mode = WAL');
    this.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /**
   * Stops using the connection but keeps it open, until the process exits: to close it would be to
   * checkpoint.
   */
  abandon(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    // Unless exit is called, Node finalizes native objects when it ends, which closes them.
    if (abandoned.length === 0) process.once('exit', (code) => process.exit(code));
    abandoned.push(this);
  }

  /** Moves the log into the database, so that the file is whole by itself, and lets it go. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    try {
      this.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // Nothing is lost: what could not be moved stays in the log, and the next start moves it.
    }
    this.statements.clear();
    this.database.close();
  }

  /**
   * The tables are made before the log is: thus the head of the file itself always says what it is.
   */
  private prepare(): void {
    this.exec('PRAGMA synchronous = FULL');
    this.exec(`PRAGMA cache_size = -${cacheKibibytes}`);
    const version = this.pragma('user_version') as number;
    checkVersion(this.path, version);
    if (version < migrations.length) this.transact(() => this.migrate());
    this.exec('PRAGMA journal_mode = WAL');
    this.exec('PRAGMA wal_autocheckpoint = 0');
    // What a killed server wrote but never synced is readable now: it has to be kept before anyone
    // is told of it.
    this.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  private checkLedger(): void {
    if (this.pragma('application_id') !== applicationId) {
      throw new JournalUnusable(`${this.path} is no ledger.`);
    }
    checkVersion(this.path, this.pragma('user_version') as number);
  }

  private migrate(): void {
    for (const migration of migrations.slice(this.pragma('user_version') as number)) {
      this.exec(migration);
    }
    this.exec(`PRAGMA application_id = ${applicationId}`);
    this.exec(`PRAGMA user_version = ${migrations.length}`);
  }

  private begin(): void {
    if (this.database.inTransaction) this.exec('ROLLBACK');
    this.exec('BEGIN IMMEDIATE');
  }

  /**
   * SQLite has mostly done it already. Where it fails, the next transaction begins with another
   * attempt.
   */
  private rollBackIfPossible(): void {
    try {
      if (this.database.inTransaction) this.exec('ROLLBACK');
    } catch {
      // The error that led here is the one to tell.
    }
  }
}

function connect(path: string): Database.Database {
  try {
    return new Database(path, { timeout: busyMsMax });
  } catch (error) {
    throw new JournalUnusable(`${path} cannot be opened: ${reasonOf(error)}.`, { cause: error });
  }
}

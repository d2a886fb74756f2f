import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { OperatorError } from '../../operator-error';
import { noteClosed } from './closed-files';
import { reasonOf } from './errors';
import { identityOfTarget } from './file-identity';

/** A database that libsql has open, and its prepared statements. */
export class FileHandle {
  private readonly statements = new Map<string, Database.Statement>();
  /** Known from the start: at its path may be another file when it is closed. */
  private readonly identity: string | null;

  private constructor(
    private readonly database: Database.Database,
    path: string,
  ) {
    this.identity = identityOfTarget(path);
  }

  /** Opens a database, or creates the file. */
  static open(path: string, busyMsMax: number): FileHandle {
    return new FileHandle(connect(path, busyMsMax, path), path);
  }

  /** Opens a database that exists for reading. */
  static openReadOnly(path: string, busyMsMax: number): FileHandle {
    return new FileHandle(connect(`${pathToFileURL(path).href}?mode=ro`, busyMsMax, path), path);
  }

  /** Must not be read when it is closed: libsql would end the process. */
  get inTransaction(): boolean {
    return this.database.inTransaction;
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  /** Returns the value of a PRAGMA. */
  pragma(source: string): unknown {
    const [value] = this.statement(`PRAGMA ${source}`).get() as [unknown];
    return value;
  }

  /** Returns a statement, prepared once per text, whose rows are arrays. */
  statement(sql: string): Database.Statement {
    const present = this.statements.get(sql);
    if (present !== undefined) return present;
    const statement = this.database.prepare(sql);
    if (statement.reader) statement.raw();
    this.statements.set(sql, statement);
    return statement;
  }

  /** Call it when the connection is not used any more, but stays referenced. */
  abandon(): void {
    noteClosed(this.identity, this.statements.values());
  }

  /** The file stays open until the statements are collected, see {@link noteClosed}. */
  close(): void {
    noteClosed(this.identity, this.statements.values());
    this.statements.clear();
    this.database.close();
  }
}

/** @param name is an URL, or the path. */
function connect(name: string, busyMsMax: number, path: string): Database.Database {
  try {
    return new Database(name, { timeout: busyMsMax });
  } catch (error) {
    const message = `${path} cannot be opened: ${reasonOf(error)}.`;
    throw new OperatorError('store', message, { cause: error });
  }
}

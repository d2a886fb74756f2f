import { accessSync, constants } from 'node:fs';
import Database from 'libsql';
import { OperatorError } from '../../operator-error';

import { reasonOf, resultCodeOf } from './errors';

/** The lock on a database, held until `release` or until the process ends, however it ends. */
export interface FileLock {
  release(): void;
}

const busy = 5;

/** Returns the path of the lock of a database. */
export function lockPathOf(path: string): string {
  return `${path}.lock`;
}

/**
 * Acquires the lock that one server at a time may hold for a database: an exclusive transaction,
 * never ended, on an empty file beside it. The system releases it with the process, even at kill
 * -9, so it cannot become stale. It is a separate file because an exclusive lock on the database
 * itself would exclude its readers.
 * @throws OperatorError if another server holds it, or the file cannot be created.
 */
export function acquireLock(path: string): FileLock {
  const lockPath = lockPathOf(path);
  const connection = connect(lockPath);
  try {
    // On a read-only file, SQLite would begin without any lock.
    accessSync(lockPath, constants.R_OK | constants.W_OK);
    // Prevents a rollback journal beside the lock, for a transaction that never writes.
    connection.exec('PRAGMA journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (resultCodeOf(error) === busy)
      throw new OperatorError('store', ownedMessage(path), { cause: error });
    throw new OperatorError(
      'store',
      `The lock ${lockPath} cannot be acquired: ${reasonOf(error, lockPath)}. ` +
        'The server must be able to read and write it, and nothing else may change it.',
      { cause: error },
    );
  }
  return {
    release() {
      connection.exec('ROLLBACK');
      connection.close();
    },
  };
}

function connect(lockPath: string): Database.Database {
  try {
    return new Database(lockPath);
  } catch (error) {
    throw new OperatorError(
      'store',
      `The lock ${lockPath} cannot be created: ${reasonOf(error, lockPath)}. ` +
        'The server must be able to write to its folder.',
      { cause: error },
    );
  }
}

function ownedMessage(path: string): string {
  return `Another server is using ${path}. Stop it first, or name another file.`;
}

import { accessSync, constants } from 'node:fs';
import Database from 'libsql';
import { JournalUnusable } from '../journal';
import { reasonOf, resultCodeOf } from './errors';

/** The right to write a database, until `release`, or until the process ends in whatever way. */
export interface FileLock {
  release(): void;
}

const busy = 5;

/** Where the lock of a database lies. */
export function lockPathOf(path: string): string {
  return `${path}.lock`;
}

/**
 * Takes the lock that one server at a time may hold for a database: an exclusive transaction, never
 * ended, on an empty file beside it. The system drops it with the process, even at kill -9, so that
 * it cannot be left behind. It lies on a side file because an exclusive lock on the database itself
 * would shut its readers out. Throws {@link JournalUnusable} if another server holds it, or the
 * file cannot be made.
 */
export function acquireLock(path: string): FileLock {
  const lockPath = lockPathOf(path);
  const connection = connect(lockPath);
  try {
    // On a file that may only be read, SQLite would begin without any lock.
    accessSync(lockPath, constants.R_OK | constants.W_OK);
    // Else a rollback journal would lie beside the lock, for a transaction that never writes.
    connection.exec('PRAGMA journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (resultCodeOf(error) === busy)
      throw new JournalUnusable(ownedMessage(path), { cause: error });
    throw new JournalUnusable(
      `The lock ${lockPath} cannot be taken: ${reasonOf(error)}. ` +
        'The server must be able to read and write it, and it must be left as it is.',
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
    throw new JournalUnusable(
      `The lock ${lockPath} cannot be made: ${reasonOf(error)}. ` +
        'The server must be able to write its folder.',
      { cause: error },
    );
  }
}

function ownedMessage(path: string): string {
  return `Another server is using ${path}. Stop it first, or name another file.`;
}

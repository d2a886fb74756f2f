import Database from 'libsql';
import { AppendOutcomeUnknown, JournalUnavailable, JournalUnusable } from '../journal';

/**
 * What an error of SQLite means for the journal:
 * - `conflict`: a row with this key is there already.
 * - `unavailable`: nothing was changed; the store may do it later, when the disk has room or a lock
 *   is gone.
 * - `unknown`: the transaction may come back after a crash, although this connection does not show
 *   it.
 * - `damaged`: the file is no longer a database that can be read; an operator has to look.
 * - `bug`: ours, in a statement or a value. Never to be taken for the store's being away.
 */
export type SqliteFault = 'conflict' | 'unavailable' | 'unknown' | 'damaged' | 'bug';

/** Whether a transaction was still being written, or was told to commit. */
export type TransactionPhase = 'open' | 'commit';

/**
 * Every primary result code of SQLite that is an error; https://www.sqlite.org/rescode.html numbers
 * them.
 */
const faultOfPrimaryCode: Readonly<Record<number, SqliteFault>> = {
  1: 'bug', // ERROR: a statement that is wrong
  2: 'bug', // INTERNAL
  3: 'unavailable', // PERM
  4: 'bug', // ABORT: nothing here aborts
  5: 'unavailable', // BUSY: another program holds the write lock
  6: 'unavailable', // LOCKED
  7: 'unavailable', // NOMEM
  8: 'unavailable', // READONLY: the volume was made read-only
  9: 'bug', // INTERRUPT: nothing here interrupts
  10: 'unavailable', // IOERR
  11: 'damaged', // CORRUPT
  12: 'bug', // NOTFOUND
  13: 'unavailable', // FULL
  14: 'unavailable', // CANTOPEN: the log or its index
  15: 'unavailable', // PROTOCOL: locks of the log
  16: 'bug', // EMPTY
  17: 'bug', // SCHEMA: somebody changed the tables again and again
  18: 'bug', // TOOBIG: a text of more than a billion bytes
  19: 'bug', // CONSTRAINT, but for the two below
  20: 'bug', // MISMATCH
  21: 'bug', // MISUSE
  22: 'unavailable', // NOLFS: the file system has no room for a file so large
  23: 'bug', // AUTH
  24: 'damaged', // FORMAT
  25: 'bug', // RANGE
  26: 'damaged', // NOTADB
};

const primaryKeyTaken = 1555;
const uniqueTaken = 2067;
const ioErrorWrite = 778;
const primaryIoError = 10;
const primaryNoMemory = 7;

/**
 * Tells what an error means. At a commit, SQLite writes the frames, the last of them the commit's
 * own; then it asks the disk to keep them; then it enters them into the index of the log. If
 * writing fails (FULL, IOERR_WRITE), the commit's frame is not whole and no recovery takes it. Any
 * other I/O error, and a lack of memory, may have struck after that frame was written: this
 * connection has undone the transaction, but a recovery after a crash would find it.
 */
export function faultOf(error: unknown, phase: TransactionPhase): SqliteFault {
  const code = resultCodeOf(error);
  if (code === null) return 'bug';
  if (code === primaryKeyTaken || code === uniqueTaken) return 'conflict';
  const primary = code & 0xff;
  const mayBeWritten =
    (primary === primaryIoError && code !== ioErrorWrite) || primary === primaryNoMemory;
  if (phase === 'commit' && mayBeWritten) return 'unknown';
  return faultOfPrimaryCode[primary] ?? 'bug';
}

/**
 * The error that the port promises for what SQLite threw; a bug's own error is handed on as it is.
 */
export function portErrorOf(error: unknown, phase: TransactionPhase, path: string): unknown {
  const fault = faultOf(error, phase);
  if (fault === 'bug' || fault === 'conflict') return error;
  const reason = reasonOf(error);
  const options = { cause: error };
  if (fault === 'unavailable') {
    return new JournalUnavailable(`${path} was not written or read: ${reason}.`, options);
  }
  if (fault === 'unknown') {
    return new AppendOutcomeUnknown(`${path} may or may not keep the change: ${reason}.`, options);
  }
  const advice = 'Stop the server, keep a copy, and restore a backup.';
  return new JournalUnusable(`${path} is damaged: ${reason}. ${advice}`, options);
}

/** Why SQLite failed, in its own words and with the name of its code. */
export function reasonOf(error: unknown): string {
  if (error instanceof Database.SqliteError) return `${error.message} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
}

/** SQLite's extended result code, null where the error is none of SQLite's. */
export function resultCodeOf(error: unknown): number | null {
  return error instanceof Database.SqliteError ? (error.rawCode ?? null) : null;
}

/**
 * Returns the error for the operator if opening failed because of the store or the file system: at
 * the start there is nobody to retry. Returns the error of a bug as it is.
 */
export function openErrorOf(error: unknown, path: string): unknown {
  const isOfTheStore = error instanceof JournalUnavailable || error instanceof AppendOutcomeUnknown;
  if (isOfTheStore || isOfTheSystem(error)) {
    return new JournalUnusable(`${path} cannot be opened. ${error.message}`, { cause: error });
  }
  return error;
}

/** By its shape, since the class of the system's errors is another one where tests run. */
function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'errno' in error;
}

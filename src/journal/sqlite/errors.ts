import Database from 'libsql';
import { reasonOf as reasonOfAny } from '../../error-message';
import { OperatorError } from '../../operator-error';
import { AppendOutcomeUnknown, JournalUnavailable } from '../journal-error';
import { wordsOfResult } from './result-codes';

/**
 * What an error of SQLite means for the journal:
 * - `conflict`: a row with this key exists.
 * - `unavailable`: nothing was changed; a retry may succeed when the disk has space or a lock is
 *   released.
 * - `unknown`: the transaction may reappear after a crash, although this connection does not show
 *   it.
 * - `damaged`: the file is not a readable database any more; an operator has to act.
 * - `bug`: in a statement or a value of this program. Callers must not treat it as an outage.
 */
type ErrorCategory = 'conflict' | 'unavailable' | 'unknown' | 'damaged' | 'bug';

/** `open` while a transaction runs its statements, `commit` once COMMIT was sent. */
export type TransactionPhase = 'open' | 'commit';

/** Every primary result code of SQLite that is an error: https://www.sqlite.org/rescode.html */
const categoryOfPrimaryCode: Readonly<Record<number, ErrorCategory>> = {
  1: 'bug', // ERROR: an invalid statement
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
  14: 'unavailable', // CANTOPEN: the WAL or its index
  15: 'unavailable', // PROTOCOL: locks of the WAL
  16: 'bug', // EMPTY
  17: 'bug', // SCHEMA: another program kept changing the tables
  18: 'bug', // TOOBIG: a text of more than a billion bytes
  19: 'bug', // CONSTRAINT, except the two below
  20: 'bug', // MISMATCH
  21: 'bug', // MISUSE
  22: 'unavailable', // NOLFS: the file system does not support a file so large
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
 * Returns the category of an error. At a commit, SQLite writes the frames, the commit frame last;
 * then it syncs them; then it enters them into the index of the WAL. If writing fails (FULL,
 * IOERR_WRITE), the commit frame is incomplete, and recovery ignores it. Any other I/O error, and a
 * lack of memory, may have occurred after that frame was written: this connection has rolled back
 * the transaction, but a recovery after a crash would find it.
 */
export function categoryOf(error: unknown, phase: TransactionPhase): ErrorCategory {
  const code = resultCodeOf(error);
  if (code === null) return 'bug';
  if (code === primaryKeyTaken || code === uniqueTaken) return 'conflict';
  const primary = code & 0xff;
  const mayBeWritten =
    (primary === primaryIoError && code !== ioErrorWrite) || primary === primaryNoMemory;
  if (phase === 'commit' && mayBeWritten) return 'unknown';
  return categoryOfPrimaryCode[primary] ?? 'bug';
}

/** Returns the port's error for one of SQLite. Returns the error of a bug unchanged. */
export function portErrorOf(error: unknown, phase: TransactionPhase, path: string): unknown {
  const category = categoryOf(error, phase);
  if (category === 'bug' || category === 'conflict') return error;
  const reason = reasonOf(error);
  const options = { cause: error };
  if (category === 'unavailable') {
    return new JournalUnavailable(`${path} was not written or read: ${reason}.`, options);
  }
  if (category === 'unknown') {
    return new AppendOutcomeUnknown(`${path} may or may not keep the change: ${reason}.`, options);
  }
  const advice = 'Stop the server, keep a copy, and restore a backup.';
  return new OperatorError('store', `${path} is damaged: ${reason}. ${advice}`, options);
}

/** Returns an error as unavailable, for a write whose reappearance after a crash does no harm. */
export function unavailableIfUnknown(error: unknown): unknown {
  if (!(error instanceof AppendOutcomeUnknown)) return error;
  return new JournalUnavailable(error.message, { cause: error });
}

/**
 * Returns the message of SQLite with the name of its code, or the reason of another error.
 * @param named the path that the sentence around it names already.
 */
export function reasonOf(error: unknown, named?: string): string {
  if (!(error instanceof Database.SqliteError)) return reasonOfAny(error, named);
  return wordsOfResult(error.message, error.code, resultCodeOf(error));
}

/** Returns SQLite's extended result code, null if the error is not SQLite's. */
export function resultCodeOf(error: unknown): number | null {
  return error instanceof Database.SqliteError ? (error.rawCode ?? null) : null;
}

/**
 * Returns the error for the operator if opening failed because of the store or the file system: at
 * the start no client retries. Returns the error of a bug unchanged.
 */
export function openErrorOf(error: unknown, path: string): unknown {
  const isStoreError = error instanceof JournalUnavailable || error instanceof AppendOutcomeUnknown;
  if (isStoreError || isSystemError(error)) {
    const reason = isStoreError ? `. ${error.message}` : `: ${reasonOf(error, path)}.`;
    return new OperatorError('store', `${path} cannot be opened${reason}`, { cause: error });
  }
  return error;
}

/**
 * Runs checks of the store's files.
 * @throws `type` if the system does not let them be read, as without permission for their folder.
 */
export function checkingFiles<Result>(
  type: typeof JournalUnavailable | typeof AppendOutcomeUnknown,
  check: () => Result,
): Result {
  try {
    return check();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const message =
      `The files of the ledger cannot be checked: ${reasonOf(error)}. Nothing is written until the ` +
      'server can read them again.';
    throw new type(message, { cause: error });
  }
}

/** Does not test the class: under jest, the system's errors have another one. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'errno' in error;
}

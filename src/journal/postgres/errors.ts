import { OperatorError } from '../../operator-error';
import { JournalUnavailable } from '../journal-error';

/**
 * What an error means for the journal:
 * - `conflict`: the race was lost: a row with this key exists, or the one before it is missing.
 * - `retryable`: a deadlock or a serialization failure; an immediate retry may succeed.
 * - `unavailable`: the statement was not executed; a later retry may succeed.
 * - `lost`: the connection broke or the server is shutting down; the statement may still be
 *   executed.
 * - `damaged`: the database reports corrupt data; an operator has to act.
 * - `bug`: in a statement or a value of this program. Callers must not treat it as an outage.
 */
type ErrorCategory = 'conflict' | 'retryable' | 'unavailable' | 'lost' | 'damaged' | 'bug';

/**
 * By SQLSTATE, or by its class of two letters if the whole class means the same. Never by the name
 * of a constraint, which distributed databases change.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const categoryOfState: Readonly<Record<string, ErrorCategory>> = {
  '08': 'lost', // connection exceptions, but for the next
  '08P01': 'bug', // protocol violation: too many parameters, for one
  '22012': 'conflict', // division by zero: a failed check of this program
  '23505': 'conflict', // unique violation
  '25006': 'unavailable', // read-only: not a primary
  '25P03': 'lost', // the server ended an idle transaction
  '40001': 'retryable', // serialization failure
  '40P01': 'retryable', // deadlock
  '40003': 'lost', // statement completion unknown
  '42501': 'unavailable', // a right was taken away
  '53': 'unavailable', // out of disk, memory or connections
  '54000': 'unavailable', // accepts no commands, to avoid transaction id wraparound
  '55P03': 'unavailable', // lock timeout
  '57014': 'unavailable', // cancelled by an administrator
  '57P': 'lost', // shut down, crashed, starting up
  '57P03': 'unavailable', // cannot connect now
  '58': 'unavailable', // I/O errors
  // An internal error, as which Citus reports most of what can happen to a node: a worker that was
  // lost while it executed the statement, or a coordinator that is ending.
  XX000: 'lost',
  XX001: 'damaged',
  XX002: 'damaged',
};

/** The shape of pg's error for an error that the server has sent. */
interface ServerError {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

/** Returns the category of an error of the server, of the connection, or of this program. */
export function categoryOf(error: unknown): ErrorCategory {
  if (!isServerError(error)) return isConnectionError(error) ? 'lost' : 'bug';
  const { code, message } = error;
  // Citus reports a worker's serialization failure as an internal error.
  if (code === 'XX000' && serializationWords.test(message)) return 'retryable';
  return (
    categoryOfState[code] ??
    categoryOfState[code.slice(0, 3)] ??
    categoryOfState[code.slice(0, 2)] ??
    'bug'
  );
}

const serializationWords = /could not serialize access|deadlock/;

/** Returns the SQLSTATE of a server's error, null for other errors. */
export function sqlStateOf(error: unknown): string | null {
  return isServerError(error) ? error.code : null;
}

/**
 * Returns the port's error for one that occurred while reading, or before a statement that writes
 * was sent. Returns the error of a bug unchanged.
 */
export function portErrorOf(error: unknown): unknown {
  if (error instanceof JournalUnavailable || error instanceof OperatorError) return error;
  const category = categoryOf(error);
  if (category === 'bug') return error;
  const reason = reasonOf(error);
  if (category === 'damaged') {
    const advice = 'Stop the servers, and restore a backup or promote a standby.';
    return new OperatorError('store', `The database is damaged: ${reason}. ${advice}`, {
      cause: error,
    });
  }
  const what = category === 'lost' ? 'does not respond' : 'refused the statement';
  return new JournalUnavailable(`The database ${what}: ${reason}.`, { cause: error });
}

/** Returns the message of PostgreSQL or the system. Contains no password. */
export function reasonOf(error: unknown): string {
  if (isServerError(error)) return `${error.message} (${error.code})`;
  // For a host with several addresses, only the parts of Node's error have a message.
  const { errors, message } = error as { errors?: readonly Error[]; message?: string };
  return errors?.map((each) => each.message).join(', ') || message || String(error);
}

function isServerError(error: unknown): error is ServerError {
  return typeof error === 'object' && error !== null && 'severity' in error && 'code' in error;
}

/** In pg's messages for a connection that ended; the system's errors have a `syscall`. */
const connectionWords = /connection|terminated|timeout|not queryable|closed/i;

/** Does not test the class: under jest, the system's errors have another one. */
function isConnectionError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('syscall' in error || 'errors' in error) return true;
  const { code, message = '' } = error as { code?: unknown; message?: string };
  return typeof code === 'string' || connectionWords.test(message);
}

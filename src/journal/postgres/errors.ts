import { JournalUnavailable, JournalUnusable } from '../journal';

/**
 * What an error means for the journal:
 * - `conflict`: somebody was faster: a row with this key is there, or the one before it is not.
 * - `collision`: the database undid the statement to let another through; the same may work at once.
 * - `unavailable`: the statement was not done; the database may do it later.
 * - `lost`: the connection broke or the server is going down; what was sent may still be done.
 * - `damaged`: the database says that its data are corrupt; an operator has to look.
 * - `bug`: ours, in a statement or a value. Never to be taken for the database's being away.
 */
export type PostgresFault = 'conflict' | 'collision' | 'unavailable' | 'lost' | 'damaged' | 'bug';

/**
 * By SQLSTATE, or its class of two letters where all of it means the same. Never by the name of a
 * constraint, which distributed databases change. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const faultOfState: Readonly<Record<string, PostgresFault>> = {
  '08': 'lost', // connection exceptions, but for the next
  '08P01': 'bug', // protocol violation: too many parameters, for one
  '22012': 'conflict', // division by zero: how our own checks say no
  '23505': 'conflict', // unique violation
  '25006': 'unavailable', // read-only: not a primary
  '25P03': 'lost', // the server ended a turn that took too long
  '40001': 'collision', // serialization failure
  '40P01': 'collision', // deadlock
  '40003': 'lost', // statement completion unknown
  '42501': 'unavailable', // a right was taken away
  '53': 'unavailable', // out of disk, memory or connections
  '54000': 'unavailable', // takes no commands, to avoid transaction id wraparound
  '55P03': 'unavailable', // lock timeout
  '57014': 'unavailable', // cancelled by somebody
  '57P': 'lost', // shut down, crashed, starting up
  '57P03': 'unavailable', // cannot connect now
  '58': 'unavailable', // I/O errors
  XX001: 'damaged',
  XX002: 'damaged',
};

/** What pg throws for an error that the server has sent. */
interface ServerError {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

/** Tells what an error means; what is none of the server's is a broken connection. */
export function faultOf(error: unknown): PostgresFault {
  if (!isServerError(error)) return isOfTheConnection(error) ? 'lost' : 'bug';
  const { code } = error;
  return (
    faultOfState[code] ?? faultOfState[code.slice(0, 3)] ?? faultOfState[code.slice(0, 2)] ?? 'bug'
  );
}

export function sqlStateOf(error: unknown): string | null {
  return isServerError(error) ? error.code : null;
}

/**
 * The error that the port promises for one that struck while reading, or before anything was sent
 * that could change something; a bug's own error is handed on as it is.
 */
export function portErrorOf(error: unknown): unknown {
  if (error instanceof JournalUnavailable || error instanceof JournalUnusable) return error;
  const fault = faultOf(error);
  if (fault === 'bug') return error;
  const reason = reasonOf(error);
  if (fault === 'damaged') {
    const advice = 'Stop the servers, and restore a backup or promote a standby.';
    return new JournalUnusable(`The database is damaged: ${reason}. ${advice}`, { cause: error });
  }
  const what = fault === 'lost' ? 'does not answer' : 'refused the statement';
  return new JournalUnavailable(`The database ${what}: ${reason}.`, { cause: error });
}

/** Why something failed, in the words of PostgreSQL or the system. Holds no password. */
export function reasonOf(error: unknown): string {
  if (isServerError(error)) return `${error.message} (${error.code})`;
  // Of several addresses of one host, Node tells only in the parts why each failed.
  const { errors, message } = error as { errors?: readonly Error[]; message?: string };
  return errors?.map((each) => each.message).join(', ') || message || String(error);
}

function isServerError(error: unknown): error is ServerError {
  return typeof error === 'object' && error !== null && 'severity' in error && 'code' in error;
}

/** Words of pg for a connection that ended; the system's own errors have a `syscall`. */
const connectionWords = /connection|terminated|timeout|not queryable|closed/i;

/** Not by its class, which for the system's errors is another one where tests run. */
function isOfTheConnection(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('syscall' in error || 'errors' in error) return true;
  const { code, message = '' } = error as { code?: unknown; message?: string };
  return typeof code === 'string' || connectionWords.test(message);
}

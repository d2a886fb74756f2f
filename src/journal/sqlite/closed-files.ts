import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { OperatorError } from '../../operator-error';
import { identityOfTarget } from './file-identity';

const attemptsMax = 5;

/** The statements of connections that were closed, by the identity of their file. */
const closed = new Map<string, readonly WeakRef<object>[]>();

/**
 * Notes that a connection is closed. libsql has no call that frees a statement, and a connection
 * with one keeps its file open until the statement is garbage-collected.
 */
export function noteClosed(identity: string | null, statements: Iterable<object>): void {
  for (const known of closed.keys()) forgetFreed(known);
  const held = Array.from(statements, (statement) => new WeakRef(statement));
  if (identity === null || held.length === 0) return;
  closed.set(identity, [...(closed.get(identity) ?? []), ...held]);
}

/**
 * Resolves when this process has the file at a path closed. SQLite shares locks and the index of
 * the WAL between the connections of a process. One that is closed and still open lacks its locks,
 * which were released with the descriptors that watched it, and has the index at the path that the
 * file had then. A new connection would work with both: another program could remove its WAL.
 * @throws OperatorError if the file stays open, as after damage.
 */
export async function waitUntilClosed(path: string): Promise<void> {
  // Collected statements are freed in the turn that follows, and weak references hold until then.
  await nextTurn();
  const identity = identityOfTarget(path);
  for (let attempt = 1; identity !== null && isHeld(identity); attempt += 1) {
    if (attempt > attemptsMax) {
      throw new OperatorError(
        'store',
        `${path} was used in this process before and could not be closed. Restart the process.`,
      );
    }
    await nextTurn();
    collectGarbage();
    await nextTurn();
  }
}

function isHeld(identity: string): boolean {
  forgetFreed(identity);
  return closed.has(identity);
}

function forgetFreed(identity: string): void {
  const held = closed.get(identity)?.filter((statement) => statement.deref() !== undefined) ?? [];
  if (held.length > 0) closed.set(identity, held);
  else closed.delete(identity);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Collects all garbage, which a process can only if it was started so, or in a new context. */
function collectGarbage(): void {
  const isOffered = 'gc' in globalThis;
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  if (!isOffered) setFlagsFromString('--no-expose-gc');
  collect();
}

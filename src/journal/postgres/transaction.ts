import { AppendOutcomeUnknown } from '../journal-error';
import { categoryOf, portErrorOf, reasonOf } from './errors';
import { firstError, type PostgresSession, type Statement, type StatementResult } from './session';
import { beginWith } from './settings';

/** The results of a transaction. */
interface TransactionResults {
  /** Of its statements, without BEGIN and COMMIT. */
  readonly results: readonly StatementResult[];
  readonly begin: StatementResult;
  readonly commit: StatementResult;
}

/** Sends statements as one transaction. One round trip. */
export async function sendTransaction(
  session: PostgresSession,
  statements: readonly Statement[],
  lockMsMax: number,
): Promise<TransactionResults> {
  const begins = session.traits.hasSettings
    ? 'BEGIN'
    : beginWith(`SET LOCAL lock_timeout = ${lockMsMax}`);
  const [begin, ...results] = await session.send([
    { text: begins },
    ...statements,
    { text: 'COMMIT' },
  ]);
  return { begin, commit: results.pop()!, results };
}

/**
 * Checks that a transaction that writes has begun. If its BEGIN was cancelled, each of its
 * statements ran in a transaction of its own, and those that did not fail are committed.
 * @throws AppendOutcomeUnknown if BEGIN failed.
 */
export function checkBegun(begin: StatementResult): void {
  if (begin.kind === 'done') return;
  const reason = reasonOf(begin.error);
  throw new AppendOutcomeUnknown(`The transaction did not begin: ${reason}.`, {
    cause: begin.error,
  });
}

/**
 * Checks that a transaction without a failed statement is committed, on the standby too, see {@link
 * wasStandbyWaitCancelled}.
 * @throws AppendOutcomeUnknown if that is not known, or the first error if it was rolled back.
 */
export function checkCommitted(
  results: readonly StatementResult[],
  commit: StatementResult,
  session: PostgresSession,
): void {
  const isCommitted = commit.kind === 'done' && commit.command === 'COMMIT';
  if (isCommitted && !wasStandbyWaitCancelled(session)) return;
  if (commit.kind === 'done' && commit.command === 'ROLLBACK') {
    throw transactionErrorOf(firstError(results), commit);
  }
  const reason =
    commit.kind === 'failed' ? reasonOf(commit.error) : 'the wait for the standby was cancelled';
  throw new AppendOutcomeUnknown(`The database did not confirm the change: ${reason}.`);
}

/**
 * True if a commit's wait for the standby was cancelled, which only a warning reports: the commit
 * would be lost with this server.
 */
export function wasStandbyWaitCancelled({ warnings }: PostgresSession): boolean {
  return warnings.some((state) => state.startsWith('01'));
}

/**
 * Returns the port's error for a transaction in which a statement failed, so that none is
 * committed.
 */
export function transactionErrorOf(error: unknown, commit: StatementResult): unknown {
  // A response to COMMIT that it rolled back leaves nothing unknown, as when Citus loses a worker.
  const isRolledBack = commit.kind === 'done' && commit.command === 'ROLLBACK';
  if (categoryOf(error) === 'lost' && !isRolledBack) {
    return new AppendOutcomeUnknown(`The connection broke: ${reasonOf(error)}.`, { cause: error });
  }
  return portErrorOf(error);
}

import { AppendOutcomeUnknown } from '../journal';
import { faultOf, portErrorOf, reasonOf } from './errors';
import {
  type Answer,
  beginByIndex,
  firstError,
  type PostgresSession,
  type Statement,
} from './session';

/** What became of a transaction. */
export interface Transacted {
  /** Of the statements, without what begins and ends the transaction. */
  readonly answers: readonly Answer[];
  readonly begin: Answer;
  readonly commit: Answer;
}

/** Sends statements as one transaction. One round trip. */
export async function transact(
  session: PostgresSession,
  statements: readonly Statement[],
  lockMsMax: number,
): Promise<Transacted> {
  const [begin, ...answers] = await session.send([
    beginByIndex(`SET LOCAL lock_timeout = ${lockMsMax}`),
    ...statements,
    { text: 'COMMIT' },
  ]);
  return { begin, commit: answers.pop()!, answers };
}

/**
 * Throws where a transaction that writes did not begin, cancelled by somebody: then each of its
 * statements stood alone, and those that did not fail are kept.
 */
export function checkBegun(begin: Answer): void {
  if (begin.kind === 'done') return;
  const reason = reasonOf(begin.error);
  throw new AppendOutcomeUnknown(`The transaction did not begin: ${reason}.`, {
    cause: begin.error,
  });
}

/**
 * Throws where a transaction of which no statement failed is not known to be kept, or only here,
 * see {@link wasWaitEnded}.
 */
export function checkCommitted(
  answers: readonly Answer[],
  commit: Answer,
  session: PostgresSession,
): void {
  const isKept = commit.kind === 'done' && commit.command === 'COMMIT';
  if (isKept && !wasWaitEnded(session)) return;
  if (commit.kind === 'done' && commit.command === 'ROLLBACK') {
    throw failure(firstError(answers));
  }
  const reason =
    commit.kind === 'failed' ? reasonOf(commit.error) : 'the wait for the standby was ended';
  throw new AppendOutcomeUnknown(`The database did not confirm the change: ${reason}.`);
}

/**
 * Whether somebody ended a commit's wait for the standby, of which only a warning tells: what was
 * committed then would be lost with this server.
 */
export function wasWaitEnded({ warnings }: PostgresSession): boolean {
  return warnings.some((state) => state.startsWith('01'));
}

/** The error of a transaction of which a statement failed: whole or not at all, it was not kept. */
export function failure(error: unknown): unknown {
  if (faultOf(error) === 'lost') {
    return new AppendOutcomeUnknown(`The connection broke: ${reasonOf(error)}.`, { cause: error });
  }
  return portErrorOf(error);
}

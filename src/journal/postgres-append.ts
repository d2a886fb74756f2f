import type { Entry } from '../ledger/entry';
import {
  type Append,
  AppendOutcomeUnknown,
  type AppendResult,
  JournalUnavailable,
} from './journal';
import { faultOf, portErrorOf, reasonOf } from './postgres-errors';
import { insertStatements } from './postgres-insert';
import { type Answer, firstError, type PostgresSession, type Statement } from './postgres-session';
import { checkBegun, checkCommitted, failure, transact } from './postgres-transaction';

const attemptsMax = 3;

/**
 * Appends to accounts in one transaction and one round trip, and in one more only if an account
 * that gets several entries was beaten. An account that gets one entry is in or not by that row
 * alone, so that a row that is taken may be passed over; where an account gets several, passing
 * over one would leave a gap, and so they are inserted as if nothing conflicted, behind a savepoint.
 * See the port for what it rejects with.
 */
export async function appendToAccounts(
  session: PostgresSession,
  appends: readonly Append[],
  lockMsMax: number,
): Promise<AppendResult[]> {
  // In one order everywhere, or two processes could wait for each other.
  const sorted = [...appends].sort(byAccount);
  const kept = new Set(await appendSorted(session, sorted, lockMsMax));
  return appends.map(({ accountId }) => (kept.has(accountId) ? 'appended' : 'conflict'));
}

/** Answers the accounts that are in: mostly all of them. */
async function appendSorted(
  session: PostgresSession,
  appends: readonly Append[],
  lockMsMax: number,
): Promise<string[]> {
  const singles = appends.filter(isSingle);
  const several = appends.filter((append) => !isSingle(append));
  const answers = await appendTogether(session, appends, singles, several, lockMsMax);
  if (answers === null) return apart(session, appends, lockMsMax);
  const kept = singlesIn(answers.singles);
  const error = firstError(answers.several);
  if (error === null) return [...kept, ...several.map(({ accountId }) => accountId)];
  // Were nobody in, all could be tried again as one; as it is, these are told one by one.
  return [...kept, ...(await restApart(session, several, kept.length > 0, lockMsMax))];
}

function isSingle({ entries }: Append): boolean {
  return entries.length === 1;
}

interface TogetherAnswers {
  readonly singles: readonly Answer[];
  /** Of the rows of accounts that get several: if one failed, none of them is in. */
  readonly several: readonly Answer[];
}

/**
 * All accounts in one transaction, again where the database undid it to let another through. Null
 * if an account's predecessor is missing, or if only accounts with several entries are concerned
 * and one was beaten: nothing was kept then. Throws if it failed or is not known to be kept.
 */
async function appendTogether(
  session: PostgresSession,
  appends: readonly Append[],
  singles: readonly Append[],
  several: readonly Append[],
  lockMsMax: number,
): Promise<TogetherAnswers | null> {
  const marks = marksStatements(appends);
  const passing = insertStatements(entriesOf(singles)).map(orPassOver);
  const plain = insertStatements(entriesOf(several));
  const isMixed = passing.length > 0 && plain.length > 0;
  const statements = [...marks, ...passing, ...(isMixed ? guarded(plain) : plain)];
  for (let attempt = 1; ; attempt += 1) {
    const { answers, begin, commit } = await transact(session, statements, lockMsMax);
    checkBegun(begin);
    const whole = isMixed ? answers.slice(0, marks.length + passing.length) : answers;
    const error = firstError(whole);
    if (error === null) {
      checkCommitted(answers, commit, session);
      return {
        singles: answers.slice(marks.length, marks.length + passing.length),
        several: isMixed ? unguarded(answers, plain.length) : [],
      };
    }
    const fault = faultOf(error);
    if (fault === 'conflict') return null;
    if (fault !== 'collision' || attempt === attemptsMax) throw failure(error);
  }
}

function entriesOf(appends: readonly Append[]): Entry[] {
  return appends.flatMap(({ entries }) => entries);
}

const orPassOver = ({ text, values }: Statement): Statement => ({
  text: `${text} ON CONFLICT DO NOTHING RETURNING account_id`,
  values,
});

function singlesIn(answers: readonly Answer[]): string[] {
  return answers
    .flatMap((answer) => (answer.kind === 'done' ? answer.rows : []))
    .map(([accountId]) => accountId as string);
}

const savepoint: Statement = { text: 'SAVEPOINT account' };
const backToSavepoint: Statement = { text: 'ROLLBACK TO SAVEPOINT account' };
/** What {@link guarded} puts behind the statements. */
const guardLength = 2;

/**
 * Statements that are undone alone if one of them fails: the second SAVEPOINT fails too then, and
 * ROLLBACK TO goes back to the first; else it goes back to the second, which is nothing.
 */
function guarded(statements: readonly Statement[]): Statement[] {
  return [savepoint, ...statements, savepoint, backToSavepoint];
}

/** The answers of the guarded statements at the end of a transaction. */
function unguarded(answers: readonly Answer[], count: number): readonly Answer[] {
  return answers.slice(answers.length - guardLength - count, answers.length - guardLength);
}

/** One account after the other, in one transaction and one round trip. */
async function apart(
  session: PostgresSession,
  appends: readonly Append[],
  lockMsMax: number,
): Promise<string[]> {
  const own = appends.map((append) => [
    ...marksStatements([append]),
    ...insertStatements(append.entries),
  ]);
  const { answers, begin, commit } = await transact(session, own.flatMap(guarded), lockMsMax);
  checkBegun(begin);
  checkCommitted(answers, commit, session);
  let place = 0;
  let held: unknown = null;
  const kept = appends.flatMap(({ accountId }, index) => {
    const each = own[index];
    const error = firstError(answers.slice(place + 1, place + 1 + each.length));
    place += each.length + 1 + guardLength;
    if (error !== null && isUndecided(error)) held = error;
    return error === null ? accountId : [];
  });
  if (held !== null) throw undecided(held, kept.length > 0);
  return kept;
}

/**
 * Whether an account failed of something that leaves it open who is in its place: an earlier append
 * of the same entries, of which nobody knows yet, may be what it waited for. Of whatever else it
 * failed, it is not in: it is decided anew and appended again, which tells the error if it is there
 * to stay.
 */
function isUndecided(error: unknown): boolean {
  return ['unavailable', 'collision', 'lost'].includes(faultOf(error));
}

/** Others may be in, so that nobody may be told that nothing was changed. */
function undecided(error: unknown, areOthersIn: boolean): unknown {
  if (!areOthersIn) return portErrorOf(error);
  return new AppendOutcomeUnknown(`Only a part is in: ${reasonOf(error)}.`, { cause: error });
}

/**
 * The accounts that a savepoint took back, one by one. What is a bug is told as beaten if others
 * are in: it is decided anew, and appended again, which tells the bug if it is there to stay.
 */
async function restApart(
  session: PostgresSession,
  appends: readonly Append[],
  areOthersIn: boolean,
  lockMsMax: number,
): Promise<string[]> {
  try {
    return await apart(session, appends, lockMsMax);
  } catch (error) {
    if (!areOthersIn || error instanceof AppendOutcomeUnknown) throw error;
    if (error instanceof JournalUnavailable) throw undecided(error, true);
    return [];
  }
}

/** Fails, by a division by zero, unless every account's predecessor stands in its place. */
function marksStatements(appends: readonly Append[]): Statement[] {
  const marks = appends.flatMap(({ accountId, after }) =>
    after === null ? [] : { accountId, ...after },
  );
  if (marks.length === 0) return [];
  const text = `
    SELECT 1 / (count(*) = $4)::int
    FROM unnest($1::text[], $2::bigint[], $3::text[]) AS mark (account_id, sequence, id)
    JOIN entry ON entry.account_id = mark.account_id AND entry.sequence = mark.sequence
      AND entry.id = mark.id`;
  const values = [
    marks.map(({ accountId }) => accountId),
    marks.map(({ sequence }) => sequence),
    marks.map(({ id }) => id),
    marks.length,
  ];
  return [{ text, values }];
}

function byAccount(left: Append, right: Append): number {
  return left.accountId < right.accountId ? -1 : left.accountId > right.accountId ? 1 : 0;
}

import { type Append, AppendOutcomeUnknown, type AppendResult, type EntryMark } from '../journal';
import { faultOf, portErrorOf, reasonOf } from './errors';
import { insertStatements } from './insert';
import { type Answer, firstError, type PostgresSession, type Statement } from './session';
import { checkBegun, checkCommitted, failure, transact } from './transaction';

const attemptsMax = 3;

/**
 * Appends to accounts in one transaction and one round trip, and in one more only if an account
 * that gets several entries was beaten. An account that gets one entry is in or not by that row
 * alone, so that a row that is taken may be passed over; where an account gets several, passing
 * over one would leave a gap, and the transaction fails. See the port for what it rejects with.
 */
export async function appendToAccounts(
  session: PostgresSession,
  appends: readonly Append[],
  lockMsMax: number,
): Promise<AppendResult[]> {
  // In one order everywhere, or two processes could wait for each other.
  const sorted = [...appends].sort(byAccount);
  const together = await appendTogether(session, sorted, lockMsMax);
  const kept = new Set(together ?? (await apart(session, sorted, lockMsMax)));
  return appends.map(({ accountId }) => (kept.has(accountId) ? 'appended' : 'conflict'));
}

/**
 * All accounts in one transaction, again where the database undid it to let another through.
 * Answers the accounts that are in, mostly all of them; null, and nothing is kept, if an account's
 * predecessor is missing or one that gets several entries was beaten. Throws if it failed or is not
 * known to be kept.
 */
async function appendTogether(
  session: PostgresSession,
  appends: readonly Append[],
  lockMsMax: number,
): Promise<string[] | null> {
  const before = marksStatements(marksBefore(appends));
  const passing = passingStatements(appends);
  const statements = [...before, ...passing, ...plainStatements(appends, passing.length > 0)];
  for (let attempt = 1; ; attempt += 1) {
    const { answers, begin, commit } = await transact(session, statements, lockMsMax);
    checkBegun(begin);
    const error = firstError(answers);
    if (error === null) {
      checkCommitted(answers, commit, session);
      if (passing.length === 0) return appends.map(({ accountId }) => accountId);
      return accountsIn(answers.slice(before.length, before.length + passing.length));
    }
    const fault = faultOf(error);
    if (fault === 'conflict') return null;
    if (fault !== 'collision' || attempt === attemptsMax) throw failure(error);
  }
}

/**
 * The first entries of all accounts, if any gets no more than that; taken ones are passed over.
 * Where hardly any can be taken, that would be work for nothing: a third of what rows cost. All
 * of them in one go: whoever has an account's first has the account, so that nobody waits for one
 * account and keeps another that comes before it.
 */
function passingStatements(appends: readonly Append[]): Statement[] {
  if (!appends.some(isSingle) || appends.every(({ isQuiet }) => isQuiet)) return [];
  return insertStatements(appends.map(({ entries: [first] }) => first!)).map(
    ({ text, values }) => ({
      text: `${text} ON CONFLICT DO NOTHING RETURNING account_id`,
      values,
    }),
  );
}

/** What else the accounts get, if no first entry was passed over that others have to follow. */
function plainStatements(appends: readonly Append[], areFirstsIn: boolean): Statement[] {
  if (!areFirstsIn) return insertStatements(appends.flatMap(({ entries }) => entries));
  const several = appends.filter((append) => !isSingle(append));
  const firsts = several.map(({ accountId, entries: [first] }) => ({
    accountId,
    sequence: first!.sequence,
    id: first!.id,
  }));
  const rest = several.flatMap(({ entries }) => entries.slice(1));
  return [...marksStatements(firsts), ...insertStatements(rest)];
}

function isSingle({ entries }: Append): boolean {
  return entries.length === 1;
}

function accountsIn(answers: readonly Answer[]): string[] {
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

/** One account after the other, in one transaction and one round trip. */
async function apart(
  session: PostgresSession,
  appends: readonly Append[],
  lockMsMax: number,
): Promise<string[]> {
  const own = appends.map((append) => [
    ...marksStatements(marksBefore([append])),
    ...insertStatements(append.entries),
  ]);
  const { answers, begin, commit } = await transact(session, own.flatMap(guarded), lockMsMax);
  checkBegun(begin);
  checkCommitted(answers, commit, session);
  let place = 0;
  let held: unknown = null;
  const kept = appends.flatMap(({ accountId }, index) => {
    const each = own[index]!;
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

interface PlacedMark extends EntryMark {
  readonly accountId: string;
}

function marksBefore(appends: readonly Append[]): PlacedMark[] {
  return appends.flatMap(({ accountId, after }) => (after === null ? [] : { accountId, ...after }));
}

/** Fails, by a division by zero, unless all of these entries stand in their places. */
function marksStatements(marks: readonly PlacedMark[]): Statement[] {
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

import type { Entry } from '../ledger/entry';
import { entryColumns, rowOf } from './entry-row';
import { type Append, AppendOutcomeUnknown, type AppendResult } from './journal';
import { faultOf, portErrorOf, reasonOf } from './postgres-errors';
import {
  type Answer,
  byIndex,
  firstError,
  type PostgresSession,
  type Statement,
} from './postgres-session';

/** A statement takes 65,535 parameters; longer ones save nothing any more. */
const rowsPerStatement = 1_000;
const attemptsMax = 3;

/**
 * Appends to accounts in one round trip, and in one more only if an account that gets several
 * entries was beaten. An account that gets one entry is in or not by that row alone, so that a row
 * that is taken may be passed over; where an account gets several, passing over one would leave a
 * gap, and so they are inserted as if nothing conflicted, in a transaction of their own. See the
 * port for what it rejects with.
 */
export async function appendToAccounts(
  session: PostgresSession,
  appends: readonly Append[],
  lockMsMax: number,
): Promise<AppendResult[]> {
  // In one order everywhere, or two processes could wait for each other.
  const sorted = [...appends].sort(byAccount);
  const settled = await Promise.allSettled([
    appendSingles(session, sorted.filter(isSingle), lockMsMax),
    appendSeveral(
      session,
      sorted.filter((append) => !isSingle(append)),
      lockMsMax,
    ),
  ]);
  const accountIds = new Set(accountsOf(settled));
  return appends.map(({ accountId }) => (accountIds.has(accountId) ? 'appended' : 'conflict'));
}

function isSingle({ entries }: Append): boolean {
  return entries.length === 1;
}

/**
 * The accounts that are in. What became of one transaction says nothing about the other: if either
 * is not known to be kept, nobody may think that nothing was changed; if one is kept, the accounts
 * of the other are decided anew, and appended again, which tells the error if it is there to stay.
 */
function accountsOf(settled: readonly PromiseSettledResult<readonly string[]>[]): string[] {
  const errors = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  const accountIds = settled.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
  const unknown = errors.find((error) => error instanceof AppendOutcomeUnknown);
  if (unknown !== undefined) throw unknown;
  if (errors.length > 0 && accountIds.length === 0) throw errors[0];
  return accountIds;
}

/** Answers the accounts that are in. */
async function appendSingles(
  session: PostgresSession,
  appends: readonly Append[],
  lockMsMax: number,
): Promise<string[]> {
  if (appends.length === 0) return [];
  const marks = marksStatements(appends);
  const inserts = insertStatements(appends.flatMap(({ entries }) => entries)).map(
    ({ text, values }) => ({ text: `${text} ${orPassOver}`, values }),
  );
  const answers = await transactAgain(session, [...marks, ...inserts], lockMsMax);
  if (answers === null) return apart(session, appends, lockMsMax);
  return answers
    .slice(preludeLength + marks.length, -1)
    .flatMap((answer) => (answer.kind === 'done' ? answer.rows : []))
    .map(([accountId]) => accountId as string);
}

const orPassOver = 'ON CONFLICT DO NOTHING RETURNING account_id';

/** Answers the accounts that are in: mostly all of them. */
async function appendSeveral(
  session: PostgresSession,
  appends: readonly Append[],
  lockMsMax: number,
): Promise<string[]> {
  if (appends.length === 0) return [];
  const answers = await transactAgain(session, together(appends), lockMsMax);
  if (answers === null) return apart(session, appends, lockMsMax);
  return appends.map(({ accountId }) => accountId);
}

/**
 * Sends statements as one transaction, and again where the database undid it to let another
 * through. Answers null if it was beaten, and throws if it failed or is not known to be kept.
 */
async function transactAgain(
  session: PostgresSession,
  statements: readonly Statement[],
  lockMsMax: number,
): Promise<Answer[] | null> {
  for (let attempt = 1; ; attempt += 1) {
    const answers = await transact(session, statements, lockMsMax);
    const error = firstError(answers.slice(0, -1));
    if (error === null) {
      checkCommitted(answers, session);
      return answers;
    }
    const fault = faultOf(error);
    if (fault === 'conflict') return null;
    if (fault !== 'collision' || attempt === attemptsMax) throw failure(error);
  }
}

function together(appends: readonly Append[]): Statement[] {
  return [
    ...marksStatements(appends),
    ...insertStatements(appends.flatMap(({ entries }) => entries)),
  ];
}

/**
 * One account after the other, in one transaction and one round trip. What one account's statements
 * did is undone alone: where they failed, the second SAVEPOINT fails too, and ROLLBACK TO goes back
 * to the first; where they did not, it goes back to the second, which is nothing.
 */
async function apart(
  session: PostgresSession,
  appends: readonly Append[],
  lockMsMax: number,
): Promise<string[]> {
  const own = appends.map((append) => together([append]));
  const savepoint = { text: 'SAVEPOINT account' };
  const back = { text: 'ROLLBACK TO SAVEPOINT account' };
  const statements = own.flatMap((each) => [savepoint, ...each, savepoint, back]);
  const answers = await transact(session, statements, lockMsMax);
  checkCommitted(answers, session);
  let place = preludeLength;
  return appends.flatMap(({ accountId }, index) => {
    const each = own[index];
    // Whatever it failed of, it is not in, and the others are. It is decided anew, and appended
    // again as one of many, which tells the error if it is there to stay.
    const error = firstError(answers.slice(place + 1, place + 1 + each.length));
    place += each.length + 3;
    return error === null ? accountId : [];
  });
}

/** What precedes the statements of a transaction in its answers: BEGIN and settings. */
export const preludeLength = 3;

/** Sends statements as one transaction, COMMIT last. */
export async function transact(
  session: PostgresSession,
  statements: readonly Statement[],
  lockMsMax: number,
): Promise<Answer[]> {
  return session.send([
    { text: 'BEGIN' },
    { text: `SET LOCAL lock_timeout = ${lockMsMax}` },
    byIndex,
    ...statements,
    { text: 'COMMIT' },
  ]);
}

/**
 * Throws where a transaction of which no statement failed is not known to be kept. A warning says
 * that somebody ended its wait for the standby: kept here, it would be lost with this server.
 */
export function checkCommitted(answers: readonly Answer[], session: PostgresSession): void {
  const commit = answers.at(-1)!;
  const warning = session.warnings.find((state) => state.startsWith('01'));
  if (commit.kind === 'done' && commit.command === 'COMMIT' && warning === undefined) return;
  if (commit.kind === 'done' && commit.command === 'ROLLBACK') {
    throw failure(firstError(answers));
  }
  const reason =
    commit.kind === 'failed' ? reasonOf(commit.error) : 'the wait for the standby was ended';
  throw new AppendOutcomeUnknown(`The database did not confirm the change: ${reason}.`);
}

/** The error of a transaction of which a statement failed: whole or not at all, it was not kept. */
function failure(error: unknown): unknown {
  if (faultOf(error) === 'lost') {
    return new AppendOutcomeUnknown(`The connection broke: ${reasonOf(error)}.`, { cause: error });
  }
  return portErrorOf(error);
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

/** Plain rows of values, which a distributed table takes far faster than any other form. */
export function insertStatements(entries: readonly Entry[]): Statement[] {
  const statements: Statement[] = [];
  for (let start = 0; start < entries.length; start += rowsPerStatement) {
    const rows = entries.slice(start, start + rowsPerStatement);
    const values: unknown[] = [];
    for (const entry of rows) values.push(...rowOf(entry));
    statements.push({ text: insertText(rows.length), values });
  }
  return statements;
}

const insertTexts = new Map<number, string>();

/** Kept by the number of rows: making one of 1,000 rows takes longer than sending it. */
function insertText(rows: number): string {
  let text = insertTexts.get(rows);
  if (text === undefined) {
    const width = entryColumns.length;
    const tuple = (_value: unknown, row: number) =>
      `(${entryColumns.map((_column, column) => `$${row * width + column + 1}`).join(', ')})`;
    const tuples = Array.from({ length: rows }, tuple).join(', ');
    text = `INSERT INTO entry (${entryColumns.join(', ')}) VALUES ${tuples}`;
    insertTexts.set(rows, text);
  }
  return text;
}

function byAccount(left: Append, right: Append): number {
  return left.accountId < right.accountId ? -1 : left.accountId > right.accountId ? 1 : 0;
}

import type { Append, AppendResult, EntryMark } from '../journal';
import { AppendOutcomeUnknown } from '../journal-error';
import { hasLapses } from '../lapse-rows';
import { categoryOf, portErrorOf, reasonOf } from './errors';
import { insertStatements, insertsOf, lapseStatements, skippingTaken } from './insert';
import { accountFilter } from './read';
import { firstError, type PostgresSession, type Statement, type StatementResult } from './session';
import { checkBegun, checkCommitted, sendTransaction, transactionErrorOf } from './transaction';

const attemptsMax = 3;

interface AppendSettings {
  readonly lockMsMax: number;
  /** True if the tables are distributed over the nodes of Citus. */
  readonly isDistributed: boolean;
}

/**
 * Appends to accounts in one transaction and one round trip; in one more only if an account that
 * gets several rows lost the race. If an account gets one row, that row alone decides, so a taken
 * row may be skipped. If an account gets several entries, or an entry with lapse rows, a skipped
 * row would leave the others without it, so the transaction fails.
 * @throws what {@link Journal.append} rejects with.
 */
export async function appendToAccounts(
  session: PostgresSession,
  appends: readonly Append[],
  settings: AppendSettings,
): Promise<AppendResult[]> {
  // The same order in every process prevents deadlocks.
  const sorted = [...appends].sort(byAccount);
  const together = await appendTogether(session, sorted, settings);
  const appended = new Set(together ?? (await appendSeparately(session, sorted, settings)));
  return appends.map(({ accountId }) => (appended.has(accountId) ? 'appended' : 'conflict'));
}

/**
 * Appends to all accounts in one transaction, with retries after a deadlock or a serialization
 * failure. Returns the accounts that were appended to, usually all of them. Returns null, and
 * appends nothing, if an account's predecessor is missing or an account that gets several rows lost
 * the race.
 * @throws JournalUnavailable if the append failed, or AppendOutcomeUnknown.
 */
async function appendTogether(
  session: PostgresSession,
  appends: readonly Append[],
  { lockMsMax, isDistributed }: AppendSettings,
): Promise<string[] | null> {
  const before = markChecks(marksBefore(appends), isDistributed);
  const skipping = skippingInserts(appends, isDistributed);
  const statements = [
    ...before,
    ...skipping,
    ...plainInserts(appends, skipping.length > 0, isDistributed),
  ];
  for (let attempt = 1; ; attempt += 1) {
    const { results, begin, commit } = await sendTransaction(session, statements, lockMsMax);
    checkBegun(begin);
    const error = firstError(results);
    if (error === null) {
      checkCommitted(results, commit, session);
      if (skipping.length === 0) return appends.map(({ accountId }) => accountId);
      return returnedAccounts(results.slice(before.length, before.length + skipping.length));
    }
    const category = categoryOf(error);
    if (category === 'conflict') return null;
    if (category !== 'retryable' || attempt === attemptsMax)
      throw transactionErrorOf(error, commit);
  }
}

/**
 * Inserts the first entries of all accounts and skips taken ones; nothing if no account gets a
 * single row. If conflicts are unlikely, skipping is not worth its cost, a third of what the rows
 * cost. All first entries go in one statement: the process that inserts an account's first entry
 * owns the account, so no process waits for one account while it locks a later one.
 */
function skippingInserts(appends: readonly Append[], isDistributed: boolean): Statement[] {
  if (!appends.some(hasOneRow) || appends.every(({ isQuiet }) => isQuiet)) return [];
  const firsts = appends.map(({ entries: [first] }) => first!);
  return insertStatements(firsts, isDistributed, skippingTaken);
}

/** Inserts the other rows, and fails if a first entry that they follow was skipped. */
function plainInserts(
  appends: readonly Append[],
  areFirstsInserted: boolean,
  isDistributed: boolean,
): Statement[] {
  if (!areFirstsInserted) {
    return insertsOf(
      appends.flatMap(({ entries }) => entries),
      isDistributed,
    );
  }
  const several = appends.filter((append) => !hasOneRow(append));
  const firsts = several.map(({ accountId, entries: [first] }) => ({
    accountId,
    sequence: first!.sequence,
    id: first!.id,
  }));
  const rest = several.flatMap(({ entries }) => entries.slice(1));
  const lapses = lapseStatements(
    several.flatMap(({ entries }) => entries),
    isDistributed,
  );
  return [
    ...markChecks(firsts, isDistributed),
    ...insertStatements(rest, isDistributed),
    ...lapses,
  ];
}

function hasOneRow({ entries: [first, ...others] }: Append): boolean {
  return others.length === 0 && !hasLapses(first!);
}

function returnedAccounts(results: readonly StatementResult[]): string[] {
  return results
    .flatMap((result) => (result.kind === 'done' ? result.rows : []))
    .map(([accountId]) => accountId as string);
}

const savepoint: Statement = { text: 'SAVEPOINT account' };
const backToSavepoint: Statement = { text: 'ROLLBACK TO SAVEPOINT account' };
/** The number of statements that {@link inSavepoint} adds at the end. */
const savepointSuffixLength = 2;

/**
 * Makes statements that are rolled back alone if one of them fails. In that case the second
 * SAVEPOINT fails too, and ROLLBACK TO goes back to the first. Otherwise it goes back to the second
 * and undoes nothing. They are not prepared: after a failure, a later one would find no statement
 * of its name.
 */
function inSavepoint(statements: readonly Statement[]): Statement[] {
  const unprepared = statements.map((each) => ({ ...each, isFrequent: false }));
  return [savepoint, ...unprepared, savepoint, backToSavepoint];
}

/**
 * Appends to one account after the other, in one transaction and one round trip.
 * @returns the accounts that were appended to.
 * @throws JournalUnavailable or AppendOutcomeUnknown if it is unknown who holds a sequence.
 */
async function appendSeparately(
  session: PostgresSession,
  appends: readonly Append[],
  { lockMsMax, isDistributed }: AppendSettings,
): Promise<string[]> {
  const checkedInserts = appends.map((append) => [
    ...markChecks(marksBefore([append]), isDistributed),
    ...insertsOf(append.entries, isDistributed),
  ]);
  const { results, begin, commit } = await sendTransaction(
    session,
    checkedInserts.flatMap(inSavepoint),
    lockMsMax,
  );
  checkBegun(begin);
  checkCommitted(results, commit, session);
  let place = 0;
  let blocked: unknown = null;
  const appended = appends.flatMap(({ accountId }, index) => {
    const each = checkedInserts[index]!;
    const error = firstError(results.slice(place + 1, place + 1 + each.length));
    place += each.length + 1 + savepointSuffixLength;
    if (error !== null && mayBePending(error)) blocked = error;
    return error === null ? accountId : [];
  });
  if (blocked !== null) throw pendingError(blocked, appended.length > 0);
  return appended;
}

/**
 * True if the failure leaves it unknown who holds the account's next sequence: the statement may
 * have waited for an earlier append of the same entries whose outcome is not known yet. After any
 * other failure the account was not appended to. The caller then decides and appends again, and a
 * permanent error shows there.
 */
function mayBePending(error: unknown): boolean {
  return ['unavailable', 'retryable', 'lost'].includes(categoryOf(error));
}

/**
 * Returns the error to throw. If other accounts were appended to, it must not say that nothing was
 * changed.
 */
function pendingError(error: unknown, areOthersAppended: boolean): unknown {
  if (!areOthersAppended) return portErrorOf(error);
  return new AppendOutcomeUnknown(`Only a part was appended: ${reasonOf(error)}.`, {
    cause: error,
  });
}

interface PlacedMark extends EntryMark {
  readonly accountId: string;
}

function marksBefore(appends: readonly Append[]): PlacedMark[] {
  return appends.flatMap(({ accountId, after }) => (after === null ? [] : { accountId, ...after }));
}

/** Fails, by a division by zero, unless all of these entries exist. */
function markChecks(marks: readonly PlacedMark[], isDistributed: boolean): Statement[] {
  if (marks.length === 0) return [];
  const text = `
    SELECT 1 / (count(*) = $4)::int
    FROM unnest($1::text[], $2::bigint[], $3::text[]) AS mark (account_id, sequence, id)
    JOIN entry ON entry.account_id = mark.account_id AND entry.sequence = mark.sequence
      AND entry.id = mark.id ${accountFilter(isDistributed, marks.length, 'entry')}`;
  const values = [
    marks.map(({ accountId }) => accountId),
    marks.map(({ sequence }) => sequence),
    marks.map(({ id }) => id),
    marks.length,
  ];
  return [{ text, values, isFrequent: true }];
}

function byAccount(left: Append, right: Append): number {
  return left.accountId < right.accountId ? -1 : left.accountId > right.accountId ? 1 : 0;
}

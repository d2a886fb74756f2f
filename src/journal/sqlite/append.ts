import type { Append, AppendResult } from '../journal';
import type { SqliteConnection } from './connection';
import { categoryOf } from './errors';
import { insertEntries } from './insert';

/** Counts the marks that exist, in one statement: a third of the cost of one statement each. */
const countMarks = `
  SELECT count(*) FROM json_each(?) AS mark CROSS JOIN entry
  ON entry.account_id = mark.value ->> 0 AND entry.sequence = mark.value ->> 1
    AND entry.id = mark.value ->> 2`;

/**
 * Appends to accounts; the caller has begun the transaction. The first attempt assumes that nothing
 * conflicts, which is true while one server owns the file. If something does, it restarts the
 * transaction and appends account by account.
 * @throws the errors of SQLite, except conflicts.
 */
export function appendToAccounts(
  connection: SqliteConnection,
  appends: readonly Append[],
): AppendResult[] {
  if (tryAppend(connection, appends)) return appends.map(() => 'appended');
  connection.restart();
  return appends.map((append) => appendToOne(connection, append));
}

function appendToOne(connection: SqliteConnection, append: Append): AppendResult {
  connection.exec('SAVEPOINT account');
  const isAppended = tryAppend(connection, [append]);
  if (!isAppended) connection.exec('ROLLBACK TO account');
  connection.exec('RELEASE account');
  return isAppended ? 'appended' : 'conflict';
}

/**
 * Returns false if there is a conflict. Some rows may then be inserted, which the caller rolls
 * back.
 * @throws the errors of SQLite, except conflicts.
 */
function tryAppend(connection: SqliteConnection, appends: readonly Append[]): boolean {
  if (!doMarksExist(connection, appends)) return false;
  try {
    insertEntries(
      connection,
      appends.flatMap(({ entries }) => entries),
    );
    return true;
  } catch (error) {
    if (categoryOf(error, 'open') === 'conflict') return false;
    throw error;
  }
}

/**
 * True if the predecessor of every account's entries exists. The primary key shows whether another
 * entry follows it already.
 */
function doMarksExist(connection: SqliteConnection, appends: readonly Append[]): boolean {
  const marks = appends.flatMap(({ accountId, after }) =>
    after === null ? [] : [[accountId, after.sequence, after.id]],
  );
  if (marks.length === 0) return true;
  const [count] = connection.statement(countMarks).get(JSON.stringify(marks)) as [number];
  return count === marks.length;
}

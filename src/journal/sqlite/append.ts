import type { Entry } from '../../ledger/entry';
import { entryColumns, rowOf } from '../entry-row';
import type { Append, AppendResult } from '../journal';
import type { SqliteConnection } from './connection';
import { categoryOf } from './errors';

/**
 * Rows per statement. Of the forms measured (a statement per row, VALUES of 10, 32 and 100 rows,
 * INSERT … SELECT FROM json_each), 10 to 32 rows cost least over one account and over many;
 * json_each cost up to twice as much.
 */
const rowsPerStatement = 16;

/**
 * FAIL, since after a conflict the caller rolls back more than the statement. SQLite then keeps no
 * statement journal, which for rows of many accounts is a copy of a page each.
 */
const insertStart = `INSERT OR FAIL INTO entry (${entryColumns.join(', ')}) VALUES `;
const rowPlaceholders = `(${entryColumns.map(() => '?').join(', ')})`;
const insertOne = insertStart + rowPlaceholders;
const insertMany = insertStart + Array(rowsPerStatement).fill(rowPlaceholders).join(', ');

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
    insert(
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

function insert(connection: SqliteConnection, entries: readonly Entry[]): void {
  const wholeEnd = entries.length - (entries.length % rowsPerStatement);
  const many = connection.statement(insertMany);
  for (let start = 0; start < wholeEnd; start += rowsPerStatement) {
    const values: unknown[] = [];
    for (let at = start; at < start + rowsPerStatement; at += 1)
      values.push(...rowOf(entries[at]!));
    many.run(values);
  }
  const one = connection.statement(insertOne);
  for (const entry of entries.slice(wholeEnd)) one.run(rowOf(entry));
}

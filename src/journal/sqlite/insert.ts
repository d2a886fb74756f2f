import type { Entry } from '../../ledger/entry';
import { lapseColumns, lapsesOf } from '../lapse-rows';
import { formFor } from '../row-forms';
import type { SqliteConnection } from './connection';

/**
 * Rows per statement, the most first. Of the forms measured (a statement per row, VALUES of 10, 32
 * and 100 rows, INSERT … SELECT FROM json_each), 10 to 32 rows cost least over one account and over
 * many; json_each cost up to twice as much. A row of four costs three quarters of a single one.
 */
const statementSizes = [16, 4, 1] as const;

/**
 * Inserts entries and their lapse rows; the caller has begun the transaction. FAIL, since after a
 * conflict the caller rolls back more than the statement. SQLite then keeps no statement journal,
 * which for rows of many accounts is a copy of a page each.
 * @throws the errors of SQLite. Some rows may then be inserted, which the caller rolls back.
 */
export function insertEntries(connection: SqliteConnection, entries: readonly Entry[]): void {
  const { columns, rowOf } = formFor(entries);
  insertRows(connection, 'INSERT OR FAIL INTO entry', columns, entries, rowOf);
  const lapses = lapsesOf(entries);
  insertRows(connection, 'INSERT OR FAIL INTO lapse_row', lapseColumns, lapses, (row) => row);
}

/**
 * Inserts rows, many per statement; the caller has begun the transaction.
 * @param insert the beginning of the statement, before the columns.
 * @throws the errors of SQLite.
 */
export function insertRows<Item>(
  connection: SqliteConnection,
  insert: string,
  columns: readonly string[],
  items: readonly Item[],
  rowOf: (item: Item) => readonly unknown[],
): void {
  const texts = textsFor(insert, columns);
  let start = 0;
  for (const [index, rows] of statementSizes.entries()) {
    for (; start + rows <= items.length; start += rows) {
      const values: unknown[] = [];
      for (let at = start; at < start + rows; at += 1) values.push(...rowOf(items[at]!));
      connection.statement(texts[index]!).run(values);
    }
  }
}

const knownTexts = new Map<readonly string[], readonly string[]>();

/** Returns the statement of each size. */
function textsFor(insert: string, columns: readonly string[]): readonly string[] {
  let texts = knownTexts.get(columns);
  if (texts === undefined) {
    const start = `${insert} (${columns.join(', ')}) VALUES `;
    const row = `(${columns.map(() => '?').join(', ')})`;
    texts = statementSizes.map((rows) => start + Array(rows).fill(row).join(', '));
    knownTexts.set(columns, texts);
  }
  return texts;
}

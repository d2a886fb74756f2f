import type { Entry } from '../../ledger/entry';
import { formFor } from '../entry-row';
import { lapseColumns, lapsesOf } from '../lapse-rows';
import type { SqliteConnection } from './connection';

/**
 * Rows per statement. Of the forms measured (a statement per row, VALUES of 10, 32 and 100 rows,
 * INSERT … SELECT FROM json_each), 10 to 32 rows cost least over one account and over many;
 * json_each cost up to twice as much.
 */
const rowsPerStatement = 16;

/**
 * Inserts entries and their lapse rows; the caller has begun the transaction.
 * @throws the errors of SQLite. Some rows may then be inserted, which the caller rolls back.
 */
export function insertEntries(connection: SqliteConnection, entries: readonly Entry[]): void {
  const { columns, rowOf } = formFor(entries);
  insertRows(connection, 'entry', columns, entries, rowOf);
  const lapses = lapsesOf(entries);
  insertRows(connection, 'lapse_row', lapseColumns, lapses, (row) => row);
}

function insertRows<Item>(
  connection: SqliteConnection,
  table: string,
  columns: readonly string[],
  items: readonly Item[],
  rowOf: (item: Item) => readonly unknown[],
): void {
  if (items.length === 0) return;
  const wholeEnd = items.length - (items.length % rowsPerStatement);
  const { one, many } = textsFor(table, columns);
  for (let start = 0; start < wholeEnd; start += rowsPerStatement) {
    const values: unknown[] = [];
    for (let at = start; at < start + rowsPerStatement; at += 1) values.push(...rowOf(items[at]!));
    connection.statement(many).run(values);
  }
  for (const item of items.slice(wholeEnd)) connection.statement(one).run(rowOf(item));
}

interface Texts {
  readonly one: string;
  readonly many: string;
}

const texts = new Map<readonly string[], Texts>();

/**
 * FAIL, since after a conflict the caller rolls back more than the statement. SQLite then keeps no
 * statement journal, which for rows of many accounts is a copy of a page each.
 */
function textsFor(table: string, columns: readonly string[]): Texts {
  let known = texts.get(columns);
  if (known === undefined) {
    const start = `INSERT OR FAIL INTO ${table} (${columns.join(', ')}) VALUES `;
    const row = `(${columns.map(() => '?').join(', ')})`;
    known = { one: start + row, many: start + Array(rowsPerStatement).fill(row).join(', ') };
    texts.set(columns, known);
  }
  return known;
}

import type { Entry } from '../../ledger/entry';
import { entryColumns, rowOf } from '../entry-row';
import type { Statement } from './session';

/** A statement takes at most 65,535 parameters, and more rows per statement save nothing. */
const rowsPerStatement = 1_000;

/**
 * Makes INSERT statements of multi-row VALUES, the fastest form for a distributed table.
 */
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

/** Cached by the number of rows: building one of 1,000 rows takes longer than sending it. */
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

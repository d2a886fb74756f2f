import type { Entry } from '../../ledger/entry';
import { entryColumns, rowOf } from '../entry-row';
import type { Statement } from './session';

/**
 * A statement takes at most 65,535 parameters, and more rows per statement save nothing. Few sizes
 * let a server keep the statements prepared.
 */
const rowCounts = [1_000, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1] as const;

/**
 * Makes INSERT statements of multi-row VALUES, the fastest form for a distributed table too: there,
 * each statement costs a round trip between the nodes, so rows are not cut into few sizes.
 */
export function insertStatements(
  entries: readonly Entry[],
  isDistributed: boolean,
  suffix: '' | typeof skippingTaken = '',
): Statement[] {
  const statements: Statement[] = [];
  for (let start = 0; start < entries.length; ) {
    const count = isDistributed
      ? Math.min(entries.length - start, rowCounts[0])
      : rowCounts.find((rows) => rows <= entries.length - start)!;
    const values: unknown[] = [];
    for (const entry of entries.slice(start, start + count)) values.push(...rowOf(entry));
    statements.push({ text: insertText(count, suffix), values, isFrequent: !isDistributed });
    start += count;
  }
  return statements;
}

/** Skips rows whose key is taken, and returns the accounts of the others. */
export const skippingTaken = ' ON CONFLICT DO NOTHING RETURNING account_id';

const insertTexts = new Map<string, string>();

/** Cached by the number of rows: building one of 1,000 rows takes longer than sending it. */
function insertText(rows: number, suffix: string): string {
  const key = `${rows}${suffix}`;
  let text = insertTexts.get(key);
  if (text === undefined) {
    const width = entryColumns.length;
    const tuple = (_value: unknown, row: number) =>
      `(${entryColumns.map((_column, column) => `$${row * width + column + 1}`).join(', ')})`;
    const tuples = Array.from({ length: rows }, tuple).join(', ');
    text = `INSERT INTO entry (${entryColumns.join(', ')}) VALUES ${tuples}${suffix}`;
    insertTexts.set(key, text);
  }
  return text;
}

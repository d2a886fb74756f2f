import type { Entry } from '../../ledger/entry';
import { lapseColumns, lapsesOf } from '../lapse-rows';
import { formFor } from '../row-forms';
import type { Statement } from './session';

/**
 * A statement takes at most 65,535 parameters, and more rows per statement save nothing. Few sizes
 * let a server keep the statements prepared.
 */
const rowCounts = [1_000, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1] as const;
const cachedCounts: ReadonlySet<number> = new Set(rowCounts);

/** Skips rows whose key is taken, and returns the accounts of the others. */
export const skippingTaken = ' ON CONFLICT DO NOTHING RETURNING account_id';

/**
 * Makes INSERT statements of multi-row VALUES, the fastest form for a distributed table too: there,
 * each statement costs a round trip between the nodes, so rows are not cut into few sizes.
 */
export function insertStatements(
  entries: readonly Entry[],
  isDistributed: boolean,
  suffix: '' | typeof skippingTaken = '',
): Statement[] {
  // One form for all of them: were the rows of two forms in two statements, two processes could
  // wait for each other's accounts.
  const { columns, rowOf } = formFor(entries);
  return statementsFor({ table: 'entry', columns, suffix }, entries, rowOf, isDistributed);
}

/** Makes the statements that insert the lapse rows of entries. None if they have none. */
export function lapseStatements(entries: readonly Entry[], isDistributed: boolean): Statement[] {
  const target = { table: 'lapse_row', columns: lapseColumns, suffix: '' };
  return statementsFor(target, lapsesOf(entries), (row) => row, isDistributed);
}

/** Makes the statements that insert entries with their lapse rows. */
export function insertsOf(entries: readonly Entry[], isDistributed: boolean): Statement[] {
  return [...insertStatements(entries, isDistributed), ...lapseStatements(entries, isDistributed)];
}

interface InsertTarget {
  readonly table: string;
  readonly columns: readonly string[];
  readonly suffix: string;
}

function statementsFor<Item>(
  target: InsertTarget,
  items: readonly Item[],
  rowOf: (item: Item) => readonly unknown[],
  isDistributed: boolean,
): Statement[] {
  const statements: Statement[] = [];
  for (let start = 0; start < items.length; ) {
    const count = isDistributed
      ? Math.min(items.length - start, rowCounts[0])
      : rowCounts.find((rows) => rows <= items.length - start)!;
    const values: unknown[] = [];
    for (const item of items.slice(start, start + count)) values.push(...rowOf(item));
    statements.push({ text: insertText(target, count), values, isFrequent: !isDistributed });
    start += count;
  }
  return statements;
}

const insertTexts = new Map<string, string>();

/**
 * Returns the statement. Cached for a size that is sent often: all texts of up to 1,000 rows, which
 * a distributed table may get, would take 500 MB.
 */
function insertText(target: InsertTarget, rows: number): string {
  if (!cachedCounts.has(rows)) return newText(target, rows);
  const key = `${target.table} ${target.columns.length} ${rows}${target.suffix}`;
  let text = insertTexts.get(key);
  if (text === undefined) {
    text = newText(target, rows);
    insertTexts.set(key, text);
  }
  return text;
}

function newText({ table, columns, suffix }: InsertTarget, rows: number): string {
  const { text, ends } = tuplesOf(columns.length);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${text.slice(0, ends[rows - 1])}${suffix}`;
}

/** The parameters of the most rows. Those of fewer rows end where their last row does. */
interface Tuples {
  readonly text: string;
  readonly ends: readonly number[];
}

const knownTuples = new Map<number, Tuples>();

/** Returns the tuples of a width, cached: making them takes longer than sending them. */
function tuplesOf(width: number): Tuples {
  let tuples = knownTuples.get(width);
  if (tuples === undefined) {
    tuples = newTuples(width);
    knownTuples.set(width, tuples);
  }
  return tuples;
}

function newTuples(width: number): Tuples {
  const parts: string[] = [];
  const ends: number[] = [];
  let end = 0;
  for (let row = 0; row < rowCounts[0]; row += 1) {
    const parameter = (_value: unknown, column: number) => `$${row * width + column + 1}`;
    const part = `${row === 0 ? '' : ', '}(${Array.from({ length: width }, parameter).join(', ')})`;
    end += part.length;
    parts.push(part);
    ends.push(end);
  }
  return { text: parts.join(''), ends };
}

import { shownName } from '../ledger/shown-name';
import { ImportError } from './import-error';
import type { RawRecord } from './raw-record';
import { shownValue } from './shown-value';

/** The values of a row, by the names of the API's AddTransactionInput. */
export const fields = [
  'accountId',
  'payer',
  'points',
  'timestamp',
  'reference',
  'idempotencyKey',
] as const;

export type Field = (typeof fields)[number];

const requiredFields: readonly Field[] = ['payer', 'points', 'timestamp'];

/** What the columns of a CSV are called. */
export const columnOf: Readonly<Record<Field, string>> = {
  accountId: 'account_id',
  payer: 'payer',
  points: 'points',
  timestamp: 'timestamp',
  reference: 'reference',
  idempotencyKey: 'idempotency_key',
};

/** The first columns of a file of refused rows. They are ignored when it is imported. */
export const refusalColumns = ['refused_line', 'refused_code', 'refused_reason'] as const;

const ignoredNames: ReadonlySet<string> = new Set(refusalColumns.map(plain));
const fieldOfName = new Map<string, Field>(fields.map((field) => [plain(field), field]));

/** The parsed first line of a CSV. */
export interface Header {
  /** As written, in their order. */
  readonly columns: readonly string[];
  /** What each column holds; null if it is ignored. */
  readonly fields: readonly (Field | null)[];
}

/** The first line of a file, with the delimiter of its cells. */
export interface FileHeader extends Header {
  readonly record: RawRecord;
  readonly delimiter: string;
}

/**
 * Reads the first line of a CSV.
 * @throws ImportError that names every wrong column.
 */
export function readHeader(columns: readonly string[], line: number): Header {
  const found = columns.map(fieldOf);
  const problems = [
    ...columns.flatMap((column, at) => (found[at] === undefined ? unknownProblem(column) : [])),
    ...fields.flatMap((field) => doubleProblem(field, columns, found)),
    ...requiredFields.flatMap((field) => (found.includes(field) ? [] : missingProblem(field))),
  ];
  if (problems.length === 0) return { columns, fields: found.map((field) => field ?? null) };
  throw new ImportError(`${problems.join('; ')}. ${rightHeader}`, line);
}

/**
 * Returns the field that a name means, null if the name is ignored, undefined for any other name.
 * Case, spaces, underscores and hyphens make no difference.
 */
export function fieldOf(name: string): Field | null | undefined {
  const key = plain(name);
  return ignoredNames.has(key) ? null : fieldOfName.get(key);
}

/** Returns ", did you mean …?" for the nearest name, or an empty text if none is near. */
export function suggestion(name: string, names: readonly string[]): string {
  const near = names
    .map((candidate) => ({ candidate, distance: distanceOf(plain(name), plain(candidate)) }))
    .sort((left, right) => left.distance - right.distance)[0];
  const isNear = near !== undefined && near.distance <= Math.max(2, near.candidate.length / 3);
  return isNear ? `, did you mean ${near.candidate}?` : '';
}

const columnNames = fields.map((field) => columnOf[field]);
const requiredNames = requiredFields.map((field) => columnOf[field]).join(', ');
const rightHeader =
  `The first line names the columns, in any order: ${requiredNames} are required, ` +
  'account_id, reference and idempotency_key are optional';

function unknownProblem(column: string): string[] {
  if (column.trim() === '') return ['a column has no name'];
  return [`there is no column ${shownValue(column)}${suggestion(column, columnNames)}`];
}

function doubleProblem(
  field: Field,
  columns: readonly string[],
  found: readonly (Field | null | undefined)[],
): string[] {
  const same = columns.filter((_column, at) => found[at] === field);
  if (same.length < 2) return [];
  return [
    `${same.map((column) => JSON.stringify(shownName(column))).join(' and ')} are the same column`,
  ];
}

function missingProblem(field: Field): string[] {
  return [`the column ${columnOf[field]} is missing`];
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

/** Computes the edit distance (Levenshtein). */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_unused, at) => at);
  for (let at = 1; at <= from.length; at += 1) {
    const next = [at];
    for (let other = 1; other <= to.length; other += 1) {
      const change = row[other - 1] + (from[at - 1] === to[other - 1] ? 0 : 1);
      next.push(Math.min(change, row[other] + 1, next[other - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
}

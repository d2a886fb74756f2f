import type { RawRecord } from './raw-record';
import { plainName } from './suggestion';

/** The values of a row, by the names of the API's AddTransactionInput. */
export const fields = [
  'accountId',
  'payer',
  'points',
  'timestamp',
  'availableFrom',
  'expiresAt',
  'reference',
  'idempotencyKey',
] as const;

/** When the points of a grant begin, and when they are gone. */
export const dateFields = ['availableFrom', 'expiresAt'] as const;

export type DateField = (typeof dateFields)[number];

export type Field = (typeof fields)[number];

/** Columns that replace `points`: points granted, and points taken back. Neither has a sign. */
const amounts = ['credit', 'debit'] as const;

export type Amount = (typeof amounts)[number];

/** What a column may hold. */
export type Column = Field | Amount;

export const columns: readonly Column[] = [...fields, ...amounts];

/** The names of the columns of a CSV. */
export const columnOf: Readonly<Record<Column, string>> = {
  accountId: 'account_id',
  payer: 'payer',
  points: 'points',
  timestamp: 'timestamp',
  availableFrom: 'available_from',
  expiresAt: 'expires_at',
  reference: 'reference',
  idempotencyKey: 'idempotency_key',
  credit: 'credit',
  debit: 'debit',
};

/** The first columns of a file of refused rows. They are ignored when it is imported. */
export const refusalColumns = ['refused_line', 'refused_code', 'refused_reason'] as const;

/** The parsed first line of a CSV. */
export interface Header {
  /** As written, in their order. */
  readonly columns: readonly string[];
  /** What each column holds: null if it is ignored; an unnamed column must be empty. */
  readonly fields: readonly (Column | 'unnamed' | null)[];
}

/**
 * The first line of a file, with the delimiter of its cells and the last character of its lines.
 */
export interface FileHeader extends Header {
  readonly record: RawRecord;
  readonly delimiter: string;
  readonly lineBreak: '\n' | '\r';
}

const ignoredNames: ReadonlySet<string> = new Set(refusalColumns.map(plainName));
const columnOfName = new Map<string, Column>(columns.map((column) => [plainName(column), column]));

/**
 * Returns what a name means, null if the name is ignored, undefined for any other name. Case,
 * spaces, underscores and hyphens make no difference.
 */
export function fieldOf(name: string): Column | null | undefined {
  const key = plainName(name);
  return ignoredNames.has(key) ? null : columnOfName.get(key);
}

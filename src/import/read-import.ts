import type { FieldOf } from './column-rules';
import { fieldOfUnder, plainRules } from './column-rules';
import type { Field, FileHeader } from './columns';
import type { ImportFormat } from './file-format';
import { type Chunks, readRecords } from './file-records';
import { keyedReading } from './keyed-reading';
import type { RawRecord } from './raw-record';
import { type ReadingOptions, strictReading } from './reading-options';
import { checkRow } from './row-check';
import type { RowInput } from './row-input';
import { RowKeys } from './row-keys';
import type { RowProblem } from './row-problem';
import { nameOf } from './row-values';

/** A row that the API can accept, with its idempotency key. */
export interface ImportRow {
  readonly kind: 'row';
  readonly line: number;
  readonly input: RowInput & { readonly idempotencyKey: string };
  /** True if the key is in the file, false if it is derived. */
  readonly hasOwnKey: boolean;
  /** False if the row names no account and is for the default one. */
  readonly namesAccount: boolean;
  readonly record: RawRecord;
}

/** A row that is refused, before it is sent or by the server. */
export interface RefusedRow {
  readonly kind: 'refused';
  readonly line: number;
  readonly code: string;
  readonly reason: string;
  readonly record: RawRecord;
  /** Missing if {@link keyedReading} refuses the row: nothing can have been added under a key. */
  readonly idempotencyKey?: string;
}

/** A row that is left out on request, since its points have expired. */
interface SkippedRow {
  readonly kind: 'skipped';
  readonly line: number;
  readonly record: RawRecord;
}

export type ImportItem = ImportRow | RefusedRow | SkippedRow;

/** The content of one chunk of the file. */
export interface ImportStep {
  readonly items: readonly ImportItem[];
  /** Of the file, up to here. */
  readonly bytes: number;
  /** The columns of a CSV; null until they are read, and for NDJSON. */
  readonly header: FileHeader | null;
}

/**
 * Reads the rows of a file, chunk by chunk: each is ready to be sent, or refused with a reason.
 * Holds one chunk, and 21 to 43 bytes for each row whose key is derived.
 * @param name the prefix of derived keys.
 * @throws ImportError if the file as a whole cannot be imported.
 */
export async function* readImport(
  chunks: Chunks,
  {
    format,
    name,
    reading = strictReading,
  }: {
    readonly format: ImportFormat;
    readonly name: string;
    readonly reading?: ReadingOptions;
  },
): AsyncGenerator<ImportStep> {
  const keys = new RowKeys(name);
  const nameOfField = (field: Field) => nameOf(field, format);
  const fieldOf = fieldOfUnder(reading.columns ?? plainRules);
  let bytes = 0;
  for await (const { records, chunk, header } of readRecords(chunks, format, reading)) {
    bytes += chunk?.length ?? 0;
    const given = { header, keys, reading, fieldOf, nameOf: nameOfField };
    const items = records.map((record) => itemOf(record, given));
    yield { items, bytes, header };
  }
}

interface Reading {
  readonly header: FileHeader | null;
  readonly keys: RowKeys;
  readonly reading: ReadingOptions;
  readonly fieldOf: FieldOf;
  readonly nameOf: (field: Field) => string;
}

/** Derives the key, and counts equal rows, before the checks that may refuse the row. */
function itemOf(record: RawRecord, given: Reading): ImportItem {
  const { header, keys, reading, fieldOf, nameOf } = given;
  const { line } = record;
  const rules = reading.columns ?? plainRules;
  const options = { blanks: reading.blanks, rules, fieldOf, nameOf };
  const { values, row } = keyedReading(record, header, options);
  const input = 'code' in row ? null : { ...row, idempotencyKey: keys.keyOf(row) };
  const problem = checkRow({ record, header, values, fieldOf, nameOf }, reading);
  if (problem === null && input !== null && !('code' in row)) {
    const hasOwnKey = row.idempotencyKey !== null;
    const namesAccount = values?.accountId !== undefined;
    if (isExpired(row, reading)) return { kind: 'skipped', line, record };
    return { kind: 'row', line, input, hasOwnKey, namesAccount, record };
  }
  const refused = { kind: 'refused', line, ...(problem ?? (row as RowProblem)), record } as const;
  return input === null ? refused : { ...refused, idempotencyKey: input.idempotencyKey };
}

/**
 * Returns true if a row is to be skipped. Its key was derived before, so that the numbers of equal
 * rows do not depend on the clock.
 */
function isExpired({ expiresAt }: RowInput, { skipsExpiredAt }: ReadingOptions): boolean {
  if (expiresAt === undefined || skipsExpiredAt === undefined) return false;
  return Date.parse(expiresAt) <= skipsExpiredAt;
}

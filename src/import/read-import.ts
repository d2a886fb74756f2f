import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { type Field, type FileHeader, readHeader } from './columns';
import { CsvRecords } from './csv-records';
import { ImportError } from './import-error';
import { keyedReading } from './keyed-reading';
import { NdjsonRecords } from './ndjson-records';
import type { RawRecord, RecordReader } from './raw-record';
import { type ReadingOptions, strictReading } from './reading-options';
import { checkRow } from './row-check';
import type { RowInput, RowProblem } from './row-input';
import { RowKeys } from './row-keys';
import { nameOf } from './row-values';
import { Utf8Reader } from './utf8-reader';

export type ImportFormat = 'csv' | 'ndjson';

/** The bytes of a file, in chunks of any size: a Node stream, or `chunksOf` a web stream. */
export type Chunks = AsyncIterable<Uint8Array>;

/** A row that the API can accept, with its idempotency key. */
export interface ImportRow {
  readonly kind: 'row';
  readonly line: number;
  readonly input: RowInput & { readonly idempotencyKey: string };
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

export type ImportItem = ImportRow | RefusedRow;

/** The content of one chunk of the file. */
export interface ImportStep {
  readonly items: readonly ImportItem[];
  /** Of the file, up to here. */
  readonly bytes: number;
  /** The columns of a CSV; null until they are read, and for NDJSON. */
  readonly header: FileHeader | null;
}

/** What the first reading of a file found, before anything is sent. */
export interface Survey {
  readonly bytes: number;
  /** Records, the header of a CSV not counted. */
  readonly rows: number;
  /** Of the bytes, in hexadecimal: the name of an import that is given none. */
  readonly sha256: string;
}

/**
 * Reads a whole file to check its encoding, its header and its quotes, and hashes it. Does not
 * check rows.
 * @param reading as the rows will be read: it decides which quotes open a cell.
 * @throws ImportError if the file cannot be imported.
 */
export async function surveyImport(
  chunks: Chunks,
  format: ImportFormat,
  reading: ReadingOptions = strictReading,
): Promise<Survey> {
  const hash = sha256.create();
  let rows = 0;
  let bytes = 0;
  for await (const { records, chunk } of readRecords(chunks, format, reading)) {
    if (chunk !== null) hash.update(chunk);
    bytes += chunk?.length ?? 0;
    rows += records.length;
  }
  return { bytes, rows, sha256: bytesToHex(hash.digest()) };
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
  let bytes = 0;
  for await (const { records, chunk, header } of readRecords(chunks, format, reading)) {
    bytes += chunk?.length ?? 0;
    const given = { header, keys, reading, nameOf: nameOfField };
    const items = records.map((record) => itemOf(record, given));
    yield { items, bytes, header };
  }
}

/** Returns the format that the name of a file implies, or null. */
export function formatOf(fileName: string): ImportFormat | null {
  if (/\.(csv|tsv|txt)$/i.test(fileName)) return 'csv';
  return /\.(ndjson|jsonl)$/i.test(fileName) ? 'ndjson' : null;
}

/** Yields the chunks of a web stream, such as a browser's `file.stream()`. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): Chunks {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

interface RecordStep {
  readonly records: RawRecord[];
  /** Null at the end, when the rest of the last chunk is read. */
  readonly chunk: Uint8Array | null;
  readonly header: FileHeader | null;
}

async function* readRecords(
  chunks: Chunks,
  format: ImportFormat,
  { blanks }: ReadingOptions,
): AsyncGenerator<RecordStep> {
  const text = new Utf8Reader();
  const csv = new CsvRecords(blanks === 'trim');
  const reader: RecordReader = format === 'csv' ? csv : new NdjsonRecords();
  let header: FileHeader | null = null;
  const step = (records: RawRecord[], chunk: Uint8Array | null): RecordStep => {
    if (format === 'csv' && header === null && records.length > 0) {
      header = headerOf(records, csv.delimiter);
    }
    if (format === 'ndjson') checkNoExport(records);
    return { records, chunk, header };
  };
  for await (const chunk of chunks) yield step(reader.push(text.push(chunk)), chunk);
  yield step([...reader.push(text.end()), ...reader.end()], null);
  if (format === 'csv' && header === null) {
    throw new ImportError('The file is empty; the first line of a CSV names its columns.');
  }
}

/** @throws ImportError for an export of a ledger: all of its entries would be refused. */
function checkNoExport([record]: readonly RawRecord[]): void {
  if (record?.line !== 1 || !record.cells[0].startsWith('{"format":"points-ledger-export"')) return;
  throw new ImportError('this is an export of a ledger; `points restore` puts it back.', 1);
}

/** Removes the header from the records and reads it. */
function headerOf(records: RawRecord[], delimiter: string): FileHeader {
  const record = records.shift()!;
  if (record.problem !== null) throw new ImportError(`${record.problem}.`, record.line);
  return { ...readHeader(record.cells, record.line), record, delimiter };
}

interface Reading {
  readonly header: FileHeader | null;
  readonly keys: RowKeys;
  readonly reading: ReadingOptions;
  readonly nameOf: (field: Field) => string;
}

/** Derives the key, and counts equal rows, before the checks that may refuse the row. */
function itemOf(record: RawRecord, { header, keys, reading, nameOf }: Reading): ImportItem {
  const { line } = record;
  const { values, row } = keyedReading(record, header, { blanks: reading.blanks, nameOf });
  const input = 'code' in row ? null : { ...row, idempotencyKey: keys.keyOf(row) };
  const problem = checkRow({ record, header, values, nameOf }, reading);
  if (problem === null && input !== null) return { kind: 'row', line, input, record };
  const refused = { kind: 'refused', line, ...(problem ?? (row as RowProblem)), record } as const;
  return input === null ? refused : { ...refused, idempotencyKey: input.idempotencyKey };
}

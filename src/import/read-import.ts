import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { type Field, type FileHeader, readHeader } from './columns';
import { CsvRecords } from './csv-records';
import { ImportFault } from './import-fault';
import { keyedReading } from './keyed-reading';
import { NdjsonRecords } from './ndjson-records';
import type { RawRecord, RecordReader } from './raw-record';
import { type ReadingOptions, strictReading } from './reading-options';
import { checkRow } from './row-check';
import type { RowFault, RowInput } from './row-input';
import { RowKeys } from './row-keys';
import { nameOf } from './row-values';
import { Utf8Reader } from './utf8-reader';

export type ImportFormat = 'csv' | 'ndjson';

/** The bytes of a file, in chunks of any size: a Node stream, or `chunksOf` a browser's. */
export type Chunks = AsyncIterable<Uint8Array>;

/** A row that the API can take, with its idempotency key. */
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
  /** Missing where {@link keyedReading} refuses the row: nothing can have been added under a key. */
  readonly idempotencyKey?: string;
}

export type ImportItem = ImportRow | RefusedRow;

/** What one chunk of the file held. */
export interface ImportStep {
  readonly items: readonly ImportItem[];
  /** Of the file, up to here. */
  readonly bytes: number;
  /** The columns of a CSV; null until they are read, and for NDJSON. */
  readonly header: FileHeader | null;
}

/** What is known of a file after it was read once, before anything of it is sent. */
export interface Survey {
  readonly bytes: number;
  /** Records, the header of a CSV not counted. */
  readonly rows: number;
  /** Of the bytes, in hexadecimal: what an import is called that is given no name. */
  readonly sha256: string;
}

/**
 * Reads a whole file to see whether it can be imported: its text, its header, its quotes; and
 * hashes it. Throws {@link ImportFault} if not. Rows are not looked into.
 * @param reading as the rows will be read: it decides which quotes are opening ones.
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
 * Holds one chunk, and 21 to 43 bytes for each row whose key is derived. Throws {@link ImportFault}
 * where the file as a whole is wrong.
 * @param name what the derived keys begin with.
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

/** The format that the name of a file tells; null if it tells none. */
export function formatOf(fileName: string): ImportFormat | null {
  if (/\.(csv|tsv|txt)$/i.test(fileName)) return 'csv';
  return /\.(ndjson|jsonl)$/i.test(fileName) ? 'ndjson' : null;
}

/** The chunks of a web stream, such as a browser's `file.stream()`. */
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
  /** Null at the end, when what was left of the last chunk is read. */
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
    throw new ImportFault('The file is empty; the first line of a CSV names its columns.');
  }
}

/** Its entries have been accepted before, spends among them; all of them would be refused. */
function checkNoExport([record]: readonly RawRecord[]): void {
  if (record?.line !== 1 || !record.cells[0].startsWith('{"format":"points-ledger-export"')) return;
  throw new ImportFault('this is an export of a ledger; `points restore` puts it back.', 1);
}

/** Takes the header away from the records. */
function headerOf(records: RawRecord[], delimiter: string): FileHeader {
  const record = records.shift()!;
  if (record.fault !== null) throw new ImportFault(`${record.fault}.`, record.line);
  return { ...readHeader(record.cells, record.line), record, delimiter };
}

interface Reading {
  readonly header: FileHeader | null;
  readonly keys: RowKeys;
  readonly reading: ReadingOptions;
  readonly nameOf: (field: Field) => string;
}

/** The key is derived, and equal rows are counted, before the checks that may refuse the row. */
function itemOf(record: RawRecord, { header, keys, reading, nameOf }: Reading): ImportItem {
  const { line } = record;
  const { values, row } = keyedReading(record, header, { blanks: reading.blanks, nameOf });
  const input = 'code' in row ? null : { ...row, idempotencyKey: keys.keyOf(row) };
  const fault = checkRow({ record, header, values, nameOf }, reading);
  if (fault === null && input !== null) return { kind: 'row', line, input, record };
  const refused = { kind: 'refused', line, ...(fault ?? (row as RowFault)), record } as const;
  return input === null ? refused : { ...refused, idempotencyKey: input.idempotencyKey };
}

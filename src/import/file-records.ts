import type { FileHeader } from './columns';
import { CsvRecords } from './csv-records';
import type { ImportFormat } from './file-format';
import { ImportError } from './import-error';
import { NdjsonRecords } from './ndjson-records';
import type { RawRecord, RecordReader } from './raw-record';
import { readHeader } from './read-header';
import type { ReadingOptions } from './reading-options';
import { checkCsvStart, checkNdjsonStart } from './unusual-file';
import { Utf8Reader } from './utf8-reader';

/** The bytes of a file, in chunks of any size: a Node stream, or `chunksOf` a web stream. */
export type Chunks = AsyncIterable<Uint8Array>;

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

/**
 * Splits a file into records.
 * @throws ImportError if the file as a whole cannot be imported.
 */
export async function* readRecords(
  chunks: Chunks,
  format: ImportFormat,
  options: ReadingOptions,
): AsyncGenerator<RecordStep> {
  const text = new Utf8Reader();
  const csv = new CsvRecords(options.blanks === 'trim');
  const reader: RecordReader = format === 'csv' ? csv : new NdjsonRecords();
  let header: FileHeader | null = null;
  const start: RawRecord[] = [];
  const step = (records: RawRecord[], chunk: Uint8Array | null): RecordStep => {
    if (format === 'csv' && header === null && records.length > 0) {
      header = headerOf(records, csv, options);
    }
    if (format === 'ndjson' && start.length < 2) {
      start.push(...records.slice(0, 2 - start.length));
      const isKnown = start.length === 2 || (chunk === null && start.length > 0);
      if (isKnown) checkNdjsonStart(start[0], start[1]);
    }
    return { records, chunk, header };
  };
  for await (const chunk of chunks) yield step(reader.push(text.push(chunk)), chunk);
  yield step([...reader.push(text.end()), ...reader.end()], null);
  if (format === 'csv' && header === null) {
    throw new ImportError('The file is empty; the first line of a CSV names its columns.');
  }
}

/** Removes the header from the records and reads it. */
function headerOf(records: RawRecord[], csv: CsvRecords, options: ReadingOptions): FileHeader {
  const { delimiter, lineBreak } = csv;
  const record = records.shift()!;
  checkCsvStart(record);
  if (record.problem !== null) throw new ImportError(`${record.problem}.`, record.line);
  const header = readHeader(record.cells, record.line, options.columns);
  return { ...header, record, delimiter, lineBreak };
}

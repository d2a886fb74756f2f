import { columnOf, type FileHeader, refusalColumns } from './columns';
import { csvCells } from './csv-line';
import type { RawRecord } from './raw-record';
import type { RefusedRow } from './read-import';
import { refusedJsonLine } from './refused-json-line';

type Refused = Omit<RefusedRow, 'kind'>;

/**
 * Returns the first line of a file of refused rows, or an empty text for NDJSON.
 *
 * The file has the format of the imported file. In CSV, line, code and reason precede the row, and
 * its key if the file has no column for keys; then follow the columns and the rows as they were
 * written, unchanged. Once corrected, the file can be imported as it is: the columns of the refusal
 * are ignored, and replaced if the row is refused again.
 *
 * A row has the key under which it was or may have been sent, derived or not: numbered again among
 * the refused rows only, it could get the key of an equal row that was accepted. A refused call
 * uses up no key.
 */
export function refusalsHeader(header: FileHeader | null): string {
  if (header === null) return '';
  const { record, delimiter } = header;
  const added = csvCells([...refusalColumns, ...addedColumn(header)], delimiter);
  return ended(`${added}${delimiter}${wholeText(record, header)}`, header);
}

/** Returns one refused row, with its line break. */
export function refusalLine(row: Refused, header: FileHeader | null): string {
  if (header === null) return refusedJsonLine(row);
  const { line, code, reason, idempotencyKey = '' } = row;
  const added = addedColumn(header).map(() => idempotencyKey);
  const refusal = csvCells([String(line), code, reason, ...added], header.delimiter);
  return ended(`${refusal}${header.delimiter}${ownText(row, header)}`, header);
}

/** True if bytes, a character each, are the start of a file of refused rows. */
export function isRefusalsStart(text: string): boolean {
  return /^(\xef\xbb\xbf)?\s*(\{\s*"refused"\s*:|"?refused_line\b)/.test(text);
}

/** Precedes the file's own columns, so that missing or extra cells do not move it. */
function addedColumn({ fields }: FileHeader): string[] {
  return fields.includes('idempotencyKey') ? [] : [columnOf.idempotencyKey];
}

function ownText({ record, idempotencyKey }: Refused, header: FileHeader): string {
  const isWhole = record.problem === null && record.cells.length === header.columns.length;
  return isWhole ? wholeText(record, header, idempotencyKey) : brokenText(record, header);
}

/** Returns the cells as written, without an earlier refusal; an empty key cell gets the key. */
function wholeText(record: RawRecord, header: FileHeader, idempotencyKey = ''): string {
  const { fields, delimiter } = header;
  const { cells, rawCells, text } = record;
  const own = rawCells.flatMap((raw, at) => {
    if (fields[at] === null) return [];
    const isKeyless = fields[at] === 'idempotencyKey' && cells[at] === '';
    return isKeyless ? csvCells([idempotencyKey], delimiter) : raw;
  });
  const lineBreak = text.slice(rawCells.join(delimiter).length);
  return own.join(delimiter) + lineBreak;
}

/** Returns the text as written, without an earlier refusal if that precedes the other cells. */
function brokenText(record: RawRecord, { fields, delimiter }: FileHeader): string {
  const { text, rawCells, problem } = record;
  const first = fields.findIndex((field) => field !== null);
  // A delimiter follows each raw cell, unless the last of them is the last of the record.
  const delimiters = problem === null ? rawCells.length - 1 : rawCells.length;
  if (delimiters < first) return text;
  const before = rawCells.slice(0, first);
  return text.slice(before.reduce((length, raw) => length + raw.length + delimiter.length, 0));
}

function ended(line: string, { lineBreak }: FileHeader): string {
  return line.endsWith(lineBreak) ? line : line + lineBreak;
}

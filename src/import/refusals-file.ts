import { columnOf, type FileHeader, refusalColumns } from './columns';
import { csvCells } from './csv-line';
import type { RawRecord } from './raw-record';
import type { RefusedRow } from './read-import';
import { refusedJsonLine } from './refused-json-line';

type Refused = Omit<RefusedRow, 'kind'>;

/**
 * A file of refused rows has the format of the file they came from. In CSV, line, code and reason
 * precede the row, and its key where the file has no column for keys; then follow the columns and
 * the rows as they were written, unchanged. Corrected, it can be imported as it is: the columns of
 * the refusal are ignored, and replaced if the row is refused again.
 *
 * A row has the key under which it was or may have been sent, derived or not: numbered anew among
 * the refused rows only, it could get the key of an equal row that was accepted. A refused call
 * uses up no key.
 */
export function refusalsHeader(header: FileHeader | null): string {
  if (header === null) return '';
  const { record, delimiter } = header;
  const added = csvCells([...refusalColumns, ...addedColumn(header)], delimiter);
  return ended(`${added}${delimiter}${wholeText(record, header)}`);
}

/** One refused row, with its line break. */
export function refusalLine(row: Refused, header: FileHeader | null): string {
  if (header === null) return refusedJsonLine(row);
  const { line, code, reason, idempotencyKey = '' } = row;
  const added = addedColumn(header).map(() => idempotencyKey);
  const refusal = csvCells([String(line), code, reason, ...added], header.delimiter);
  return ended(`${refusal}${header.delimiter}${ownText(row, header)}`);
}

/** Before the file's own columns, so that cells which are too few or too many do not move it. */
function addedColumn({ fields }: FileHeader): string[] {
  return fields.includes('idempotencyKey') ? [] : [columnOf.idempotencyKey];
}

function ownText({ record, idempotencyKey }: Refused, header: FileHeader): string {
  const isWhole = record.fault === null && record.cells.length === header.columns.length;
  return isWhole ? wholeText(record, header, idempotencyKey) : brokenText(record, header);
}

/** The cells as written, without those of an earlier refusal; a cell without a key gets the key. */
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

/** The text as written, without the cells of an earlier refusal where those precede the others. */
function brokenText(record: RawRecord, { fields, delimiter }: FileHeader): string {
  const { text, rawCells, fault } = record;
  const first = fields.findIndex((field) => field !== null);
  // A delimiter follows each raw cell, unless the last of them is the last of the record.
  const delimiters = fault === null ? rawCells.length - 1 : rawCells.length;
  if (delimiters < first) return text;
  const before = rawCells.slice(0, first);
  return text.slice(before.reduce((length, raw) => length + raw.length + delimiter.length, 0));
}

function ended(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n`;
}

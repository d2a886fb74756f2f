import { columnOf, fieldOf, type Header, refusalColumns } from './columns';
import { csvLine } from './csv-line';
import type { RefusedRow } from './read-import';

type Refused = Omit<RefusedRow, 'kind'>;

/**
 * A file of refused rows has the format and the columns of the file they came from, with the line,
 * the code and the reason before them. Once corrected it can be imported as it is: those are passed
 * over. Cells are separated by commas.
 *
 * A row that the server refused has its key, derived or not: numbered anew among the refused rows
 * only, it could get the key of an equal row that was accepted. A refused call uses up no key.
 */
export function refusalsHeader(header: Header | null): string {
  if (header === null) return '';
  const own = header.columns.filter((_column, at) => header.fields[at] !== null);
  return csvLine([...refusalColumns, ...addedColumn(header), ...own]);
}

/** One refused row, with its line break. */
export function refusalLine(row: Refused, header: Header | null): string {
  if (header === null) return ndjsonLine(row);
  const { line, code, reason, idempotencyKey = '' } = row;
  const added = addedColumn(header).map(() => idempotencyKey);
  return csvLine([String(line), code, reason, ...added, ...ownCells(row, header)]);
}

/** Before the file's own columns, so that cells which are too few or too many do not move it. */
function addedColumn({ fields }: Header): string[] {
  return fields.includes('idempotencyKey') ? [] : [columnOf.idempotencyKey];
}

function ownCells({ record, idempotencyKey }: Refused, { columns, fields }: Header) {
  const isWhole = record.fault === null && record.cells.length === columns.length;
  if (!isWhole) return record.cells;
  return record.cells
    .map((cell, at) => (fields[at] === 'idempotencyKey' ? (idempotencyKey ?? cell) : cell))
    .filter((_cell, at) => fields[at] !== null);
}

function ndjsonLine({ line, code, reason, record, idempotencyKey }: Refused): string {
  const refused = { line, code, reason };
  const [text] = record.cells;
  const object = objectOf(text);
  if (object === null) return `${JSON.stringify({ refused, text })}\n`;
  const keyed = idempotencyKey === undefined ? object : withKey(object, idempotencyKey);
  return `${JSON.stringify({ ...keyed, refused })}\n`;
}

/** The key may stand there as null, and under the name of the column. */
function withKey(object: object, idempotencyKey: string): object {
  const others = Object.entries(object).filter(([name]) => fieldOf(name) !== 'idempotencyKey');
  return { ...Object.fromEntries(others), idempotencyKey };
}

function objectOf(text: string): object | null {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === 'object' && content !== null && !Array.isArray(content)
      ? content
      : null;
  } catch {
    return null;
  }
}

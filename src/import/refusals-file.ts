import { type Header, refusalColumns } from './columns';
import { csvLine } from './csv-line';
import type { RefusedRow } from './read-import';

/**
 * A file of refused rows has the format and the columns of the file they came from, with the line,
 * the code and the reason before them. Once corrected it can be imported as it is: those are passed
 * over. Cells are separated by commas.
 */
export function refusalsHeader(header: Header | null): string {
  if (header === null) return '';
  const own = header.columns.filter((_column, at) => header.fields[at] !== null);
  return csvLine([...refusalColumns, ...own]);
}

/** One refused row, with its line break. */
export function refusalLine(
  { line, code, reason, record }: Omit<RefusedRow, 'kind'>,
  header: Header | null,
): string {
  if (header === null) return ndjsonLine({ line, code, reason }, record.cells[0]);
  const isWhole = record.fault === null && record.cells.length === header.columns.length;
  const cells = isWhole
    ? record.cells.filter((_cell, at) => header.fields[at] !== null)
    : record.cells;
  return csvLine([String(line), code, reason, ...cells]);
}

function ndjsonLine(refused: object, text: string): string {
  const object = objectOf(text);
  return `${JSON.stringify(object === null ? { refused, text } : { ...object, refused })}\n`;
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

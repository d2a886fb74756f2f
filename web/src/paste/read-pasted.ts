import { type FileHeader, fieldOf } from '../../../src/import/columns';
import { type ImportRow, type RefusedRow, readImport } from '../../../src/import/read-import';
import { scanRecord } from '../../../src/import/scan-record';

export interface Pasted {
  readonly rows: readonly ImportRow[];
  readonly refused: readonly RefusedRow[];
  readonly header: FileHeader | null;
}

const columns = ['payer', 'points', 'timestamp', 'reference'];
const columnsMin = 3;

/**
 * Reads rows copied from a table by the rules of files, with or without a header. Rows without an
 * account are for `accountId`.
 *
 * @param name the prefix of the rows' idempotency keys.
 * @throws ImportError if the text as a whole cannot be read.
 */
export async function readPasted(text: string, accountId: string, name: string): Promise<Pasted> {
  const first = firstRow(text);
  const isNamed = first.cells.every((cell) => fieldOf(cell) !== undefined);
  const content = isNamed ? text : `${assumedHeader(first)}\n${text}`;
  const addedLines = isNamed ? 0 : 1;
  const pasted = { rows: [] as ImportRow[], refused: [] as RefusedRow[] };
  let header: FileHeader | null = null;
  for await (const step of readImport(bytesOf(content), { format: 'csv', name })) {
    header = step.header;
    for (const item of step.items) {
      const line = item.line - addedLines;
      if (item.kind === 'refused') pasted.refused.push({ ...item, line });
      else if (item.kind === 'row') pasted.rows.push({ ...item, line });
    }
  }
  return header?.fields.includes('accountId')
    ? { ...pasted, header }
    : { ...pasted, header, rows: pasted.rows.map((row) => forAccount(row, accountId)) };
}

/** Returns the text of the rows to correct, as they were pasted, below their header. */
export function leftToCorrect(records: readonly ImportRow['record'][], header: FileHeader | null) {
  if (records.length === 0) return '';
  const all = header === null ? records : [header.record, ...records];
  return all.map(({ text }) => (text.endsWith('\n') ? text : `${text}\n`)).join('');
}

function forAccount(row: ImportRow, accountId: string): ImportRow {
  return { ...row, input: { ...row.input, accountId } };
}

interface FirstRow {
  readonly cells: readonly string[];
  readonly delimiter: string;
}

/**
 * Returns the first row that is not empty, split by the first delimiter that yields enough cells.
 */
function firstRow(text: string): FirstRow {
  const start = /^(?:\r?\n)*/.exec(text)![0].length;
  const rows = ['\t', ';', ','].map((delimiter) => {
    const scanned = scanRecord(text, start, { delimiter, isEnd: true, skipsBlanks: true });
    return { delimiter, cells: scanned?.cells ?? [] };
  });
  return rows.find(({ cells }) => cells.length >= columnsMin) ?? rows[2]!;
}

/** Returns a header with the delimiter and the number of columns of the first row. */
function assumedHeader({ cells, delimiter }: FirstRow): string {
  const count = Math.max(columnsMin, Math.min(cells.length, columns.length));
  return columns.slice(0, count).join(delimiter);
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

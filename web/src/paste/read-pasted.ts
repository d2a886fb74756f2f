import type { Header } from '../../../src/import/columns';
import { csvLine } from '../../../src/import/csv-line';
import { type ImportRow, type RefusedRow, readImport } from '../../../src/import/read-import';

export interface Pasted {
  readonly rows: readonly ImportRow[];
  readonly refused: readonly RefusedRow[];
  readonly header: Header | null;
}

const columns = ['payer', 'points', 'timestamp', 'reference'];

/**
 * Reads rows copied from a table, with a line of column names or without one, as a file would be
 * read. Rows that name no account are for `accountId`. Throws an `ImportFault` where the whole of it
 * cannot be read.
 *
 * @param name what the rows' idempotency keys begin with.
 */
export async function readPasted(text: string, accountId: string, name: string): Promise<Pasted> {
  const isNamed = /\bpoints\b/i.test(firstLine(text));
  const content = isNamed ? text : `${assumedHeader(text)}\n${text}`;
  const addedLines = isNamed ? 0 : 1;
  const pasted = { rows: [] as ImportRow[], refused: [] as RefusedRow[] };
  let header: Header | null = null;
  for await (const step of readImport(bytesOf(content), { format: 'csv', name })) {
    header = step.header;
    for (const item of step.items) {
      const line = item.line - addedLines;
      if (item.kind === 'refused') pasted.refused.push({ ...item, line });
      else pasted.rows.push({ ...item, line });
    }
  }
  return header?.fields.includes('accountId')
    ? { ...pasted, header }
    : { ...pasted, header, rows: pasted.rows.map((row) => forAccount(row, accountId)) };
}

/** The rows that are left to correct, as they can be pasted again. */
export function leftToCorrect(records: readonly ImportRow['record'][], header: Header | null) {
  if (records.length === 0) return '';
  const names = header === null ? [] : [csvLine(header.columns)];
  return [...names, ...records.map(({ cells }) => csvLine(cells))].join('');
}

function forAccount(row: ImportRow, accountId: string): ImportRow {
  return { ...row, input: { ...row.input, accountId } };
}

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0] ?? '';
}

/** With as many columns as the first row has, and separated as it is. */
function assumedHeader(text: string): string {
  const line = firstLine(text);
  const delimiter = ['\t', ';', ','].find((mark) => line.includes(mark)) ?? ',';
  const count = Math.max(3, Math.min(line.split(delimiter).length, columns.length));
  return columns.slice(0, count).join(delimiter);
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

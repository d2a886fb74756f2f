import { CsvRecords } from '../../../src/import/csv-records';
import type { ImportFormat } from '../../../src/import/file-format';
import { parseJsonObject } from '../../../src/import/json-object';

/** Enough for the first line of a file. */
const startBytes = 65_536;

/**
 * Returns the names of the columns of a CSV, or of the members of the first object of NDJSON, as in
 * the file, for a file with unknown names too. Empty if the first line cannot be read.
 */
export async function columnNames(file: File, format: ImportFormat): Promise<readonly string[]> {
  const start = await file.slice(0, startBytes).text();
  const names = format === 'csv' ? namesOfCsv(start) : namesOfNdjson(start);
  return names.filter((name) => name.trim() !== '');
}

function namesOfCsv(start: string): readonly string[] {
  // The line break ends the header if the file has no other line.
  const [first] = new CsvRecords(false).push(`${start}\n`);
  return first === undefined ? [] : first.cells;
}

function namesOfNdjson(start: string): readonly string[] {
  const value = parseJsonObject(start.trimStart().split('\n', 1)[0]!);
  return typeof value === 'string' ? [] : Object.keys(value);
}

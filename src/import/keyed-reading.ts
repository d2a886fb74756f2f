import type { Field, Header } from './columns';
import type { RawRecord } from './raw-record';
import type { BlanksRule } from './reading-options';
import { type RowFault, type RowInput, readRow } from './row-input';
import { csvValues, ndjsonValues, type RowValues } from './row-values';

/** What a record says. `values` is null where it is no row. */
export interface KeyedReading {
  readonly values: RowValues | null;
  readonly row: RowInput | RowFault;
}

/**
 * The reading that keys are derived from: the rules of the first release.
 *
 * It must never change, nor must the set of rows that it accepts. Keys hash what it reads and count
 * equal rows, so an import that was begun by an earlier version is continued only if every row gets
 * the same key again. It reads `1.000` as 1, quotes after a blank as part of the cell, and the last
 * of two equal names in NDJSON. What else must hold of a row, `row-check.ts` checks beside it.
 *
 * @param nameOf what a field is called in the file.
 */
export function keyedReading(
  record: RawRecord,
  header: Header | null,
  { blanks, nameOf }: { readonly blanks: BlanksRule; readonly nameOf: (field: Field) => string },
): KeyedReading {
  const values = header === null ? ndjsonValues(record, blanks) : csvValues(record, header, blanks);
  return 'malformed' in values
    ? { values: null, row: malformedRow(values.malformed) }
    : { values, row: readRow(values, nameOf) };
}

export function malformedRow(fault: string): RowFault {
  return { code: 'MALFORMED_ROW', reason: `The row cannot be read: ${fault}.` };
}

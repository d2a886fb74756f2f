import type { Field, Header } from './columns';
import type { KeyedOptions } from './keyed-options';
import type { RawRecord } from './raw-record';
import { type RowInput, readRow } from './row-input';
import type { RowProblem, RowValues } from './row-problem';
import { csvValues, ndjsonValues } from './row-values';
import { shownValue } from './shown-value';
import { writtenValue } from './written-value';

/** The content of a record. `values` is null if the record is not a row. */
interface KeyedReading {
  readonly values: RowValues | null;
  readonly row: RowInput | RowProblem;
}

/**
 * Reads a record by the rules of the first release, from which keys are derived.
 *
 * For a row that it accepts, what it reads must never change. Keys hash that and count equal rows,
 * so an import that an earlier version began can be continued only if every row gets the same key
 * again. It reads `1.000` as 1, quotes after a blank as part of the cell, and the last of two equal
 * names in NDJSON. All stricter rules are in `row-check.ts`. Rows that it refuses have no key, so
 * that a later version may accept them.
 *
 * Renamed and added columns act before: a row says what it would say with the usual names.
 */
export function keyedReading(
  record: RawRecord,
  header: Header | null,
  options: KeyedOptions,
): KeyedReading {
  const values =
    header === null ? ndjsonValues(record, options) : csvValues(record, header, options);
  if ('code' in values) return { values: null, row: values };
  const shown = (value: unknown, field: Field) =>
    header === null
      ? writtenValue(record.cells[0], value, field, options.fieldOf)
      : shownValue(value);
  return { values, row: readRow(values, options.nameOf, shown) };
}

import { countOf } from '../ledger/count-of';
import { type Amounts, pointsOfAmounts, type ShownAmount } from './amounts';
import { columnOf, columns, type Field, fields, type Header } from './columns';
import { parseJsonObject } from './json-object';
import type { KeyedOptions } from './keyed-options';
import type { RawRecord } from './raw-record';
import type { BlanksRule } from './reading-options';
import { malformedRow, type RowProblem, type RowValues } from './row-problem';
import { shownValue } from './shown-value';
import { suggestion } from './suggestion';
import { writtenValue } from './written-value';

type FoundValues = { [Name in Field]?: unknown } & { -readonly [Name in keyof Amounts]: unknown };

const storedText =
  'its text is a line that is not a JSON object; write the members of the row in place of text';

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Reads the fields of a line of CSV. An empty reference or key is none; an empty account stays. */
export function csvValues(
  record: RawRecord,
  header: Header,
  options: KeyedOptions,
): RowValues | RowProblem {
  const { cells, problem } = record;
  if (problem !== null) return malformedRow(problem);
  const found: FoundValues = {};
  for (const [at, field] of header.fields.entries()) {
    if (field === null) continue;
    const cell = cells[at];
    if (field === 'unnamed') {
      if (cell === undefined || cell.trim() === '') continue;
      return malformedRow(`cell ${at + 1} has no column name, and is ${shownValue(cell)}`);
    }
    if (cell === undefined) return wrongCount(cells, header);
    found[field] = isAmount(field) ? cell : fieldValue(field, cell, options);
  }
  if (cells.slice(header.fields.length).some((cell) => cell.trim() !== '')) {
    return wrongCount(cells, header);
  }
  const hasAmounts = header.fields.includes('credit') || header.fields.includes('debit');
  return completed(found, { hasAmounts, options, shown: shownValue });
}

/** Reads a line of NDJSON: an object with the names of the API's input, or those of the columns. */
export function ndjsonValues(record: RawRecord, options: KeyedOptions): RowValues | RowProblem {
  const object = parseJsonObject(record.cells[0]);
  if (typeof object === 'string') return malformedRow(object);
  const found: FoundValues = {};
  for (const [name, value] of Object.entries(object)) {
    const field = name === 'refused' ? null : options.fieldOf(name);
    if (field === null) continue;
    if (field === undefined) {
      if (name === 'text' && 'refused' in object) return malformedRow(storedText);
      const near = suggestion(name, columns);
      return malformedRow(`there is no field ${shownValue(name)}${near}`);
    }
    if (field in found) return malformedRow(`${field} occurs twice`);
    found[field] = isAmount(field) ? value : trimmedName(field, value, options.blanks);
  }
  const hasAmounts = 'credit' in found || 'debit' in found;
  const shown: ShownAmount = (value, name) =>
    writtenValue(record.cells[0], value, name, options.fieldOf);
  return completed(found, { hasAmounts, options, shown });
}

interface RowContext {
  readonly hasAmounts: boolean;
  readonly options: KeyedOptions;
  readonly shown: ShownAmount;
}

/** Adds the values that are set for all rows, and computes points from credit and debit. */
function completed(
  found: FoundValues,
  { hasAmounts, options, shown }: RowContext,
): RowValues | RowProblem {
  const { credit, debit, ...values } = found;
  for (const field of fields) {
    const set = options.rules.values[field];
    if (set === undefined) continue;
    if (field in values)
      return malformedRow(`${field} is set for all rows, and the row has it too`);
    values[field] = fieldValue(field, set, options);
  }
  if (!hasAmounts) return values;
  if ('points' in values) return malformedRow('points and credit or debit exclude each other');
  const points = pointsOfAmounts({ credit, debit }, shown);
  if (typeof points === 'number') return { ...values, points };
  return { code: 'INVALID_POINTS', reason: `The points cannot be read: ${points}.` };
}

function wrongCount(cells: readonly string[], header: Header): RowProblem {
  const named = countOf(header.columns.length, 'column');
  return malformedRow(`it has ${countOf(cells.length, 'cell')}, and the header names ${named}`);
}

function isAmount(field: string): field is keyof Amounts {
  return field === 'credit' || field === 'debit';
}

function fieldValue(field: Field, cell: string, { blanks }: KeyedOptions): unknown {
  return trimmedName(field, cellValue(field, cell), blanks);
}

/**
 * Trims only what would be refused otherwise: a row that was accepted without `trim` keeps its key
 * with it.
 */
function trimmedName(field: Field, value: unknown, blanks: BlanksRule): unknown {
  const isName = field === 'accountId' || field === 'payer';
  return blanks === 'trim' && isName && typeof value === 'string' ? value.trim() : value;
}

/** Returns the name of a field in files of a format. */
export function nameOf(field: Field, format: 'csv' | 'ndjson'): string {
  return format === 'csv' ? columnOf[field] : field;
}

function cellValue(field: Field, cell: string): unknown {
  switch (field) {
    case 'points': {
      const text = cell.trim();
      return jsonNumber.test(text) ? Number(text) : cell;
    }
    case 'timestamp':
      return cell.trim();
    case 'availableFrom':
    case 'expiresAt': {
      const text = cell.trim();
      return text === '' ? null : text;
    }
    case 'reference':
    case 'idempotencyKey':
      return cell === '' ? null : cell;
    default:
      return cell;
  }
}

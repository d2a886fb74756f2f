import { columnOf, type Field, fieldOf, fields, type Header, suggestion } from './columns';
import { parseJsonObject } from './json-object';
import type { RawRecord } from './raw-record';
import type { BlanksRule } from './reading-options';
import { shownValue } from './shown-value';

/** The unchecked value of each field of a record; undefined if the field is missing. */
export type RowValues = { readonly [Name in Field]?: unknown };

/** Why a record cannot be split into fields. */
interface MalformedRow {
  readonly malformed: string;
}

const storedText =
  'its text is a line that is not a JSON object; write the members of the row in place of text';

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Reads the fields of a line of CSV. An empty reference or key is none; an empty account stays. */
export function csvValues(
  record: RawRecord,
  header: Header,
  blanks: BlanksRule,
): RowValues | MalformedRow {
  const { cells, problem } = record;
  if (problem !== null) return { malformed: problem };
  if (cells.length !== header.columns.length) {
    const has = cells.length === 1 ? 'it has 1 cell' : `it has ${cells.length} cells`;
    return { malformed: `${has}, and the header names ${header.columns.length} columns` };
  }
  const values: { [Name in Field]?: unknown } = {};
  for (const [at, field] of header.fields.entries()) {
    if (field !== null) values[field] = trimmedName(field, cellValue(field, cells[at]), blanks);
  }
  return values;
}

/** Reads a line of NDJSON: an object with the names of the API's input, or those of the columns. */
export function ndjsonValues(record: RawRecord, blanks: BlanksRule): RowValues | MalformedRow {
  const object = parseJsonObject(record.cells[0]);
  if (typeof object === 'string') return { malformed: object };
  const values: { [Name in Field]?: unknown } = {};
  for (const [name, value] of Object.entries(object)) {
    const field = name === 'refused' ? null : fieldOf(name);
    if (field === null) continue;
    if (field === undefined) {
      if (name === 'text' && 'refused' in object) return { malformed: storedText };
      return { malformed: `there is no field ${shownValue(name)}${suggestion(name, fields)}` };
    }
    if (field in values) return { malformed: `${field} occurs twice` };
    values[field] = trimmedName(field, value, blanks);
  }
  return values;
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
    case 'reference':
    case 'idempotencyKey':
      return cell === '' ? null : cell;
    default:
      return cell;
  }
}

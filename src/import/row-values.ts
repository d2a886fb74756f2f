import { isObject } from '../is-object';
import { columnOf, type Field, fieldOf, fields, type Header, suggestion } from './columns';
import type { RawRecord } from './raw-record';
import type { BlanksRule } from './reading-options';
import { shownValue } from './shown-value';

/** What a record says of each field, unchecked; a field that is not there is undefined. */
export type RowValues = { readonly [Name in Field]?: unknown };

/** Where a record cannot be taken apart: why. */
export interface MalformedRow {
  readonly malformed: string;
}

const storedText =
  'its text is a line that is no JSON object; write the members of the row in place of text';

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Takes a line of CSV apart. An empty reference or key is none; an empty account is a fault. */
export function csvValues(
  record: RawRecord,
  header: Header,
  blanks: BlanksRule,
): RowValues | MalformedRow {
  const { cells, fault } = record;
  if (fault !== null) return { malformed: fault };
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

/** Reads a line of NDJSON: an object with the names of the API's input, or of the columns. */
export function ndjsonValues(record: RawRecord, blanks: BlanksRule): RowValues | MalformedRow {
  const object = parseObject(record.cells[0]);
  if ('malformed' in object) return { malformed: object.malformed };
  const values: { [Name in Field]?: unknown } = {};
  for (const [name, value] of Object.entries(object.content)) {
    const field = name === 'refused' ? null : fieldOf(name);
    if (field === null) continue;
    if (field === undefined) {
      if (name === 'text' && 'refused' in object.content) return { malformed: storedText };
      return { malformed: `there is no field ${shownValue(name)}${suggestion(name, fields)}` };
    }
    if (field in values) return { malformed: `${field} is there twice` };
    values[field] = trimmedName(field, value, blanks);
  }
  return values;
}

/**
 * Only what would be refused otherwise is trimmed: a row that was accepted without `trim` keeps its
 * key with it.
 */
function trimmedName(field: Field, value: unknown, blanks: BlanksRule): unknown {
  const isName = field === 'accountId' || field === 'payer';
  return blanks === 'trim' && isName && typeof value === 'string' ? value.trim() : value;
}

/** The name under which a field is known to the one who wrote the file. */
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

function parseObject(text: string): MalformedRow | { readonly content: object } {
  try {
    const content: unknown = JSON.parse(text);
    return isObject(content)
      ? { content }
      : { malformed: 'it must be a JSON object, such as {"payer":"DANNON",…}' };
  } catch (error) {
    return { malformed: `it is no JSON: ${(error as Error).message}` };
  }
}

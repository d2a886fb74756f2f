import { isWholeDecimal } from '../ledger/decimal';
import { shownName } from '../ledger/shown-name';
import { type Field, type FileHeader, fieldOf } from './columns';
import { type JsonObject, jsonMembers } from './json-members';
import { malformedRow } from './keyed-reading';
import { namedCharacter } from './named-character';
import { pointsTextFault } from './points-text';
import type { RawRecord } from './raw-record';
import type { ReadingOptions } from './reading-options';
import { type RowFault, rightPoints } from './row-input';
import type { RowValues } from './row-values';
import { scanRecord } from './scan-record';
import { shownValue } from './shown-value';

/** A record, and what the reading that keys are derived from made of it. */
export interface CheckedRecord {
  readonly record: RawRecord;
  /** Null for NDJSON. */
  readonly header: FileHeader | null;
  /** Null where it is no row. */
  readonly values: RowValues | null;
  /** What a field is called in the file. */
  readonly nameOf: (field: Field) => string;
}

/**
 * Checks what {@link keyedReading} lets pass: texts whose meaning is in doubt, and digits that
 * would be lost. Returns null if neither is found. Has no influence on keys.
 */
export function checkRow(checked: CheckedRecord, options: ReadingOptions): RowFault | null {
  const { record, header, values } = checked;
  const quoteFault = options.blanks === 'refuse' ? checkQuotes(checked, options) : null;
  if (quoteFault !== null || values === null) return quoteFault;
  const object = header === null ? jsonMembers(record.cells[0]) : null;
  return (
    (object === null ? null : checkNames(object)) ??
    checkBlanks('INVALID_ACCOUNT', 'accountId', checked, options) ??
    checkBlanks('INVALID_PAYER', 'payer', checked, options) ??
    (object === null ? checkCell(checked) : checkNumber(checked, object)) ??
    checkDigits(checked, options)
  );
}

function checkQuotes({ record, header }: CheckedRecord, options: ReadingOptions): RowFault | null {
  const { quoteAfterBlank } = record;
  if (quoteAfterBlank === null || header === null) return null;
  const column = header.columns[quoteAfterBlank];
  const place = `cell ${quoteAfterBlank + 1}${column === undefined ? '' : ` (${column.trim()})`}`;
  const right = shownName(quotedCellMeant(record, quoteAfterBlank, header.delimiter));
  return malformedRow(
    `${place} has a blank before its opening quote, so that the quotes would be part of its value; ` +
      `write ${right} without the blank${adviceOn(options.advice?.blanks)}`,
  );
}

/** The cell as it would be read without the blank: its quotes may hold delimiters. */
function quotedCellMeant({ text, rawCells }: RawRecord, at: number, delimiter: string): string {
  const before = rawCells.slice(0, at).join(delimiter).length;
  const rest = text.slice(at === 0 ? 0 : before + delimiter.length);
  const scanned = scanRecord(rest, 0, { delimiter, isEnd: true, skipsBlanks: true });
  return (scanned?.rawCells[0] ?? rawCells[at] ?? rest).trim();
}

function checkNames({ doubledName }: JsonObject): RowFault | null {
  if (doubledName === null) return null;
  return malformedRow(
    `the name ${shownValue(doubledName)} occurs twice; keep the one that is right`,
  );
}

function checkBlanks(
  code: string,
  field: Field,
  { values, nameOf }: CheckedRecord,
  { blanks, advice }: ReadingOptions,
): RowFault | null {
  const value = values?.[field];
  if (blanks !== 'refuse' || typeof value !== 'string') return null;
  const right = value.trim();
  if (right === value || right === '') return null;
  const begins = value.startsWith(right) ? 'ends' : 'begins';
  const blank = begins === 'begins' ? value[0] : value.at(-1)!;
  const reason =
    `${nameOf(field)} is ${shownValue(value)}, which ${begins} with ${namedCharacter(blank)}; ` +
    `write ${shownValue(right)}${adviceOn(advice?.blanks)}.`;
  return { code, reason };
}

/** Zero, in whatever form, has a refusal of its own. */
function checkCell({ record, header, values, nameOf }: CheckedRecord): RowFault | null {
  if (values?.points === 0) return null;
  const cell = record.cells[header!.fields.indexOf('points')];
  const fault = pointsTextFault(cell);
  if (fault !== null) return notWhole(nameOf, `${shownValue(cell)}: ${fault}`);
  return checkRange(cell.trim(), nameOf);
}

function checkNumber(
  { record, values, nameOf }: CheckedRecord,
  { members }: JsonObject,
): RowFault | null {
  if (typeof values?.points === 'string') {
    return notWhole(nameOf, `${shownValue(values.points)}, a text; write a number without quotes`);
  }
  if (typeof values?.points !== 'number') return null;
  const { valueStart, valueEnd } = members.find(({ name }) => fieldOf(name) === 'points')!;
  const text = record.cells[0].slice(valueStart, valueEnd);
  if (isWholeDecimal(text)) return values.points === 0 ? null : checkRange(text, nameOf);
  return notWhole(nameOf, `${shownName(text)}, which has a fraction`);
}

/** Shows the number as it is written: the one that is read is rounded. */
function checkRange(text: string, nameOf: CheckedRecord['nameOf']): RowFault | null {
  if (Number.isSafeInteger(Number(text))) return null;
  const reason = `${nameOf('points')} ${rightPoints}, and is ${shownName(text)}.`;
  return { code: 'INVALID_POINTS', reason };
}

function notWhole(nameOf: CheckedRecord['nameOf'], found: string): RowFault {
  const reason = `${nameOf('points')} must be a whole number, and is ${found}.`;
  return { code: 'INVALID_POINTS', reason };
}

/** Instants that are no longer have no digits after the millisecond. */
const shortInstant = '2020-11-02T14:00:00.000Z';

function checkDigits(
  { values, nameOf }: CheckedRecord,
  { cutsDigits, advice }: ReadingOptions,
): RowFault | null {
  const timestamp = values?.timestamp;
  const isShort = typeof timestamp !== 'string' || timestamp.length <= shortInstant.length;
  if (cutsDigits || isShort) return null;
  const [, kept, lost = '', offset] = /^(.{19}\.\d{3})(\d+)(\D.*)$/.exec(timestamp) ?? [];
  if (!/[1-9]/.test(lost)) return null;
  const reason =
    `${nameOf('timestamp')} has the digits ${shownName(lost)} after the millisecond, which would be ` +
    `lost, and with them the order that they tell; write ${kept}${offset}${adviceOn(advice?.digits)}.`;
  return { code: 'INVALID_TIMESTAMP', reason };
}

function adviceOn(words: string | undefined): string {
  return words === undefined ? '' : `, or ${words}`;
}

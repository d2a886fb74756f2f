import { isWholeDecimal } from '../ledger/decimal';
import { shownName } from '../ledger/shown-name';
import type { FieldOf } from './column-rules';
import type { DateField, Field, FileHeader } from './columns';
import { type JsonObject, jsonMembers } from './json-members';
import { namedCharacter } from './named-character';
import { pointsTextProblem } from './points-text';
import type { RawRecord } from './raw-record';
import type { ReadingOptions } from './reading-options';
import { rightPoints } from './row-input';
import { malformedRow, type RowProblem, type RowValues } from './row-problem';
import { scanRecord } from './scan-record';
import { shownValue } from './shown-value';

/** A record, and what {@link keyedReading} read from it. */
interface CheckedRecord {
  readonly record: RawRecord;
  /** Null for NDJSON. */
  readonly header: FileHeader | null;
  /** Null if the record is not a row. */
  readonly values: RowValues | null;
  /** Returns what a name in the file means. */
  readonly fieldOf: FieldOf;
  /** Returns the name of a field in the file. */
  readonly nameOf: (field: Field) => string;
}

/**
 * Checks what {@link keyedReading} accepts: ambiguous texts, and digits that would be lost. Returns
 * null if neither is found. Has no influence on keys.
 */
export function checkRow(checked: CheckedRecord, options: ReadingOptions): RowProblem | null {
  const { record, header, values } = checked;
  const quoteProblem = options.blanks === 'refuse' ? checkQuotes(checked, options) : null;
  if (quoteProblem !== null || values === null) return quoteProblem;
  const object = header === null ? jsonMembers(record.cells[0]) : null;
  return (
    (object === null ? null : checkNames(object)) ??
    checkAccount(checked, options) ??
    checkBlanks('INVALID_ACCOUNT', 'accountId', checked, options) ??
    checkBlanks('INVALID_PAYER', 'payer', checked, options) ??
    (object === null ? checkCell(checked) : checkNumber(checked, object)) ??
    checkDigits(checked, options)
  );
}

function checkQuotes(
  { record, header }: CheckedRecord,
  options: ReadingOptions,
): RowProblem | null {
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

/** Returns the cell as it would be read without the blank: its quotes may contain delimiters. */
function quotedCellMeant({ text, rawCells }: RawRecord, at: number, delimiter: string): string {
  const before = rawCells.slice(0, at).join(delimiter).length;
  const rest = text.slice(at === 0 ? 0 : before + delimiter.length);
  const scanned = scanRecord(rest, 0, { delimiter, isEnd: true, skipsBlanks: true });
  return (scanned?.rawCells[0] ?? rawCells[at] ?? rest).trim();
}

function checkNames({ doubledName }: JsonObject): RowProblem | null {
  if (doubledName === null) return null;
  return malformedRow(
    `the name ${shownValue(doubledName)} occurs twice; keep the one that is right`,
  );
}

function checkAccount(
  { values, nameOf }: CheckedRecord,
  { requiresAccount }: ReadingOptions,
): RowProblem | null {
  if (!requiresAccount || values?.accountId !== undefined) return null;
  const reason = `${nameOf('accountId')} is missing, and this ledger has no default account.`;
  return { code: 'INVALID_ACCOUNT', reason };
}

function checkBlanks(
  code: string,
  field: Field,
  { values, nameOf }: CheckedRecord,
  { blanks, advice }: ReadingOptions,
): RowProblem | null {
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

/** Checks the cell of the points. Zero has a separate refusal, in whatever form it is written. */
function checkCell({ record, header, values, nameOf }: CheckedRecord): RowProblem | null {
  if (values?.points === 0) return null;
  const cell = record.cells[header!.fields.indexOf('points')];
  // Points that are set, and those of credit and debit, were checked before.
  if (cell === undefined) return null;
  const problem = pointsTextProblem(cell);
  if (problem !== null) return notWhole(nameOf, `${shownValue(cell)}: ${problem}`);
  return checkRange(cell.trim(), nameOf);
}

const pointsColumns: ReadonlySet<ReturnType<FieldOf>> = new Set(['points', 'credit', 'debit']);

function checkNumber(
  { record, values, fieldOf, nameOf }: CheckedRecord,
  { members }: JsonObject,
): RowProblem | null {
  if (typeof values?.points === 'string') {
    return notWhole(nameOf, `${shownValue(values.points)}, a text; write a number without quotes`);
  }
  if (typeof values?.points !== 'number') return null;
  const texts = members
    .filter(({ name }) => pointsColumns.has(fieldOf(name)))
    .map(({ valueStart, valueEnd }) => record.cells[0].slice(valueStart, valueEnd));
  const text = texts.find((each) => each !== 'null');
  if (text === undefined) return null;
  if (isWholeDecimal(text)) return values.points === 0 ? null : checkRange(text, nameOf);
  return notWhole(nameOf, `${shownName(text)}, which has a fraction`);
}

/** Shows the number as it is written: the parsed one is rounded. */
function checkRange(text: string, nameOf: CheckedRecord['nameOf']): RowProblem | null {
  if (Number.isSafeInteger(Number(text))) return null;
  const reason = `${nameOf('points')} ${rightPoints}, and is ${shownName(text)}.`;
  return { code: 'INVALID_POINTS', reason };
}

function notWhole(nameOf: CheckedRecord['nameOf'], found: string): RowProblem {
  const reason = `${nameOf('points')} must be a whole number, and is ${found}.`;
  return { code: 'INVALID_POINTS', reason };
}

/** An instant that is not longer than this has no digits after the millisecond. */
const shortInstant = '2020-11-02T14:00:00.000Z';

function checkDigits(checked: CheckedRecord, options: ReadingOptions): RowProblem | null {
  return (
    checkDigitsOf('timestamp', checked, options) ??
    checkDigitsOf('availableFrom', checked, options) ??
    checkDigitsOf('expiresAt', checked, options)
  );
}

function checkDigitsOf(
  field: 'timestamp' | DateField,
  { values, nameOf }: CheckedRecord,
  { cutsDigits, advice }: ReadingOptions,
): RowProblem | null {
  const instant = values?.[field];
  const isShort = typeof instant !== 'string' || instant.length <= shortInstant.length;
  if (cutsDigits || isShort) return null;
  const [, kept, lost = '', offset] = /^(.{19}\.\d{3})(\d+)(\D.*)$/.exec(instant) ?? [];
  if (!/[1-9]/.test(lost)) return null;
  const [code, order] =
    field === 'timestamp'
      ? ['INVALID_TIMESTAMP', ', and with them the order of such rows']
      : ['INVALID_DATES', ''];
  const reason =
    `${nameOf(field)} has the digits ${shownName(lost)} after the millisecond, which would be ` +
    `lost${order}; write ${kept}${offset}${adviceOn(advice?.digits)}.`;
  return { code, reason };
}

function adviceOn(words: string | undefined): string {
  return words === undefined ? '' : `, or ${words}`;
}

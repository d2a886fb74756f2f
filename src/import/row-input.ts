import { parseInstant } from '../ledger/instant';
import { textProblem } from '../ledger/text';
import { type DateField, dateFields, type Field } from './columns';
import type { RowProblem, RowValues } from './row-problem';

/** A row as the API accepts it (AddTransactionInput), with every default written out. */
export interface RowInput {
  readonly accountId: string;
  readonly payer: string;
  readonly points: number;
  /** RFC 3339 in UTC, to the millisecond. */
  readonly timestamp: string;
  /** Of a grant, in the same form; absent if the points begin at once. */
  readonly availableFrom?: string;
  /** Of a grant, in the same form; absent if the points never expire. */
  readonly expiresAt?: string;
  readonly reference: string | null;
  /** Null if the file has none: a key is then derived. */
  readonly idempotencyKey: string | null;
}

export const rightPoints = `must be a whole number from -${Number.MAX_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}`;

/**
 * Checks a row by the rules of the API, so that one bad value does not refuse the whole call in
 * which it would be sent. Part of {@link keyedReading}: stricter rules belong in `row-check.ts`.
 * @param nameOf returns the name of a field in the file.
 * @param shown returns a value for a message.
 */
export function readRow(
  values: RowValues,
  nameOf: (field: Field) => string,
  shown: (value: unknown, field: Field) => string,
): RowInput | RowProblem {
  const { accountId = 'default', payer, points, timestamp } = values;
  const { reference = null, idempotencyKey = null } = values;
  const instant = typeof timestamp === 'string' ? parseInstant(timestamp) : 'it is not a string';
  const found = (field: Field, value: unknown) => {
    return { name: nameOf(field), value, shown: () => shown(value, field) };
  };
  const problem =
    checkText('INVALID_ACCOUNT', found('accountId', accountId)) ??
    checkText('INVALID_PAYER', found('payer', payer)) ??
    checkPoints(found('points', points)) ??
    checkInstant('INVALID_TIMESTAMP', found('timestamp', timestamp), instant) ??
    firstProblem(dateFields, (field) => checkDate(found(field, values[field]), points as number)) ??
    (reference === null ? null : checkText('INVALID_REFERENCE', found('reference', reference))) ??
    (idempotencyKey === null
      ? null
      : checkText('INVALID_IDEMPOTENCY_KEY', found('idempotencyKey', idempotencyKey)));
  if (problem !== null) return problem;
  return {
    accountId: accountId as string,
    payer: payer as string,
    // Adds 0 so that JSON's -0 becomes 0.
    points: (points as number) + 0,
    timestamp: new Date(instant as number).toISOString(),
    ...dateOf('availableFrom', values),
    ...dateOf('expiresAt', values),
    reference: reference as string | null,
    idempotencyKey: idempotencyKey as string | null,
  };
}

interface FoundValue {
  readonly name: string;
  readonly value: unknown;
  readonly shown: () => string;
}

function checkText(code: string, { name, value, shown }: FoundValue): RowProblem | null {
  if (value === undefined) return { code, reason: `${name} is missing.` };
  if (typeof value !== 'string') {
    return { code, reason: `${name} must be a string, and is ${shown()}.` };
  }
  const problem = textProblem(value);
  return problem === null ? null : { code, reason: `${name} ${problem}.` };
}

function checkPoints({ name, value, shown }: FoundValue): RowProblem | null {
  const code = 'INVALID_POINTS';
  if (value === undefined) return { code, reason: `${name} is missing.` };
  if (value === 0) {
    const reason = `${name} must not be zero: positive points are added, negative points are taken back.`;
    return { code, reason };
  }
  if (Number.isSafeInteger(value)) return null;
  return { code, reason: `${name} ${rightPoints}, and is ${shown()}.` };
}

function firstProblem<Item>(
  items: readonly Item[],
  check: (item: Item) => RowProblem | null,
): RowProblem | null {
  for (const item of items) {
    const problem = check(item);
    if (problem !== null) return problem;
  }
  return null;
}

/** Checks a date as far as it does not depend on the time, which the server checks. */
function checkDate(found: FoundValue, points: number): RowProblem | null {
  const { name, value } = found;
  if (value === undefined || value === null) return null;
  if (points < 0) {
    const reason = `${name} is for grants: a debit neither begins later nor expires.`;
    return { code: 'INVALID_DATES', reason };
  }
  const instant = typeof value === 'string' ? parseInstant(value) : 'it is not a string';
  return checkInstant('INVALID_DATES', found, instant);
}

/** Returns an object with the date, or an empty one if the row has none. */
function dateOf(field: DateField, values: RowValues): { readonly [Name in DateField]?: string } {
  const value = values[field];
  if (typeof value !== 'string') return {};
  return { [field]: new Date(parseInstant(value)).toISOString() };
}

function checkInstant(
  code: string,
  { name, value, shown }: FoundValue,
  instant: number | string,
): RowProblem | null {
  if (typeof instant === 'number') return null;
  if (value === undefined) return { code, reason: `${name} is missing.` };
  const right = 'a date and time as in RFC 3339, such as 2020-11-02T14:00:00Z';
  return { code, reason: `${name} must be ${right}, and is ${shown()}: ${instant}.` };
}

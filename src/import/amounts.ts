import type { Amount } from './columns';
import { pointsTextProblem } from './points-text';
import { shownValue } from './shown-value';

/** The values of `credit` and `debit` in a row; undefined, null and blank are none. */
export type Amounts = { readonly [Name in Amount]?: unknown };

/**
 * Reads the points of a row with credit and debit: exactly one of them, and not negative. Returns
 * the points, negative for a debit, or what is wrong.
 */
export function pointsOfAmounts({ credit, debit }: Amounts): number | string {
  const isCredited = isGiven(credit);
  if (isCredited && isGiven(debit)) return 'the row has both credit and debit; keep one of them';
  if (!isCredited && !isGiven(debit)) return 'the row has neither credit nor debit';
  const name = isCredited ? 'credit' : 'debit';
  const amount = amountOf(isCredited ? credit : debit, name);
  return typeof amount === 'string' || isCredited ? amount : -amount;
}

function isGiven(value: unknown): boolean {
  return typeof value === 'string' ? value.trim() !== '' : value != null;
}

/** @param value the text of a cell, or a JSON value. */
function amountOf(value: unknown, name: Amount): number | string {
  if (typeof value === 'string') {
    const problem = pointsTextProblem(value);
    if (problem !== null) return `${name} is ${shownValue(value)}: ${problem}`;
  } else if (typeof value !== 'number' || !Number.isInteger(value)) {
    return `${name} must be a whole number, and is ${shownValue(value)}`;
  }
  const amount = Number(value);
  if (amount >= 0) return amount;
  const other = name === 'credit' ? 'debit' : 'credit';
  return `${name} is ${amount}, and must not be negative; write ${-amount} as ${other}`;
}

import { shownName } from '../ledger/shown-name';
import type { Amount } from './columns';
import { pointsTextProblem } from './points-text';

/** The values of `credit` and `debit` in a row; undefined, null and blank are none. */
export type Amounts = { readonly [Name in Amount]?: unknown };

/** Returns an amount for a message. */
export type ShownAmount = (value: unknown, name: Amount) => string;

/**
 * Reads the points of a row with credit and debit: exactly one of them, and not negative. Returns
 * the points, negative for a debit, or what is wrong.
 */
export function pointsOfAmounts({ credit, debit }: Amounts, shown: ShownAmount): number | string {
  const isCredited = isGiven(credit);
  if (isCredited && isGiven(debit)) return 'the row has both credit and debit; keep one of them';
  if (!isCredited && !isGiven(debit)) return 'the row has neither credit nor debit';
  const name = isCredited ? 'credit' : 'debit';
  const amount = amountOf(isCredited ? credit : debit, name, shown);
  return typeof amount === 'string' || isCredited ? amount : -amount;
}

function isGiven(value: unknown): boolean {
  return typeof value === 'string' ? value.trim() !== '' : value != null;
}

/** @param value the text of a cell, or a JSON value. */
function amountOf(value: unknown, name: Amount, shown: ShownAmount): number | string {
  if (typeof value === 'string') {
    const problem = pointsTextProblem(value);
    if (problem !== null) return `${name} is ${shown(value, name)}: ${problem}`;
  } else if (typeof value !== 'number' || !Number.isInteger(value)) {
    return `${name} must be a whole number, and is ${shown(value, name)}`;
  }
  const amount = Number(value);
  if (!Number.isSafeInteger(amount)) {
    const text = typeof value === 'string' ? shownName(value.trim()) : shown(value, name);
    return `${name} must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, and is ${text}`;
  }
  if (amount >= 0) return amount;
  const other = name === 'credit' ? 'debit' : 'credit';
  return `${name} is ${amount}, and must not be negative; write ${-amount} as ${other}`;
}

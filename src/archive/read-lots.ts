import type { JsonValues as Values } from '../import/json-object';
import { isObject } from '../is-object';
import type { Allocation } from '../ledger/entry';
import type { LapseRow } from '../ledger/lapse-entry';
import {
  checkFields,
  instantOf,
  instantUnlessAbsent,
  listOf,
  numberOf,
  shown,
  textOf,
  WrongValue,
} from './read-values';

const allocationFields = new Set(['sequence', 'payer', 'timestamp', 'expiresAt', 'points']);
const placeFields = ['kind', 'at', 'sequence', 'payer', 'timestamp'];
const expiryFields = new Set([
  ...placeFields,
  ...['expired', 'settled', 'totalExpired', 'totalSettled'],
]);
const beginningFields = new Set([...placeFields, 'points']);
const endFields = new Set(['kind', 'at', 'hold', 'points', 'allocations']);

/**
 * Reads allocations from the member of this name.
 *
 * @throws WrongValue if one of them is not an allocation.
 */
export function allocationsOf(values: Values, name = 'allocations'): Allocation[] {
  return listOf(values, name).map((allocation) => {
    if (!isObject(allocation)) throw new WrongValue(`${shown(allocation)} is not an allocation`);
    checkFields(allocation, allocationFields);
    return {
      sequence: numberOf(allocation, 'sequence'),
      timestamp: instantOf(allocation, 'timestamp'),
      payer: textOf(allocation, 'payer'),
      points: numberOf(allocation, 'points'),
      ...instantUnlessAbsent(allocation, 'expiresAt'),
    };
  });
}

/**
 * Reads the rows of what lapsed from the member of this name.
 *
 * @throws WrongValue if one of them is not a row of a lapse.
 */
export function rowsOf(values: Values, name: string): LapseRow[] {
  return listOf(values, name).map((row) => {
    if (!isObject(row)) throw new WrongValue(`${shown(row)} is not a row of a lapse`);
    if (row.kind === 'expiry') return expiryOf(row);
    if (row.kind === 'end') return endOf(row);
    if (row.kind === 'beginning') return beginningOf(row);
    throw new WrongValue(
      `the kind of a row must be "expiry", "end" or "beginning", and is ${shown(row.kind)}`,
    );
  });
}

function expiryOf(row: Values): LapseRow {
  checkFields(row, expiryFields);
  const totals = {
    expired: numberOf(row, 'totalExpired'),
    settled: numberOf(row, 'totalSettled'),
  };
  const [expired, settled] = [numberOf(row, 'expired'), numberOf(row, 'settled')];
  return { kind: 'expiry', ...placeOf(row), expired, settled, totals };
}

function beginningOf(row: Values): LapseRow {
  checkFields(row, beginningFields);
  return { kind: 'beginning', ...placeOf(row), points: numberOf(row, 'points') };
}

function endOf(row: Values): LapseRow {
  checkFields(row, endFields);
  return {
    kind: 'end',
    hold: numberOf(row, 'hold'),
    at: instantOf(row, 'at'),
    points: numberOf(row, 'points'),
    allocations: allocationsOf(row),
  };
}

function placeOf(row: Values) {
  return {
    at: instantOf(row, 'at'),
    sequence: numberOf(row, 'sequence'),
    payer: textOf(row, 'payer'),
    timestamp: instantOf(row, 'timestamp'),
  };
}

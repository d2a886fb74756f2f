import { decodeEntryId } from '../ids/entry-id';
import type { JsonValues as Values } from '../import/json-object';
import { shownValue } from '../import/shown-value';
import { isObject } from '../is-object';
import type { Allocation, Entry, SpendEntry, TransactionEntry } from '../ledger/entry';
import { parseInstant } from '../ledger/instant';

/** A value of an export is wrong; the message says why. */
export class WrongValue extends Error {}

const commonFields = [
  'accountId',
  'sequence',
  'id',
  'kind',
  'points',
  'recordedAt',
  'reference',
  'idempotencyKey',
];
const transactionFields = [...commonFields, 'payer', 'timestamp'];
const spendFields = [...commonFields, 'allocations'];
/** By version: the second one added digests. */
const fieldsOf = {
  transaction: { 1: new Set(transactionFields), 2: new Set([...transactionFields, 'digest']) },
  spend: { 1: new Set(spendFields), 2: new Set([...spendFields, 'digest']) },
} as const;
const allocationFields = new Set(['sequence', 'payer', 'timestamp', 'points']);

/** A version of the format of exports. */
export type ExportVersion = 1 | 2;

/**
 * Reads an entry of an export. Only a replay shows whether the ledger would have made it.
 * @throws WrongValue if a value is missing, unknown or of the wrong type.
 */
export function readEntry(values: Values, version: ExportVersion): Entry {
  const { kind } = values;
  if (kind !== 'transaction' && kind !== 'spend') {
    throw new WrongValue(`kind must be "transaction" or "spend", and is ${shown(kind)}`);
  }
  checkFields(values, fieldsOf[kind][version]);
  const digest = version === 1 ? null : digestOf(values);
  return kind === 'transaction' ? transactionOf(values, digest) : spendOf(values, digest);
}

function transactionOf(values: Values, digest: string | null): TransactionEntry {
  return {
    kind: 'transaction',
    ...commonOf(values),
    digest,
    payer: textOf(values, 'payer'),
    timestamp: instantOf(values, 'timestamp'),
  };
}

function spendOf(values: Values, digest: string | null): SpendEntry {
  return { kind: 'spend', ...commonOf(values), digest, allocations: allocationsOf(values) };
}

/** Reads what entries of all kinds have. */
function commonOf(values: Values) {
  const accountId = textOf(values, 'accountId');
  const sequence = numberOf(values, 'sequence');
  return {
    accountId,
    sequence,
    id: journalIdOf(textOf(values, 'id'), accountId, sequence),
    points: numberOf(values, 'points'),
    recordedAt: instantOf(values, 'recordedAt'),
    reference: textOrNull(values, 'reference'),
    idempotencyKey: textOrNull(values, 'idempotencyKey'),
  };
}

/** Refuses unknown fields: a field of a newer version must not be lost. */
function checkFields(values: Values, known: ReadonlySet<string>): void {
  const unknown = Object.keys(values).find((name) => !known.has(name));
  if (unknown !== undefined) throw new WrongValue(`there is no field ${shown(unknown)}`);
}

/** The public id contains account and sequence; the journal stores the rest of it. */
function journalIdOf(id: string, accountId: string, sequence: number): string {
  const read = decodeEntryId(id);
  if (read !== null && read.accountId === accountId && read.sequence === sequence) return read.id;
  throw new WrongValue(`the id ${shown(id)} is not that of entry ${sequence} of this account`);
}

function allocationsOf(values: Values): Allocation[] {
  const { allocations } = values;
  if (!Array.isArray(allocations)) {
    throw new WrongValue(`allocations must be a list, and is ${shown(allocations)}`);
  }
  return allocations.map((allocation: unknown) => {
    if (!isObject(allocation)) {
      throw new WrongValue(`${shown(allocation)} is not an allocation`);
    }
    checkFields(allocation, allocationFields);
    return {
      sequence: numberOf(allocation, 'sequence'),
      timestamp: instantOf(allocation, 'timestamp'),
      payer: textOf(allocation, 'payer'),
      points: numberOf(allocation, 'points'),
    };
  });
}

function textOf(values: Values, name: string): string {
  const value = values[name];
  if (typeof value === 'string') return value;
  throw new WrongValue(`${name} must be a string, and is ${shown(value)}`);
}

function textOrNull(values: Values, name: string): string | null {
  return values[name] === null ? null : textOf(values, name);
}

function digestOf(values: Values): string | null {
  const text = textOrNull(values, 'digest');
  if (text === null || /^[0-9a-f]{64}$/.test(text)) return text;
  throw new WrongValue(`digest must be 64 lower-case hexadecimal digits, and is ${shown(text)}`);
}

function numberOf(values: Values, name: string): number {
  const value = values[name];
  if (Number.isSafeInteger(value)) return value as number;
  throw new WrongValue(`${name} must be a whole number, and is ${shown(value)}`);
}

function instantOf(values: Values, name: string): number {
  const text = textOf(values, name);
  const instant = parseInstant(text);
  if (typeof instant === 'number') return instant;
  throw new WrongValue(`${name} is ${shown(text)}: ${instant}`);
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : shownValue(value);
}

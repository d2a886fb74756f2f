import { isObject } from '../../is-object';
import { shownName } from '../../ledger/shown-name';
import { isScope, scopes } from '../scopes';
import type { KeyRecord } from './key-record';

/** A stored key that this version cannot read, such as one with a scope of a later version. */
export interface UnreadableKey {
  /** Null if its name cannot be read either. */
  readonly name: string | null;
  /** What is wrong and what would be right, as a sentence. It repeats neither id nor hash. */
  readonly problem: string;
  readonly isRevoked: boolean;
}

/** Tables of keys in a database, named as in SQL. */
export interface OtherTables {
  readonly read: string;
  readonly ignored: readonly string[];
}

/** The keys of a store, revoked and expired ones included. */
export interface StoredKeys {
  readonly records: readonly KeyRecord[];
  /** Nobody can authenticate with these, and they make no other key unusable. */
  readonly unreadable: readonly UnreadableKey[];
  /** Null if no other table could be meant. */
  readonly otherTables: OtherTables | null;
}

/** Reads stored values, each of which should have the members of a record. */
export function readKeys(values: readonly unknown[]): StoredKeys {
  const records: KeyRecord[] = [];
  const unreadable: UnreadableKey[] = [];
  for (const value of values) {
    const problem = problemOf(value);
    if (problem === null) records.push(recordOf(value as KeyRecord));
    else unreadable.push({ name: nameOf(value), problem, isRevoked: isRevoked(value) });
  }
  return { records, unreadable, otherTables: null };
}

/** Leaves out members that only another version knows. */
function recordOf(value: KeyRecord): KeyRecord {
  const { id, name, hash, account, prefix, createdAt, expiresAt, revokedAt } = value;
  return { id, name, hash, scopes: value.scopes, account, prefix, createdAt, expiresAt, revokedAt };
}

function nameOf(value: unknown): string | null {
  return isObject(value) && isText(value.name) ? value.name : null;
}

/** True for a stored value with an instant of its revocation, whatever else is in it. */
export function isRevoked(value: unknown): boolean {
  return isObject(value) && Number.isSafeInteger(value.revokedAt);
}

function problemOf(value: unknown): string | null {
  if (!isObject(value)) return 'It is no object with the members of a key.';
  const scope = Array.isArray(value.scopes) ? value.scopes.find((each) => !isKnownScope(each)) : [];
  if (scope !== undefined) return scopeProblem(scope);
  const wrong = members.find(([name, { accepts }]) => !accepts(value[name]));
  return wrong === undefined ? null : `Its ${wrong[0]} is not ${wrong[1].right}.`;
}

function scopeProblem(scope: unknown): string {
  const known = scopes.join(', ');
  return typeof scope === 'string'
    ? `Its scope ${JSON.stringify(shownName(scope))} is unknown to this version, which knows ${known}.`
    : `Its scopes are not a list of ${known}.`;
}

interface Kind {
  readonly accepts: (value: unknown) => boolean;
  readonly right: string;
}

const text: Kind = { accepts: isText, right: 'text' };
const textOrNull: Kind = { accepts: orNull(isText), right: 'text or null' };
const hash: Kind = {
  accepts: (value) => isText(value) && /^[0-9a-f]{64}$/i.test(value),
  right: 'a SHA-256 of 64 hexadecimal digits',
};
const instant: Kind = { accepts: Number.isSafeInteger, right: 'a whole number of milliseconds' };
const instantOrNull: Kind = { accepts: orNull(instant.accepts), right: `${instant.right} or null` };

const members: readonly [name: Exclude<keyof KeyRecord, 'scopes'>, kind: Kind][] = [
  ['id', text],
  ['name', text],
  ['hash', hash],
  ['account', textOrNull],
  ['prefix', textOrNull],
  ['createdAt', instant],
  ['expiresAt', instantOrNull],
  ['revokedAt', instantOrNull],
];

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isKnownScope(value: unknown): boolean {
  return isText(value) && isScope(value);
}

function orNull(accepts: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === null || accepts(value);
}

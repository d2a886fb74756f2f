import { encodeEntryId } from '../../src/ids/entry-id';
import type { Allocation, Entry, SpendEntry } from '../../src/ledger/entry';
import type { ExpiryRow, LapseEntry } from '../../src/ledger/lapse-entry';
import type { PayerChoice } from '../../src/ledger/payer-choice';
import {
  deductionsOf,
  idOf,
  instant,
  instantOrNull,
  isSame,
  type LotPoints,
  lotPointsOf,
} from './api-values';

/** An entry in a response of the API. Fields that the document did not select are missing. */
export interface ApiEntry {
  readonly id: string;
  readonly sequence: number;
  readonly [field: string]: unknown;
}

const common = 'id accountId sequence recordedAt reference idempotencyKey digest';
const choices = 'requested upTo payers { only except }';
const lots = 'transaction { id } points';
const lapse = 'at expired settled position transaction { id }';
const back = `expired lapses { ${lapse} }`;
const hold = 'hold { id held status }';

/** What documents select of an entry, by its kind: each field that does not need a scope. */
export const entryFields: Readonly<Record<Entry['kind'], string>> = {
  transaction: `${common} points payer timestamp availableFrom expiresAt reversed`,
  spend: `${common} points ${choices} keepRest deductions { payer points }
    allocations { ${lots} } released { ${lots} } ${back} reversed ${hold}`,
  hold: `${common} points ${choices} expiresAt allocations { ${lots} } held status`,
  release: `${common} points allocations { ${lots} } ${back} ${hold}`,
  spendReversal: `${common} points requested allocations { ${lots} } ${back}
    spend { id reversed }`,
  transactionReversal: `${common} points requested spentPart fromLot debited lifted
    transaction { id reversed }`,
  lapse: `${common} expired lots { ${lapse} }
    endedHolds { at position points allocations { ${lots} } ${hold} }
    begun { at position points transaction { id } }`,
};

/** Selects an entry of any kind. */
export const anyEntryFields = Object.entries(entryFields)
  .map(([kind, fields]) => `... on ${kind[0].toUpperCase()}${kind.slice(1)} { ${fields} }`)
  .join(' ');

/**
 * Returns all fields that stay as they are, given the account's entries. A response that selected
 * fewer is compared with {@link isRight}.
 */
export function apiEntryOf(entry: Entry, entries: readonly Entry[]): ApiEntry {
  const { accountId, sequence, reference, idempotencyKey, digest } = entry;
  const recordedAt = instant(entry.recordedAt);
  const shared = { id: encodeEntryId(entry), accountId, sequence, recordedAt };
  return { ...shared, reference, idempotencyKey, digest, ...partsOf(entry, entries) };
}

/** True if every received field is right. */
export function isRight(received: ApiEntry, right: ApiEntry): boolean {
  return Object.entries(received).every(([field, value]) => isSame(value, right[field]));
}

function partsOf(entry: Entry, entries: readonly Entry[]): object {
  const { points } = entry;
  switch (entry.kind) {
    case 'transaction': {
      const { payer, timestamp, availableFrom, expiresAt } = entry;
      const dates = {
        availableFrom: instantOrNull(availableFrom),
        expiresAt: instantOrNull(expiresAt),
      };
      return { points, payer, timestamp: instant(timestamp), ...dates };
    }
    case 'spend':
      return { points, ...spendParts(entry, entries) };
    case 'hold': {
      const { requested, expiresAt, allocations } = entry;
      const lotsOfHold = { allocations: lotsIn(allocations, entries) };
      return {
        points,
        requested,
        ...choiceOf(entry),
        expiresAt: instant(expiresAt),
        ...lotsOfHold,
      };
    }
    case 'release': {
      const { target, allocations, lapses } = entry;
      const given = { allocations: lotsIn(allocations, entries), ...lapsesIn(lapses, entries) };
      return { points, ...given, hold: idOf(target, entries) };
    }
    case 'spendReversal': {
      const { target, requested, allocations, lapses } = entry;
      const given = { allocations: lotsIn(allocations, entries), ...lapsesIn(lapses, entries) };
      return { points, requested, ...given, spend: idOf(target, entries) };
    }
    case 'transactionReversal': {
      const { target, requested, spentPart, fromLot, debited, lifted } = entry;
      const parts = { requested, spentPart, fromLot, debited, lifted };
      return { points, ...parts, transaction: idOf(target, entries) };
    }
    case 'lapse':
      return lapseParts(entry, entries);
  }
}

function spendParts(entry: SpendEntry, entries: readonly Entry[]): object {
  const { points, allocations } = entry;
  const taken = {
    deductions: deductionsOf(allocations),
    allocations: lotsIn(allocations, entries),
  };
  if ('target' in entry) {
    const { target, requested, keepRest, released, lapses } = entry;
    const given = { released: lotsIn(released, entries), ...lapsesIn(lapses, entries) };
    const captured = { requested, keepRest, hold: idOf(target, entries) };
    return { ...captured, upTo: false, payers: null, ...taken, ...given };
  }
  const none = { keepRest: false, released: [], expired: 0, lapses: [], hold: null };
  return { requested: entry.requested ?? points, ...choiceOf(entry), ...taken, ...none };
}

function choiceOf({ payers, upTo }: { readonly payers?: PayerChoice; readonly upTo?: boolean }) {
  if (payers === undefined) return { upTo: upTo === true, payers: null };
  return { upTo: upTo === true, payers: { only: null, except: null, ...payers } };
}

function lotsIn(allocations: readonly Allocation[], entries: readonly Entry[]): LotPoints[] {
  return allocations.map((part) => lotPointsOf(part, entries));
}

/** Returns what of the points that came back was gone at once. */
function lapsesIn(rows: readonly ExpiryRow[], entries: readonly Entry[]) {
  const expired = rows.reduce((sum, row) => sum + row.expired, 0);
  return { expired, lapses: rows.map((row, position) => lotLapse(row, position, entries)) };
}

function lotLapse(
  { at, expired, settled, sequence }: ExpiryRow,
  position: number,
  entries: readonly Entry[],
) {
  return { at: instant(at), expired, settled, position, transaction: idOf(sequence, entries) };
}

function lapseParts({ points: expired, rows }: LapseEntry, entries: readonly Entry[]): object {
  const expiries: object[] = [];
  const endedHolds: object[] = [];
  const begun: object[] = [];
  for (const [position, row] of rows.entries()) {
    if (row.kind === 'expiry') {
      expiries.push(lotLapse(row, position, entries));
      continue;
    }
    const shared = { at: instant(row.at), position, points: row.points };
    if (row.kind === 'beginning') {
      begun.push({ ...shared, transaction: idOf(row.sequence, entries) });
      continue;
    }
    const given = lotsIn(row.allocations, entries);
    endedHolds.push({ ...shared, allocations: given, hold: idOf(row.hold, entries) });
  }
  return { expired, lots: expiries, endedHolds, begun };
}

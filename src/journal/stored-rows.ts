import type { Allocation } from '../ledger/entry';
import type { BeginningRow, EndRow, ExpiryRow, LapseRow } from '../ledger/lapse-entry';
import { checkMembers, unknownPartOf } from './unknown-part';

/**
 * Points that go back to a lot: those of a hold that ended, given with the hold and the instant, or
 * those that a capture left. An end is stored as its returns one after the other, so that every
 * stored row is about one lot, which is how SQL reads them.
 */
interface StoredReturn extends Allocation {
  readonly kind: 'return';
  readonly hold?: number;
  readonly at?: number;
}

/** A row in the JSON of `outcome`. */
export type StoredRow = ExpiryRow | BeginningRow | StoredReturn;

const members: Readonly<Record<StoredRow['kind'], readonly string[]>> = {
  expiry: ['kind', 'at', 'sequence', 'timestamp', 'payer', 'expired', 'settled', 'totals'],
  beginning: ['kind', 'at', 'sequence', 'timestamp', 'payer', 'points'],
  return: ['kind', 'sequence', 'timestamp', 'payer', 'points'],
};

const optional: Readonly<Record<StoredRow['kind'], readonly string[]>> = {
  expiry: [],
  beginning: [],
  return: ['hold', 'at', 'expiresAt'],
};

/** Returns the rows as they are stored, after what a capture left. O(lots). */
export function storedRows(
  rows: readonly LapseRow[],
  released: readonly Allocation[] = [],
): StoredRow[] {
  const returns = released.map((lot): StoredReturn => ({ kind: 'return', ...lot }));
  const stored = rows.flatMap((row): StoredRow[] => {
    if (row.kind !== 'end') return [row];
    const { hold, at, allocations } = row;
    return allocations.map((lot) => ({ kind: 'return', hold, at, ...lot }));
  });
  return [...returns, ...stored].map(inOrder);
}

/** Returns a row with exactly the members that are read, in one order. */
function inOrder(row: StoredRow): StoredRow {
  const values = row as unknown as Record<string, unknown>;
  const names = [...members[row.kind], ...optional[row.kind]];
  const present = names.filter((name) => values[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, values[name]])) as unknown as StoredRow;
}

/** What the stored rows of an entry are. */
interface ReadRows {
  readonly released: readonly Allocation[];
  readonly rows: readonly LapseRow[];
}

/**
 * Reads stored rows. O(rows).
 * @throws UnknownEntry if one is of an unknown kind, or has an unknown member.
 */
export function readRows(stored: readonly StoredRow[]): ReadRows {
  const released: Allocation[] = [];
  const rows: LapseRow[] = [];
  for (const row of stored) {
    checkRow(row);
    if (row.kind !== 'return') rows.push(row);
    else if (row.hold === undefined) released.push(allocationOf(row));
    else addToEnd(rows, row, row.hold);
  }
  return { released, rows };
}

/**
 * Adds a return to the end of its hold. A hold ends once, so consecutive returns from one hold are
 * its end.
 */
function addToEnd(rows: LapseRow[], row: StoredReturn, hold: number): void {
  const last = rows.at(-1);
  const allocation = allocationOf(row);
  if (last?.kind !== 'end' || last.hold !== hold) {
    const { at = 0, points } = row;
    rows.push({ kind: 'end', hold, at, points, allocations: [allocation] });
    return;
  }
  const end: EndRow = {
    ...last,
    points: last.points + row.points,
    allocations: [...last.allocations, allocation],
  };
  rows[rows.length - 1] = end;
}

function allocationOf({ sequence, timestamp, payer, points, expiresAt }: StoredReturn): Allocation {
  const lot = { sequence, timestamp, payer, points };
  return expiresAt === undefined ? lot : { ...lot, expiresAt };
}

function checkRow(row: StoredRow): void {
  if (!Object.hasOwn(members, row.kind)) {
    throw unknownPartOf(`has a row of kind ${JSON.stringify(row.kind)}`);
  }
  checkMembers('a row', row, members[row.kind], optional[row.kind]);
}

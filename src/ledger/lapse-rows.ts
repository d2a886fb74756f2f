import type { Account } from './account';
import { type Change, endOf, make, type Undo, withEnd } from './change';
import { freeingChanges } from './entry-changes';
import { invariant, unreachable } from './invariant';
import type { BeginningRow, ExpiryRow, LapseRow } from './lapse-entry';

/** Applies rows that are recorded, in place. O(rows (log n + log P)). */
export function applyRows(account: Account, rows: readonly LapseRow[]): Undo {
  const { lapsedAt } = account;
  let last: Inverse | null = null;
  for (const row of rows) last = applyRow(account, row, last);
  return () => revert(account, last, lapsedAt);
}

/**
 * What undoes the last of several changes, and then those before. A list of one needs no memory for
 * more, as an array that is filled by `push` does.
 */
export interface Inverse {
  readonly change: Change;
  /** What undoes those before; null if there are none. */
  readonly next: Inverse | null;
}

/**
 * Undoes changes, the last one first.
 * @param lapsedAt the instant of the last row before them.
 */
export function revert(account: Account, last: Inverse | null, lapsedAt: number): void {
  for (let inverse = last; inverse !== null; inverse = inverse.next) make(account, inverse.change);
  account.lapsedAt = lapsedAt;
}

/** Applies a row, and returns what undoes it and the rows before. */
export function applyRow(account: Account, row: LapseRow, last: Inverse | null): Inverse {
  const inverse = applyOne(account, row, last);
  account.lapsedAt = row.at;
  return inverse;
}

function applyOne(account: Account, row: LapseRow, last: Inverse | null): Inverse {
  switch (row.kind) {
    case 'expiry':
      return expire(account, row, last);
    case 'end':
      return applyAll(account, freeingChanges(account, row.hold, row.allocations), last);
    case 'beginning':
      return applyAll(account, beginningChanges(account, row), last);
    default:
      return unreachable(row);
  }
}

function applyAll(account: Account, changes: readonly Change[], last: Inverse | null): Inverse {
  let inverse = last;
  for (const change of changes) inverse = apply(account, change, inverse);
  invariant(inverse !== null, 'a row changes something');
  return inverse;
}

function apply(account: Account, change: Change, last: Inverse | null): Inverse {
  return { change: make(account, change), next: last };
}

/**
 * Applies an expiry. The debit goes with the points that it covers, or younger lots would pay it
 * once more.
 */
function expire(account: Account, row: ExpiryRow, last: Inverse | null): Inverse {
  const { holds } = account;
  const { payer, timestamp, sequence, expired, settled, totals } = row;
  const lot = { payer, timestamp, sequence, points: expired + settled };
  let inverse = apply(account, { kind: 'take', lot, availableFrom: null }, last);
  if (settled > 0) inverse = apply(account, { kind: 'debit', payer, points: -settled }, inverse);
  const isHeld = holds.heldOf(sequence) > 0;
  if (!isHeld && !holds.lapsed.has(sequence)) return inverse;
  return apply(account, { kind: 'lapsed', lot: sequence, totals: isHeld ? totals : null }, inverse);
}

/** Moves the points from the pending lot to one that can be spent, with the same key and end. */
function beginningChanges({ pending }: Account, row: BeginningRow): Change[] {
  const { payer, timestamp, sequence, points } = row;
  const known = pending.at(sequence);
  invariant(known !== null, 'a pending lot begins');
  const lot = { payer, timestamp, sequence, points };
  return [
    { kind: 'take', lot, availableFrom: known.availableFrom },
    { kind: 'give', lot: withEnd(lot, endOf(known)), availableFrom: null },
  ];
}

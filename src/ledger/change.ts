import type { Account } from './account';
import type { Allocation } from './entry';
import { broken, unreachable } from './invariant';
import type { LapseTotals } from './lapse-entry';
import { never } from './lot-ends';
import type { OpenHold } from './open-hold';
import type { PayerExpiry, PayerLots } from './payer-lots';

/** Undoes one `evolve`. Undos are called in the reverse order of their evolves. */
export type Undo = () => void;

/**
 * What an entry does to an account is a list of these: points are taken from a lot or given to one,
 * the floating debits of a payer grow or shrink, and holds have the points that are taken for them
 * until they are freed.
 */
export type Change = LotChange | DebitChange | HoldChange | LapsedChange;

export interface LotChange {
  readonly kind: 'take' | 'give';
  readonly lot: Allocation;
  /** When a pending lot begins; null for one that can be spent. */
  readonly availableFrom: number | null;
}

interface DebitChange {
  readonly kind: 'debit';
  readonly payer: string;
  /** Negative lifts or settles debits. */
  readonly points: number;
}

export interface HoldChange {
  readonly kind: 'hold' | 'free';
  readonly hold: OpenHold;
  /** In the order in which the hold took them: they go before those that it has. */
  readonly lots: readonly Allocation[];
}

/** Remembers what lapsed of a lot while points of it are held, or forgets it. */
interface LapsedChange {
  readonly kind: 'lapsed';
  /** The sequence of the lot. */
  readonly lot: number;
  readonly totals: LapseTotals | null;
}

/** Makes a change, in place, and returns the one that undoes it. O(log n + log P). */
export function make(account: Account, change: Change): Change {
  switch (change.kind) {
    case 'take':
    case 'give':
      return moveLot(account, change);
    case 'debit':
      return debit(account, change);
    case 'hold':
    case 'free':
      return changeHolds(account, change);
    case 'lapsed':
      return remember(account, change);
    default:
      return unreachable(change);
  }
}

function moveLot(account: Account, change: LotChange): LotChange {
  const { kind } = change;
  if (change.availableFrom !== null) return movePending(account, change, change.availableFrom);
  const payer = payerOf(account, change.lot.payer);
  const end = moveOpen(account, payer, change.lot, kind === 'give' ? 1 : -1);
  return { kind: opposite(kind), lot: withEnd(change.lot, end), availableFrom: null };
}

/** Makes all changes and returns those that undo them, in the order in which they must be made. */
export function makeAll(account: Account, changes: readonly Change[]): Change[] {
  return changes.map((change) => make(account, change)).reverse();
}

export function payerOf(account: Account, name: string): PayerLots {
  const payer = account.payers.get(name);
  if (payer === undefined) broken(`account ${account.id} has no payer ${name}`);
  return payer;
}

/** Updates the account's sums and the orders of its payers after a change of one payer. */
export function count(account: Account, payer: PayerLots, points: number, unspent: number): void {
  account.points += points;
  account.unspent += unspent;
  account.order.update(payer);
  if (payer.expiry !== null) updateExpiry(account, payer, payer.expiry);
}

/** Moves a payer to where its next lot to expire belongs. */
function updateExpiry(account: Account, payer: PayerLots, expiry: PayerExpiry): void {
  const first = payer.firstEnd;
  if (first[0] === never) account.expiries.remove(expiry);
  else account.expiries.set(expiry, first[0], first[1]);
}

function debit(account: Account, { kind, payer: name, points }: DebitChange): Change {
  const payer = payerOf(account, name);
  payer.debit(points);
  count(account, payer, -points, 0);
  return { kind, payer: name, points: 0 - points };
}

/**
 * Takes the points of an allocation from its lot (-1), or gives them to it (1).
 * @returns when the lot expires.
 */
function moveOpen(account: Account, payer: PayerLots, lot: Allocation, sign: 1 | -1): number {
  const { points } = lot;
  const lotsBefore = payer.lots.size;
  let end = endOf(lot);
  if (sign < 0) end = payer.take(lot, points);
  else payer.give(lot.timestamp, lot.sequence, points, end);
  account.lotCount += payer.lots.size - lotsBefore;
  count(account, payer, sign * points, sign * points);
  return end;
}

/** Moves pending points, which are in no balance, and on which no payer's order depends. */
function movePending(account: Account, change: LotChange, availableFrom: number): LotChange {
  const { lot } = change;
  const payer = payerOf(account, lot.payer);
  const points = change.kind === 'give' ? lot.points : -lot.points;
  const lotsBefore = account.pending.size;
  let end = endOf(lot);
  if (change.kind === 'give') account.pending.give(lot, availableFrom);
  else end = account.pending.take(lot).expiresAt ?? never;
  account.lotCount += account.pending.size - lotsBefore;
  account.unspent += points;
  payer.pending += points;
  return { kind: opposite(change.kind), lot: withEnd(lot, end), availableFrom };
}

function changeHolds(account: Account, { kind, hold, lots }: HoldChange): HoldChange {
  moveHeld(account, hold, lots, kind === 'hold' ? 1 : -1);
  return { kind: kind === 'hold' ? 'free' : 'hold', hold, lots };
}

/**
 * Puts points into a hold (1), which opens if it has none, or takes them from it (-1). They are in
 * no balance, and no payer's order depends on them. O(lots + log holds).
 */
export function moveHeld(
  account: Account,
  hold: OpenHold,
  lots: readonly Allocation[],
  sign: 1 | -1,
): void {
  moveHold(account, hold, lots, sign);
  countAllHeld(account, lots, sign);
}

/** Adds the points of lots to what holds have (1), or subtracts them (-1). O(lots). */
export function countAllHeld(account: Account, lots: readonly Allocation[], sign: 1 | -1): void {
  for (let index = 0; index < lots.length; index += 1) {
    const { payer, points } = lots[index]!;
    countHeld(account, payerOf(account, payer), sign * points);
  }
}

/** Moves points as `moveHeld` does, but not the sums of them. O(lots + log holds). */
export function moveHold(
  account: Account,
  hold: OpenHold,
  lots: readonly Allocation[],
  sign: 1 | -1,
): void {
  const holds = account.ownHolds();
  if (sign > 0) holds.put(hold, lots);
  else holds.take(hold, lots);
  account.holdsEnd = holds.firstEnd;
}

/** Adds points to what holds have of a payer, and of the account. */
export function countHeld(account: Account, payer: PayerLots, points: number): void {
  account.held += points;
  payer.held += points;
}

function remember(account: Account, { kind, lot, totals }: LapsedChange): LapsedChange {
  const { lapsed } = account.ownHolds();
  const before = lapsed.get(lot) ?? null;
  if (totals === null) lapsed.delete(lot);
  else lapsed.set(lot, totals);
  return { kind, lot, totals: before };
}

function opposite(kind: LotChange['kind']): LotChange['kind'] {
  return kind === 'give' ? 'take' : 'give';
}

export function endOf({ expiresAt }: Pick<Allocation, 'expiresAt'>): number {
  return expiresAt ?? never;
}

/** Returns the allocation with the lot's end, if it has one. */
export function withEnd(lot: Allocation, end: number): Allocation {
  if (end === never) return lot;
  const { payer, timestamp, sequence, points } = lot;
  return { payer, timestamp, sequence, points, expiresAt: end };
}

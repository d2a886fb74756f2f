import type { Account } from './account';
import type { Allocation } from './entry';
import { broken } from './invariant';
import { never } from './lot-ends';
import type { PayerExpiry, PayerLots } from './payer-lots';

/** Undoes one `evolve`. Undos are called in the reverse order of their evolves. */
export type Undo = () => void;

/**
 * What an entry does to an account is a list of these: points are taken from a lot or given to one,
 * and the floating debits of a payer grow or shrink.
 */
export type Change = LotChange | DebitChange;

export interface LotChange {
  readonly kind: 'take' | 'give';
  readonly lot: Allocation;
  /** When a pending lot begins; null for one that can be spent. */
  readonly availableFrom: number | null;
}

export interface DebitChange {
  readonly kind: 'debit';
  readonly payer: string;
  /** Negative lifts or settles debits. */
  readonly points: number;
}

/** Makes a change, in place, and returns the one that undoes it. O(log n + log P). */
export function make(account: Account, change: Change): Change {
  const { kind } = change;
  if (kind === 'debit') return debit(account, change);
  if (change.availableFrom !== null) return movePending(account, change, change.availableFrom);
  const payer = payerOf(account, change.lot.payer);
  const end = kind === 'give' ? endOf(change.lot) : payer.lotAt(change.lot).end;
  moveLot(account, payer, change.lot, kind === 'give' ? 1 : -1, end);
  return { ...opposite(change), lot: withEnd(change.lot, end) };
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
export function count(
  account: Account,
  payer: PayerLots,
  points: number,
  openPoints: number,
): void {
  account.points += points;
  account.openPoints += openPoints;
  account.order.update(payer);
  if (payer.expiry !== null) updateExpiry(account, payer, payer.expiry);
}

/** Moves a payer to where its next lot to expire belongs. */
function updateExpiry(account: Account, payer: PayerLots, expiry: PayerExpiry): void {
  const [end, sequence] = payer.firstEnd;
  if (end === never) account.expiries.remove(expiry);
  else account.expiries.set(expiry, end, sequence);
}

function debit(account: Account, { kind, payer: name, points }: DebitChange): Change {
  const payer = payerOf(account, name);
  payer.debit(points);
  count(account, payer, -points, 0);
  return { kind, payer: name, points: 0 - points };
}

/** Takes the points of an allocation from its lot (-1), or gives them to it (1). */
function moveLot(
  account: Account,
  payer: PayerLots,
  lot: Allocation,
  sign: 1 | -1,
  end: number,
): void {
  const { points } = lot;
  const lotsBefore = payer.lots.size;
  if (sign < 0) payer.take(lot, points);
  else payer.give(lot.timestamp, lot.sequence, points, end);
  account.lotCount += payer.lots.size - lotsBefore;
  count(account, payer, sign * points, sign * points);
}

/** Pending points are in no balance, and no payer's order depends on them. */
function movePending(account: Account, change: LotChange, availableFrom: number): Change {
  const { lot } = change;
  const payer = payerOf(account, lot.payer);
  const points = change.kind === 'give' ? lot.points : -lot.points;
  const lotsBefore = account.pending.size;
  let end = endOf(lot);
  if (change.kind === 'give') account.pending.give(lot, availableFrom);
  else end = account.pending.take(lot).expiresAt ?? never;
  account.lotCount += account.pending.size - lotsBefore;
  account.openPoints += points;
  payer.pending += points;
  return { ...opposite(change), lot: withEnd(lot, end) };
}

function opposite(change: LotChange): LotChange {
  return { ...change, kind: change.kind === 'give' ? 'take' : 'give' };
}

export function endOf({ expiresAt }: Pick<Allocation, 'expiresAt'>): number {
  return expiresAt ?? never;
}

/** Returns the allocation with the lot's end, if it has one. */
export function withEnd(lot: Allocation, end: number): Allocation {
  return end === never ? lot : { ...lot, expiresAt: end };
}

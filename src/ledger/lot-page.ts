import type { Account } from './account';
import type { LotKey } from './entry';
import { never } from './lot-ends';
import { nextLot, previousLot } from './lot-node';
import { compareKeys, LotWalk, Walker } from './lot-walk';
import type { PayerLots } from './payer-lots';

/** A lot with points that are neither spent nor covered by a debit. */
export interface OpenLot extends LotKey {
  readonly payer: string;
  /** Greater than zero. */
  readonly remaining: number;
  /** When the points expire; absent if they never do. */
  readonly expiresAt?: number;
}

export interface LotRange {
  /** Bounds, both exclusive; null for none. They need not be keys of lots that are still open. */
  readonly after: LotKey | null;
  readonly before: LotKey | null;
  /**
   * The end of the range from which `limit` lots are taken. The page is in spending order anyway.
   */
  readonly from: 'start' | 'end';
  readonly limit: number;
}

export interface LotPage {
  /** The next to be spent first. */
  readonly lots: readonly OpenLot[];
  /**
   * True if lots exist before the first of the page, and after its last; if empty, beside its
   * range.
   */
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/**
 * Returns lots that can be spent, in spending order. O((limit + P) log n) for P payers and n lots.
 */
export function lotPage(account: Account, range: LotRange): LotPage {
  return range.from === 'start' ? pageFromStart(account, range) : pageFromEnd(account, range);
}

function pageFromStart(account: Account, { after, before, limit }: LotRange): LotPage {
  const { items: payers } = account.order;
  const walk = LotWalk.from(
    payers.map((payer) => walkerAfter(payer, after)),
    1,
  );
  const lots = take(walk, limit, (lot) => before === null || compareKeys(lot, before) < 0);
  const edge = lots.at(0);
  return {
    lots,
    hasPrevious: payers.some((payer) => {
      const first = new Walker(payer, payer.leaf, payer.index);
      return edge !== undefined ? compareKeys(first, edge) < 0 : isUpTo(first, after);
    }),
    hasNext: walk.current !== null,
  };
}

function pageFromEnd(account: Account, { after, before, limit }: LotRange): LotPage {
  const { items: payers } = account.order;
  const walk = LotWalk.from(
    payers.map((payer) => walkerBefore(payer, before)),
    -1,
  );
  const lots = take(walk, limit, (lot) => !isUpTo(lot, after)).reverse();
  const edge = lots.at(-1);
  return {
    lots,
    hasPrevious: walk.current !== null,
    hasNext: payers.some((payer) => {
      const last = walkerBefore(payer, null);
      return edge !== undefined ? compareKeys(last, edge) > 0 : isFrom(last, before);
    }),
  };
}

function take(walk: LotWalk, limit: number, isInside: (lot: LotKey) => boolean): OpenLot[] {
  const lots: OpenLot[] = [];
  for (; lots.length < limit && walk.current !== null; walk.advance()) {
    if (!isInside(walk.current)) break;
    const { payer, timestamp, sequence, remaining, end } = walk.current;
    const lot = { payer, timestamp, sequence, remaining };
    lots.push(end === never ? lot : { ...lot, expiresAt: end });
  }
  return lots;
}

/** Begins at the payer's first lot after the key. */
function walkerAfter(payer: PayerLots, after: LotKey | null): Walker {
  const walker = new Walker(payer, payer.leaf, payer.index);
  if (after !== null && isUpTo(walker, after)) {
    payer.lots.seekKey(after, walker);
    nextLot(walker);
  }
  return walker;
}

/** Begins at the payer's last lot before the key; at none if debits cover all lots there. */
function walkerBefore(payer: PayerLots, before: LotKey | null): Walker {
  const first = new Walker(payer, payer.leaf, payer.index);
  const walker = new Walker(payer, null, 0);
  if (before === null) payer.lots.seekLast(walker);
  else if (compareKeys(first, before) < 0) {
    payer.lots.seekKey(before, walker);
    if (compareKeys(walker, before) === 0) previousLot(walker);
  }
  return walker;
}

function isUpTo(lot: LotKey, key: LotKey | null): boolean {
  return key !== null && compareKeys(lot, key) <= 0;
}

function isFrom(lot: LotKey, key: LotKey | null): boolean {
  return key !== null && compareKeys(lot, key) >= 0;
}

import type { Account } from './account';
import type { LotKey } from './entry';
import { type LotPlace, nextLot, previousLot, sequenceAt, timestampAt } from './lot-node';
import type { LotTree } from './lot-tree';
import { compareKeys } from './lot-walk';
import { beginningOf, type PendingLot } from './pending-lots';
import { type PageRange, type WalkedPage, walkedPage } from './walked-page';

/**
 * Returns lots that begin later, the next to begin first, and then by sequence: the timestamps of
 * the range are instants at which lots begin. O(limit + log n).
 */
export function pendingPage(
  { pending }: Account,
  range: PageRange<LotKey>,
): WalkedPage<PendingLot> {
  const order = {
    walk: (step: 1 | -1, from: LotKey | null) => {
      const sequences = sequencesFrom(pending.order, step, from);
      return () => {
        const sequence = sequences();
        return sequence === null ? null : pending.at(sequence);
      };
    },
    keyOf: beginningOf,
    compare: compareKeys,
  };
  return walkedPage(order, range);
}

function sequencesFrom(tree: LotTree, step: 1 | -1, from: LotKey | null): () => number | null {
  const place = step === 1 ? placeAfter(tree, from) : placeBefore(tree, from);
  return () => {
    if (place.leaf === null) return null;
    const sequence = sequenceAt(place.leaf, place.index);
    if (step === 1) nextLot(place);
    else previousLot(place);
    return sequence;
  };
}

function placeAfter(tree: LotTree, key: LotKey | null): LotPlace {
  const { firstLeaf } = tree;
  const place: LotPlace = { leaf: firstLeaf.rows.length > 0 ? firstLeaf : null, index: 0 };
  if (place.leaf === null || key === null || !isUpTo(place, key)) return place;
  tree.seekKey(key, place);
  nextLot(place);
  return place;
}

function placeBefore(tree: LotTree, key: LotKey | null): LotPlace {
  const place: LotPlace = { leaf: null, index: 0 };
  if (key === null) tree.seekLast(place);
  else {
    tree.seekKey(key, place);
    if (place.leaf !== null && compareKeys(keyAt(place), key) === 0) previousLot(place);
  }
  return place;
}

function isUpTo(place: LotPlace, key: LotKey): boolean {
  return compareKeys(keyAt(place), key) <= 0;
}

function keyAt({ leaf, index }: LotPlace): LotKey {
  return { timestamp: timestampAt(leaf!, index), sequence: sequenceAt(leaf!, index) };
}

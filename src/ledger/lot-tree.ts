import type { LotKey } from './entry';
import { invariant } from './invariant';
import {
  endsAbove,
  extendEnds,
  insertEnd,
  insertEnds,
  never,
  reduceEnds,
  removeEnd,
  setEnds,
  splitEnds,
} from './lot-ends';
import { join, joins, removeChild } from './lot-join';
import {
  adopt,
  descend,
  innerRowsMax,
  insertRow,
  isAt,
  type LotNode,
  type LotPlace,
  lastUpTo,
  leafRowsMax,
  nodeOf,
  previousLot,
  removeRow,
  row,
  sumOf,
} from './lot-node';

/**
 * The unspent lots of one payer in the order of spending: a B+tree in plain arrays of numbers.
 * Each child has the sum of its points beside it, so that the first lot after a given amount is
 * found in one descent.
 */
export class LotTree {
  root = nodeOf([], null, null);
  /** The points of all lots. */
  sum = 0;
  /** The number of lots. */
  size = 0;

  /**
   * Adds points to the lot at this key; opens it if there is none. O(log n).
   * @param end when the lot expires; `never` if it does not.
   * @returns true if lots moved to other leaves.
   */
  add(timestamp: number, sequence: number, points: number, end: number): boolean {
    this.sum += points;
    const leaf = descend(this.root, timestamp, sequence, points);
    const index = lastUpTo(leaf.rows, timestamp, sequence);
    if (index >= 0 && isAt(leaf.rows, index, timestamp, sequence)) {
      leaf.rows[index * row + 2]! += points;
      return false;
    }
    this.size += 1;
    insertRow(leaf.rows, index + 1, timestamp, sequence, points);
    if (end !== never || leaf.ends !== null) {
      insertEnd(leaf, index + 1, end);
      extendEnds(leaf, end, sequence);
    }
    if (leaf.rows.length <= leafRowsMax * row) return false;
    this.split(leaf, index + 1);
    return true;
  }

  /**
   * Takes points from the lot at this place; a lot without points is removed, and the place is then
   * that of the next lot of the leaf. O(log n).
   * @returns true if lots moved to other leaves.
   */
  take(leaf: LotNode, index: number, points: number): boolean {
    this.sum -= points;
    const left = leaf.rows[index * row + 2]! - points;
    leaf.rows[index * row + 2] = left;
    invariant(left >= 0, 'a lot cannot pay more than it has');
    for (let node = leaf; node.parent !== null; node = node.parent) {
      node.parent.rows[node.place * row + 2]! -= points;
    }
    if (left > 0) return false;
    this.size -= 1;
    const sequence = leaf.rows[index * row + 1]!;
    removeRow(leaf.rows, index);
    const end = removeEnd(leaf, index);
    if (end !== never) reduceEnds(leaf, end, sequence);
    return this.rebalance(leaf);
  }

  /**
   * Moves the place to the first lot that this many points, covering the oldest lots, do not cover
   * fully. Requires points < sum. O(log n).
   * @returns the points that cover that lot.
   */
  seekPoints(points: number, place: LotPlace): number {
    let rest = points;
    let node = this.root;
    for (;;) {
      const { rows, children } = node;
      let index = 0;
      for (; rest >= rows[index * row + 2]!; index += 1) rest -= rows[index * row + 2]!;
      if (children === null) {
        place.leaf = node;
        place.index = index;
        return rest;
      }
      node = children[index]!;
    }
  }

  /**
   * Moves the place to the last lot at or before the key; its leaf is null if there is none.
   * O(log n).
   */
  seekKey(key: LotKey, place: LotPlace): void {
    const leaf = descend(this.root, key.timestamp, key.sequence, 0);
    place.leaf = leaf;
    place.index = lastUpTo(leaf.rows, key.timestamp, key.sequence);
    if (place.index < 0) {
      place.index = 0;
      previousLot(place);
    }
  }

  /** Returns the points of the lots before a place. O(log n). */
  pointsBefore(leaf: LotNode, index: number): number {
    let sum = sumOf(leaf, index);
    for (let node = leaf; node.parent !== null; node = node.parent) {
      sum += sumOf(node.parent, node.place);
    }
    return sum;
  }

  /** The leaf of the first lot. O(log n). */
  get firstLeaf(): LotNode {
    let node = this.root;
    while (node.children !== null) node = node.children[0]!;
    return node;
  }

  /** Moves the place to the last lot; its leaf is null if there is none. O(log n). */
  seekLast(place: LotPlace): void {
    this.seekKey({ timestamp: Number.POSITIVE_INFINITY, sequence: 0 }, place);
  }

  /**
   * Splits a node that has grown too large, and its parents. One that grew at its end keeps its
   * rows, since lots mostly arrive in order.
   */
  private split(full: LotNode, grownAt: number): void {
    const count = full.rows.length / row;
    const at = grownAt === count - 1 ? grownAt : count >> 1;
    const children = full.children === null ? null : full.children.splice(at);
    const right = nodeOf(full.rows.splice(at * row), children, splitEnds(full, at));
    const parent = full.parent ?? this.growRoot(full);
    const { place } = full;
    const rightSum = sumOf(right);
    parent.rows[place * row + 2]! -= rightSum;
    insertRow(parent.rows, place + 1, right.rows[0]!, right.rows[1]!, rightSum);
    parent.children?.splice(place + 1, 0, right);
    adopt(parent, place + 1);
    if (parent.ends !== null) {
      insertEnds(parent, place + 1);
      setEnds(parent, place);
    }
    if (parent.rows.length > innerRowsMax * row) this.split(parent, place + 1);
  }

  private growRoot(node: LotNode): LotNode {
    const rows = [node.rows[0]!, node.rows[1]!, this.sum];
    this.root = nodeOf(rows, [node], endsAbove(node));
    return this.root;
  }

  /** Removes an empty node or joins a sparse one with a neighbour, and does so with its parents. */
  private rebalance(node: LotNode): boolean {
    const { parent } = node;
    if (parent === null) return this.shrinkRoot();
    const max = node.children === null ? leafRowsMax : innerRowsMax;
    const count = node.rows.length / row;
    if (count > max / 4) return false;
    const { place } = node;
    if (count === 0) removeChild(parent, place);
    else if (joins(parent, place - 1, max)) join(parent, place - 1);
    else if (joins(parent, place, max)) join(parent, place);
    else return false;
    this.rebalance(parent);
    return true;
  }

  private shrinkRoot(): boolean {
    const { children } = this.root;
    if (children === null) return false;
    if (children.length === 1) {
      this.root = children[0]!;
      this.root.parent = null;
      this.root.place = 0;
      return this.shrinkRoot();
    }
    if (children.length === 0) this.root = nodeOf([], null, null);
    return true;
  }
}

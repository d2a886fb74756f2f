import type { LotKey } from './entry';
import { invariant } from './invariant';

/**
 * Lots of a leaf and children of an inner node: the sizes that measured best among five structures.
 */
export const leafRowsMax = 64;
export const innerRowsMax = 32;

/** Numbers per row. */
export const row = 3;

export interface LotNode {
  /**
   * Rows of three numbers. Of a leaf: timestamp, sequence and unspent points of each lot. Of an
   * inner node: a key at or before the first one of each child and after all of its left neighbour,
   * and the sum of its points.
   */
  readonly rows: number[];
  readonly children: LotNode[] | null;
  /** When the lots expire; null while no lot below has had an end. */
  ends: number[] | null;
  parent: LotNode | null;
  /** Which child of its parent this is. */
  place: number;
  /** The row that expired first when it was looked for last. Rows may have moved since. */
  soonest: number;
}

/** Returns the root of a tree: a leaf, or a node above these children. */
export function nodeOf(rows: number[], children: LotNode[] | null, ends: number[] | null): LotNode {
  const node: LotNode = { rows, children, ends, parent: null, place: 0, soonest: 0 };
  adopt(node, 0);
  return node;
}

/** The place of a lot. It is valid until lots move. */
export interface LotPlace {
  leaf: LotNode | null;
  index: number;
}

export function timestampAt(leaf: LotNode, index: number): number {
  return leaf.rows[index * row]!;
}

export function sequenceAt(leaf: LotNode, index: number): number {
  return leaf.rows[index * row + 1]!;
}

export function pointsAt(leaf: LotNode, index: number): number {
  return leaf.rows[index * row + 2]!;
}

/** True if another lot follows in the same leaf. */
export function hasLotAt(leaf: LotNode, index: number): boolean {
  return index * row < leaf.rows.length;
}

/** True if the lot at this place has this key. A leaf that left the tree has no lots. */
export function isLotAt(leaf: LotNode, index: number, key: LotKey): boolean {
  return (
    hasLotAt(leaf, index) &&
    sequenceAt(leaf, index) === key.sequence &&
    timestampAt(leaf, index) === key.timestamp
  );
}

/**
 * True if a lot is spent before another one. Compares in place: a spend of many lots does so often.
 */
export function comesBefore(
  leaf: LotNode,
  index: number,
  otherLeaf: LotNode,
  otherIndex: number,
): boolean {
  const at = timestampAt(leaf, index);
  const other = timestampAt(otherLeaf, otherIndex);
  if (at !== other) return at < other;
  return sequenceAt(leaf, index) < sequenceAt(otherLeaf, otherIndex);
}

/** Moves to the next lot in order; the leaf becomes null after the last. O(1) amortized. */
export function nextLot(place: LotPlace): void {
  invariant(place.leaf !== null, 'no lot follows none');
  place.index += 1;
  if (hasLotAt(place.leaf, place.index)) return;
  place.leaf = neighbour(place.leaf, 1);
  place.index = 0;
}

/** Moves to the lot before in order; the leaf becomes null before the first. O(1) amortized. */
export function previousLot(place: LotPlace): void {
  invariant(place.leaf !== null, 'no lot precedes none');
  if (place.index > 0) {
    place.index -= 1;
    return;
  }
  place.leaf = neighbour(place.leaf, -1);
  place.index = place.leaf === null ? 0 : place.leaf.rows.length / row - 1;
}

function neighbour(from: LotNode, step: 1 | -1): LotNode | null {
  let node = from;
  while (node.parent !== null) {
    const { children } = node.parent;
    let sibling: LotNode | undefined = children?.[node.place + step];
    if (sibling !== undefined) {
      while (sibling.children !== null) sibling = sibling.children.at(step === 1 ? 0 : -1)!;
      return sibling;
    }
    node = node.parent;
  }
  return null;
}

/** Descends to the leaf where the key belongs and adds the points to every sum on the path. */
export function descend(
  root: LotNode,
  timestamp: number,
  sequence: number,
  points: number,
): LotNode {
  let node = root;
  while (node.children !== null) {
    const { rows } = node;
    let child = lastUpTo(rows, timestamp, sequence);
    if (child < 0) {
      child = 0;
      if (points !== 0) {
        rows[0] = timestamp;
        rows[1] = sequence;
      }
    }
    rows[child * row + 2]! += points;
    node = node.children[child]!;
  }
  return node;
}

/**
 * Returns the last row whose key is at or before this one, or -1. The last row is tried first,
 * since lots mostly arrive in order.
 */
export function lastUpTo(rows: number[], timestamp: number, sequence: number): number {
  let high = rows.length / row - 1;
  if (high < 0 || !isAfter(rows, high, timestamp, sequence)) return high;
  let low = -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isAfter(rows, middle, timestamp, sequence)) high = middle;
    else low = middle;
  }
  return low;
}

function isAfter(rows: number[], index: number, timestamp: number, sequence: number): boolean {
  const at = index * row;
  return rows[at]! > timestamp || (rows[at] === timestamp && rows[at + 1]! > sequence);
}

export function isAt(rows: number[], index: number, timestamp: number, sequence: number): boolean {
  return rows[index * row] === timestamp && rows[index * row + 1] === sequence;
}

export function insertRow(
  rows: number[],
  index: number,
  timestamp: number,
  sequence: number,
  points: number,
): void {
  if (index * row === rows.length) rows.push(timestamp, sequence, points);
  else rows.splice(index * row, 0, timestamp, sequence, points);
}

export function removeRow(rows: number[], index: number): void {
  rows.splice(index * row, row);
}

/** Tells the children from this place on whose they are, and at which place. */
export function adopt(parent: LotNode, from: number): void {
  const { children } = parent;
  if (children === null) return;
  for (let place = from; place < children.length; place += 1) {
    const child = children[place]!;
    child.parent = parent;
    child.place = place;
  }
}

/** Returns the points of a node's first rows. */
export function sumOf(node: LotNode, count = node.rows.length / row): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += node.rows[index * row + 2]!;
  return sum;
}

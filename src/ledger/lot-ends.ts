import { type LotNode, type LotPlace, row } from './lot-node';

/**
 * When the lots of a tree expire. A leaf has one instant per lot. An inner node has three numbers
 * per child: the first instant below it, the least sequence of the lots that expire then, and the
 * last instant below it. A node has the numbers only once a lot with an end was below it.
 */
export const never = Number.POSITIVE_INFINITY;

/** The ends below a node, as its parent stores them. */
type Ends = readonly [first: number, sequence: number, last: number];

const noEnds: Ends = [never, never, Number.NEGATIVE_INFINITY];
const innerWidth = 3;

/** Returns when the lot expires; `never` if it does not. */
export function endAt(leaf: LotNode, index: number): number {
  return leaf.ends === null ? never : leaf.ends[index]!;
}

/** Makes a place for a lot that was inserted into a leaf, and stores its end if it has one. */
export function insertEnd(leaf: LotNode, index: number, end: number): void {
  if (leaf.ends === null) {
    if (end === never) return;
    // The row itself is counted already.
    leaf.ends = new Array(leaf.rows.length / row - 1).fill(never);
  }
  leaf.ends.splice(index, 0, end);
}

/** Makes a place for a child that was inserted, and stores the ends below it. */
export function insertEnds(parent: LotNode, index: number): void {
  parent.ends?.splice(index * innerWidth, 0, ...endsOf(parent.children![index]!));
}

/** Returns the numbers of a node whose only child has ends. */
export function endsAbove(child: LotNode): number[] | null {
  return child.ends === null ? null : [...endsOf(child)];
}

/** Removes the end of a row, or the first end below it, and returns it. */
export function removeEnd(node: LotNode, index: number): number {
  if (node.ends === null) return never;
  const width = widthOf(node);
  return node.ends.splice(index * width, width)[0]!;
}

/** Moves the ends from a row on to the node on the right. */
export function splitEnds(left: LotNode, at: number): number[] | null {
  return left.ends === null ? null : left.ends.splice(at * widthOf(left));
}

/** Appends the ends of a node to those of its left neighbour. Called before the rows move. */
export function joinEnds(left: LotNode, right: LotNode): void {
  if (left.ends === null && right.ends === null) return;
  left.ends ??= withoutEnds(left);
  left.ends.push(...(right.ends ?? withoutEnds(right)));
}

function withoutEnds(node: LotNode): number[] {
  const { length } = node.rows;
  if (node.children === null) return new Array(length / row).fill(never);
  return Array.from({ length: length / row }, () => noEnds).flat();
}

/** Extends the ends above a leaf to that of a lot that was added. O(log n). */
export function extendEnds(leaf: LotNode, end: number, sequence: number): void {
  if (end === never) return;
  for (let node = leaf; node.parent !== null; node = node.parent) {
    const { parent } = node;
    parent.ends ??= withoutEnds(parent);
    if (!extendRow(parent.ends, node.place * innerWidth, end, sequence)) return;
  }
}

function extendRow(ends: number[], at: number, end: number, sequence: number): boolean {
  const isFirst = comesFirst(end, sequence, ends[at]!, ends[at + 1]!);
  const isLast = end > ends[at + 2]!;
  if (isFirst) {
    ends[at] = end;
    ends[at + 1] = sequence;
  }
  if (isLast) ends[at + 2] = end;
  return isFirst || isLast;
}

/**
 * Computes the ends above a leaf again after this lot was removed from it. Those above a node in
 * which other lots are the first and the last to expire are up to date. O(log n).
 */
export function reduceEnds(leaf: LotNode, end: number, sequence: number): void {
  let isFirst = true;
  let isLast = true;
  for (let node = leaf; node.parent !== null && (isFirst || isLast); node = node.parent) {
    const at = node.place * innerWidth;
    const ends = node.parent.ends!;
    isFirst &&= ends[at] === end && ends[at + 1] === sequence;
    if (isFirst) setFirst(ends, at, node);
    isLast &&= ends[at + 2] === end;
    if (isLast) {
      ends[at + 2] = lastEnd(node);
      isLast = ends[at + 2] !== end;
    }
  }
}

/** Stores in a node the ends below its child at this place. */
export function setEnds(parent: LotNode, place: number): void {
  const ends = parent.ends!;
  const child = parent.children![place]!;
  setFirst(ends, place * innerWidth, child);
  ends[place * innerWidth + 2] = lastEnd(child);
}

function setFirst(ends: number[], at: number, child: LotNode): void {
  const index = firstEndRow(child);
  child.soonest = index;
  ends[at] = index < 0 ? never : endOfRow(child, index);
  ends[at + 1] = index < 0 ? never : sequenceOfRow(child, index);
}

function endsOf(node: LotNode): Ends {
  const [first, sequence] = firstEnd(node);
  return first === never ? noEnds : [first, sequence, lastEnd(node)];
}

/** Returns the first and the last end below the child at this place. */
export function endsBelow(parent: LotNode, place: number): readonly [first: number, last: number] {
  const { ends } = parent;
  if (ends === null) return [noEnds[0], noEnds[2]];
  return [ends[place * innerWidth]!, ends[place * innerWidth + 2]!];
}

/** Returns when the last lot of a node that has an end expires; -Infinity if none has. */
export function lastEnd(node: LotNode): number {
  let last = Number.NEGATIVE_INFINITY;
  const { ends } = node;
  if (ends === null) return last;
  const isLeaf = node.children === null;
  for (let at = isLeaf ? 0 : 2; at < ends.length; at += isLeaf ? 1 : innerWidth) {
    const end = ends[at]!;
    if (end > last && end !== never) last = end;
  }
  return last;
}

/** Returns when the first lot of a node expires, and the least sequence of those that do then. */
export function firstEnd(node: LotNode): readonly [end: number, sequence: number] {
  const index = firstEndRow(node);
  return index < 0 ? noEnd : [endOfRow(node, index), sequenceOfRow(node, index)];
}

/** Moves the place to the lot that expires first. Requires that one does. O(log n). */
export function seekFirstEnd(root: LotNode, place: LotPlace): void {
  let node = root;
  let index = firstEndRow(node);
  while (node.children !== null) {
    const end = endOfRow(node, index);
    const sequence = sequenceOfRow(node, index);
    node = node.children[index]!;
    index = rowWith(node, end, sequence);
  }
  place.leaf = node;
  place.index = index;
}

/**
 * Returns the row that expires first, as its node's parent knows it: nothing is to be compared.
 * Mostly no row has moved since it was looked for.
 */
function rowWith(node: LotNode, end: number, sequence: number): number {
  const { soonest, rows } = node;
  const isRow = soonest >= 0 && soonest * row < rows.length;
  return isRow && sequenceOfRow(node, soonest) === sequence
    ? soonest
    : searchRow(node, end, sequence);
}

function searchRow(node: LotNode, end: number, sequence: number): number {
  const ends = node.ends!;
  const isLeaf = node.children === null;
  let index = isLeaf ? ends.indexOf(end) : 0;
  while (sequenceOfRow(node, index) !== sequence) {
    index = isLeaf ? ends.indexOf(end, index + 1) : index + 1;
  }
  return index;
}

const noEnd = [never, never] as const;

/** Returns the row that expires first, or -1 if none does. On the path of every dated lot. */
function firstEndRow({ ends, rows, children }: LotNode): number {
  if (ends === null) return -1;
  return children === null ? firstOfLeaf(ends, rows) : firstOfInner(ends);
}

function firstOfLeaf(ends: readonly number[], rows: readonly number[]): number {
  let first = -1;
  let end = never;
  for (let index = 0; index < ends.length; index += 1) {
    const other = ends[index]!;
    if (other > end || other === never) continue;
    if (other === end && rows[index * row + 1]! > rows[first * row + 1]!) continue;
    first = index;
    end = other;
  }
  return first;
}

function firstOfInner(ends: readonly number[]): number {
  let first = -1;
  let end = never;
  for (let index = 0; index * innerWidth < ends.length; index += 1) {
    const at = index * innerWidth;
    const other = ends[at]!;
    if (other > end || other === never) continue;
    if (other === end && ends[at + 1]! > ends[first * innerWidth + 1]!) continue;
    first = index;
    end = other;
  }
  return first;
}

function endOfRow(node: LotNode, index: number): number {
  return node.ends![index * widthOf(node)]!;
}

function sequenceOfRow(node: LotNode, index: number): number {
  return node.children === null ? node.rows[index * row + 1]! : node.ends![index * innerWidth + 1]!;
}

function comesFirst(end: number, sequence: number, other: number, otherSequence: number): boolean {
  return end < other || (end === other && sequence < otherSequence);
}

/** Returns the numbers per row. */
function widthOf(node: LotNode): number {
  return node.children === null ? 1 : innerWidth;
}

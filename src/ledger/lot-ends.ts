import { type LotNode, type LotPlace, placeIn, row } from './lot-node';

/**
 * When the lots of a tree expire. A leaf has one instant per lot. An inner node has two numbers per
 * child: the first instant below it, and the least sequence of the lots that expire then. A node
 * has the numbers only once a lot with an end was below it.
 */
export const never = Number.POSITIVE_INFINITY;

/** Returns when the lot expires; `never` if it does not. */
export function endAt(leaf: LotNode, index: number): number {
  return leaf.ends === null ? never : leaf.ends[index]!;
}

/** Makes a place for a row that was inserted, and stores its end if it has one. */
export function insertEnd(node: LotNode, index: number, end: number, sequence: number): void {
  if (node.ends === null) {
    if (end === never) return;
    // The row itself is counted already.
    node.ends = new Array(widthOf(node) * (node.rows.length / row - 1)).fill(never);
  }
  if (node.children === null) node.ends.splice(index, 0, end);
  else node.ends.splice(index * 2, 0, end, sequence);
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
  const width = widthOf(left);
  left.ends ??= new Array(width * (left.rows.length / row)).fill(never);
  left.ends.push(...(right.ends ?? new Array(width * (right.rows.length / row)).fill(never)));
}

/** Lowers the first ends above a leaf to that of a lot that was added. O(log n). */
export function lowerEnds(leaf: LotNode, end: number, sequence: number): void {
  if (end === never) return;
  for (let node = leaf; node.parent !== null; node = node.parent) {
    const { parent } = node;
    const at = placeIn(parent, node);
    parent.ends ??= new Array(2 * parent.children!.length).fill(never);
    if (!comesFirst(end, sequence, parent.ends[at * 2]!, parent.ends[at * 2 + 1]!)) return;
    parent.ends[at * 2] = end;
    parent.ends[at * 2 + 1] = sequence;
  }
}

/** Computes the first ends above a node again after a lot with an end was removed. O(log n). */
export function raiseEnds(from: LotNode): void {
  for (let node = from; node.parent !== null; node = node.parent) {
    const { parent } = node;
    if (!setFirstEnd(parent, placeIn(parent, node))) return;
  }
}

/**
 * Stores in a node which lot of the child at this place expires first.
 * @returns true if it is another one than before.
 */
export function setFirstEnd(parent: LotNode, place: number): boolean {
  const ends = parent.ends!;
  const [end, sequence] = firstEnd(parent.children![place]!);
  if (ends[place * 2] === end && ends[place * 2 + 1] === sequence) return false;
  ends[place * 2] = end;
  ends[place * 2 + 1] = sequence;
  return true;
}

/** Returns when the first lot of a node expires, and the least sequence of those that do then. */
export function firstEnd(node: LotNode): readonly [end: number, sequence: number] {
  const index = firstEndRow(node);
  return index < 0 ? noEnd : [endOfRow(node, index), sequenceOfRow(node, index)];
}

/** Moves the place to the lot that expires first. Requires that one does. O(log n). */
export function seekFirstEnd(root: LotNode, place: LotPlace): void {
  let node = root;
  while (node.children !== null) node = node.children[firstEndRow(node)]!;
  place.leaf = node;
  place.index = firstEndRow(node);
}

const noEnd = [never, never] as const;

/** Returns the row that expires first, or -1 if none does. On the path of every dated lot. */
function firstEndRow(node: LotNode): number {
  const { ends } = node;
  if (ends === null) return -1;
  const width = widthOf(node);
  let first = -1;
  let end = never;
  let sequence = never;
  for (let index = 0; index * width < ends.length; index += 1) {
    const rowEnd = ends[index * width]!;
    if (rowEnd > end || rowEnd === never) continue;
    const rowSequence = sequenceOfRow(node, index);
    if (rowEnd === end && rowSequence > sequence) continue;
    first = index;
    end = rowEnd;
    sequence = rowSequence;
  }
  return first;
}

function endOfRow(node: LotNode, index: number): number {
  return node.ends![index * widthOf(node)]!;
}

function sequenceOfRow(node: LotNode, index: number): number {
  return node.children === null ? node.rows[index * row + 1]! : node.ends![index * 2 + 1]!;
}

function comesFirst(end: number, sequence: number, other: number, otherSequence: number): boolean {
  return end < other || (end === other && sequence < otherSequence);
}

/** The numbers per row. */
function widthOf(node: LotNode): number {
  return node.children === null ? 1 : 2;
}

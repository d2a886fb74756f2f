import { joinEnds, removeEnd, setEnds } from './lot-ends';
import { adopt, type LotNode, removeRow, row } from './lot-node';

export function removeChild(parent: LotNode, place: number): void {
  removeEnd(parent, place);
  removeRow(parent.rows, place);
  parent.children?.splice(place, 1);
  adopt(parent, place);
}

/** True if the child at this place and the next one fit in one node that can still grow. */
export function joins(parent: LotNode, place: number, rowsMax: number): boolean {
  const left = parent.children?.[place];
  const right = parent.children?.[place + 1];
  if (left === undefined || right === undefined) return false;
  return left.rows.length + right.rows.length <= (rowsMax * row * 3) / 4;
}

/** Moves everything in the next child into the child at this place. */
export function join(parent: LotNode, place: number): void {
  const left = parent.children![place]!;
  const right = parent.children![place + 1]!;
  joinEnds(left, right);
  left.rows.push(...right.rows);
  // Whoever remembers a place in the node finds no lot there any more.
  right.rows.length = 0;
  if (left.children !== null) {
    const from = left.children.length;
    left.children.push(...right.children!);
    adopt(left, from);
  }
  parent.rows[place * row + 2]! += parent.rows[(place + 1) * row + 2]!;
  removeChild(parent, place + 1);
  if (parent.ends !== null) setEnds(parent, place);
}

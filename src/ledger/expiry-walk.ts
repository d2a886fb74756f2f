import type { Account } from './account';
import type { LotKey } from './entry';
import { endsBelow, firstEnd, lastEnd, never } from './lot-ends';
import { type LotNode, pointsAt, sequenceAt, timestampAt } from './lot-node';
import { compareKeys } from './lot-walk';
import type { PayerLots } from './payer-lots';

/** The place of a lot in the order of expiry. */
export interface ExpiryKey extends LotKey {
  /** When the lot expires, in milliseconds since 1970 UTC. */
  readonly at: number;
}

/** Points of one lot that will expire if nobody spends them: no debit covers them. */
export interface Expiry extends ExpiryKey {
  readonly payer: string;
  /** Greater than zero. */
  readonly points: number;
}

/**
 * A node of a payer's lots, and a key that none of the lots below it comes before, in the direction
 * of the walk. Of a leaf that was searched it is the key of the lot at `index`.
 */
class Frontier implements ExpiryKey {
  constructor(
    readonly payer: PayerLots,
    readonly node: LotNode,
    /** -1 for a node that was not searched. */
    readonly index: number,
    readonly at: number,
    readonly timestamp: number,
    readonly sequence: number,
  ) {}
}

/**
 * Walks over the lots of an account that expire, without what debits cover, in the order of expiry,
 * forward (1) or backward (-1). It searches best first: it opens only nodes that may hold the next
 * lot. Changes nothing, and is invalid once the account changes.
 *
 * The first k lots cost O((k + P) log n) where a payer's lots expire in the order in which they
 * were earned. Otherwise it may open every node in which lots expire both before and after `from`.
 */
export class ExpiryWalk {
  /** How many nodes were opened: what the walk cost so far. */
  opened = 0;
  /** A binary heap: the first in the direction of the walk is on top. */
  private readonly frontier: Frontier[] = [];

  /** @param from exclusive; null for the end of the order. */
  constructor(
    account: Account,
    private readonly step: 1 | -1,
    private readonly from: ExpiryKey | null,
  ) {
    const edge = -step * never;
    for (const { lots: payer } of account.expiries.items) {
      if (payer.leaf === null) continue;
      const { root } = payer.lots;
      const [[first], last] = [firstEnd(root), lastEnd(root)];
      if (this.isBehind(first, last, keyAt(root, 0), null)) continue;
      this.push(new Frontier(payer, root, -1, step === 1 ? first : last, edge, edge));
    }
  }

  /** Returns the next lot; null at the end. */
  next(): Expiry | null {
    for (let top = this.pop(); top !== null; top = this.pop()) {
      if (top.node.children !== null) this.openNode(top);
      else if (top.index < 0) this.searchLeaf(top, this.from);
      else {
        this.searchLeaf(top, top);
        return expiryAt(top);
      }
    }
    return null;
  }

  private openNode({ payer, node, timestamp, sequence }: Frontier): void {
    this.opened += 1;
    const { step } = this;
    const children = node.children!;
    const cursor = cursorOf(payer);
    for (let place = 0, upper: LotKey | null = keyAt(node, 0); upper !== null; place += 1) {
      const lower: LotKey = upper;
      // Those of the last child have the same bound as those of the node.
      upper = place + 1 < children.length ? keyAt(node, place + 1) : null;
      if (upper !== null && compareKeys(upper, cursor) <= 0) continue;
      const [first, last] = endsBelow(node, place);
      if (first === never) continue;
      if (this.isBehind(first, last, lower, upper)) continue;
      const near = step === 1 ? first : last;
      const bound = step === 1 ? lower : (upper ?? { timestamp, sequence });
      const child = children[place]!;
      this.push(new Frontier(payer, child, -1, near, bound.timestamp, bound.sequence));
    }
  }

  /**
   * True if all lots between two keys, the upper one exclusive, that expire between two instants
   * are at or before `from`.
   */
  private isBehind(first: number, last: number, lower: LotKey, upper: LotKey | null): boolean {
    const { from } = this;
    if (from === null) return false;
    if (this.step === 1) {
      if (last !== from.at) return last < from.at;
      return upper !== null && compareKeys(upper, from) <= 0;
    }
    return first === from.at ? compareKeys(lower, from) >= 0 : first > from.at;
  }

  /** Adds the leaf again with the first of its lots after a key. */
  private searchLeaf({ payer, node }: Frontier, after: ExpiryKey | null): void {
    this.opened += 1;
    const { step } = this;
    const cursor = cursorOf(payer);
    const ends = node.ends!;
    const least = after === null ? -never : after.at * step;
    let best: Frontier | null = null;
    let bestAt = never;
    for (let index = 0; index < ends.length; index += 1) {
      const at = ends[index]!;
      // Most lots of a leaf are dismissed by their instant.
      if (at === never || at * step < least || at * step > bestAt) continue;
      const timestamp = timestampAt(node, index);
      const lot = new Frontier(payer, node, index, at, timestamp, sequenceAt(node, index));
      if (compareKeys(lot, cursor) < 0 || !this.comesFirst(after, lot)) continue;
      if (best !== null && !this.comesFirst(lot, best)) continue;
      best = lot;
      bestAt = at * step;
    }
    if (best !== null) this.push(best);
  }

  private comesFirst(a: ExpiryKey | null, b: ExpiryKey): boolean {
    return a === null || compareExpiries(a, b) * this.step < 0;
  }

  private push(added: Frontier): void {
    const { frontier } = this;
    let place = frontier.push(added) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.comesFirst(added, frontier[parent]!)) break;
      frontier[place] = frontier[parent]!;
      place = parent;
    }
    frontier[place] = added;
  }

  private pop(): Frontier | null {
    const { frontier } = this;
    const last = frontier.pop();
    if (last === undefined || frontier.length === 0) return last ?? null;
    const first = frontier[0]!;
    let place = 0;
    for (;;) {
      let child = place * 2 + 1;
      if (child >= frontier.length) break;
      if (child + 1 < frontier.length && this.comesFirst(frontier[child + 1]!, frontier[child]!))
        child += 1;
      if (!this.comesFirst(frontier[child]!, last)) break;
      frontier[place] = frontier[child]!;
      place = child;
    }
    frontier[place] = last;
    return first;
  }
}

/** Returns a negative number if `a` comes first: by instant, then by the order of spending. */
export function compareExpiries(a: ExpiryKey, b: ExpiryKey): number {
  return a.at - b.at || compareKeys(a, b);
}

function expiryAt({ payer, node, index, at, timestamp, sequence }: Frontier): Expiry {
  const isCursor = node === payer.leaf && index === payer.index;
  const points = pointsAt(node, index) - (isCursor ? payer.covered : 0);
  return { payer: payer.payer, at, timestamp, sequence, points };
}

/** Returns the first lot of a payer that debits do not cover fully. */
function cursorOf({ leaf, index }: PayerLots): LotKey {
  return keyAt(leaf!, index);
}

function keyAt(node: LotNode, index: number): LotKey {
  return { timestamp: timestampAt(node, index), sequence: sequenceAt(node, index) };
}

import type { Account } from './account';
import type { LotKey } from './entry';
import { endAt, endsBelow, firstEnd, lastEnd, never } from './lot-ends';
import { type LotNode, pointsAt, row, sequenceAt, timestampAt } from './lot-node';
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
interface Frontier extends ExpiryKey {
  readonly payer: PayerLots;
  readonly node: LotNode;
  /** -1 for a node that was not searched. */
  readonly index: number;
}

/**
 * Walks over the lots of an account that expire, without what debits cover, in the order of expiry,
 * forward (1) or backward (-1). It searches best first: it opens only nodes that may hold the next
 * lot. Changes nothing, and is invalid once the account changes.
 *
 * The first k lots cost O((k + P) log n) where a payer's lots expire in the order in which they were
 * earned. Otherwise it may open every node in which lots expire both before and after `from`.
 */
export class ExpiryWalk {
  /** A binary heap: the first in the direction of the walk is on top. */
  private readonly frontier: Frontier[] = [];

  /** @param from exclusive; null for the end of the order. */
  constructor(
    account: Account,
    private readonly step: 1 | -1,
    private readonly from: ExpiryKey | null,
  ) {
    for (const { lots: payer } of account.expiries.items) {
      if (payer.leaf === null) continue;
      const { root } = payer.lots;
      const edge = step * Number.NEGATIVE_INFINITY;
      this.add(
        { payer, node: root, timestamp: edge, sequence: edge },
        firstEnd(root)[0],
        lastEnd(root),
      );
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

  /** Adds a node unless all lots below it are before `from`. */
  private add(node: Omit<Frontier, 'at' | 'index'>, first: number, last: number): void {
    if (first === never) return;
    const [near, far] = this.step === 1 ? [first, last] : [last, first];
    const isBehind = this.from !== null && (far - this.from.at) * this.step < 0;
    if (!isBehind) this.push({ ...node, at: near, index: -1 });
  }

  private openNode({ payer, node, timestamp, sequence }: Frontier): void {
    const children = node.children!;
    const cursor = cursorOf(payer);
    for (let place = 0; place < children.length; place += 1) {
      const [first, last] = endsBelow(node, place);
      if (first === never) continue;
      const isLast = place === children.length - 1;
      // Keys of the lots below are at or after its own key, and before that of its neighbour.
      const upper = isLast ? null : keyAt(node, place + 1);
      if (upper !== null && compareKeys(upper, cursor) <= 0) continue;
      const bound = this.step === 1 ? keyAt(node, place) : (upper ?? { timestamp, sequence });
      this.add({ payer, node: children[place]!, ...bound }, first, last);
    }
  }

  /** Adds the leaf again with the first of its lots after a key. */
  private searchLeaf({ payer, node }: Frontier, after: ExpiryKey | null): void {
    const cursor = cursorOf(payer);
    const least = after === null ? Number.NEGATIVE_INFINITY : after.at * this.step;
    let best: ExpiryKey | null = null;
    let bestIndex = -1;
    let bestAt = never;
    for (let index = 0; index * row < node.rows.length; index += 1) {
      const at = endAt(node, index);
      // Most lots of a leaf are dismissed by their instant.
      if (at === never || at * this.step < least || at * this.step > bestAt) continue;
      const key = { at, ...keyAt(node, index) };
      if (compareKeys(key, cursor) < 0 || !this.comesFirst(after, key)) continue;
      if (best !== null && !this.comesFirst(key, best)) continue;
      best = key;
      bestIndex = index;
      bestAt = at * this.step;
    }
    if (best !== null) this.push({ payer, node, ...best, index: bestIndex });
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

/** Negative if `a` comes first: by instant, then by the order of spending. */
export function compareExpiries(a: ExpiryKey, b: ExpiryKey): number {
  return a.at - b.at || compareKeys(a, b);
}

function expiryAt({ payer, node, index, at, timestamp, sequence }: Frontier): Expiry {
  const isCursor = node === payer.leaf && index === payer.index;
  const points = pointsAt(node, index) - (isCursor ? payer.covered : 0);
  return { payer: payer.payer, at, timestamp, sequence, points };
}

/** The first lot of a payer that debits do not cover fully. */
function cursorOf({ leaf, index }: PayerLots): LotKey {
  return keyAt(leaf!, index);
}

function keyAt(node: LotNode, index: number): LotKey {
  return { timestamp: timestampAt(node, index), sequence: sequenceAt(node, index) };
}

import type { LotKey } from './entry';
import { heapWidth } from './instant-heap';
import { endAt } from './lot-ends';
import {
  comesBefore,
  type LotNode,
  type LotPlace,
  nextLot,
  pointsAt,
  previousLot,
  sequenceAt,
  timestampAt,
} from './lot-node';
import type { PayerLots } from './payer-lots';
import type { PayerOrder } from './payer-order';

/** A position among the lots of one payer that no debit covers fully. */
export class Walker implements LotPlace, LotKey {
  constructor(
    readonly owner: PayerLots,
    public leaf: LotNode | null,
    public index: number,
    /** The slot in the heap of payers whose children this walker still represents; -1 for none. */
    public slot = -1,
  ) {}

  get payer(): string {
    return this.owner.payer;
  }

  get timestamp(): number {
    return timestampAt(this.leaf!, this.index);
  }

  get sequence(): number {
    return sequenceAt(this.leaf!, this.index);
  }

  /** The points of the lot that no debit covers. */
  get remaining(): number {
    return pointsAt(this.leaf!, this.index) - (this.isAtCursor() ? this.owner.covered : 0);
  }

  /** When the lot expires; infinite if it does not. */
  get end(): number {
    return endAt(this.leaf!, this.index);
  }

  isAtCursor(): boolean {
    return this.leaf === this.owner.leaf && this.index === this.owner.index;
  }
}

/**
 * Walks over the lots that no debit covers fully, of many payers, forward (1) or backward (-1) in
 * spending order. Changes nothing, and is invalid once the account changes. Each step costs O(log
 * w) for w payers met.
 */
export class LotWalk {
  /** The current position; null at the end. */
  current: Walker | null = null;
  /** A binary heap of the other payers' walkers. */
  private readonly waiting: Walker[] = [];

  private constructor(
    private readonly step: 1 | -1,
    private readonly order: PayerOrder | null,
  ) {}

  /**
   * Begins with the oldest lot. Visits only the payers that may come next, so it begins in O(1).
   */
  static fromOldest(order: PayerOrder): LotWalk {
    const walk = new LotWalk(1, order);
    if (order.items.length > 0) walk.current = walkerAt(order, 0);
    return walk;
  }

  /** Begins where the walkers are; those without a position are omitted. O(w log w). */
  static from(walkers: Iterable<Walker>, step: 1 | -1): LotWalk {
    const walk = new LotWalk(step, null);
    for (const walker of walkers) if (walker.leaf !== null) walk.push(walker);
    walk.current = walk.pop();
    return walk;
  }

  advance(): void {
    const walker = this.current;
    if (walker === null) return;
    if (walker.slot >= 0) this.unfold(walker);
    if (this.step === 1) nextLot(walker);
    else if (walker.isAtCursor()) walker.leaf = null;
    else previousLot(walker);
    if (walker.leaf === null) this.current = this.pop();
    else if (this.waiting.length > 0 && this.comesFirst(this.waiting[0]!, walker)) {
      this.current = this.waiting[0]!;
      this.sink(walker);
    }
  }

  /** Continues with the next lot of another payer. */
  skipPayer(): void {
    const walker = this.current;
    if (walker === null) return;
    if (walker.slot >= 0) this.unfold(walker);
    this.current = this.pop();
  }

  /** Payers below another in the heap come after it, so they are visited only now. */
  private unfold(walker: Walker): void {
    const order = this.order!;
    const first = walker.slot * heapWidth + 1;
    const end = Math.min(first + heapWidth, order.items.length);
    for (let slot = first; slot < end; slot += 1) this.push(walkerAt(order, slot));
    walker.slot = -1;
  }

  private push(walker: Walker): void {
    const { waiting } = this;
    let place = waiting.push(walker) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.comesFirst(walker, waiting[parent]!)) break;
      waiting[place] = waiting[parent]!;
      place = parent;
    }
    waiting[place] = walker;
  }

  private pop(): Walker | null {
    const last = this.waiting.pop();
    if (last === undefined || this.waiting.length === 0) return last ?? null;
    const first = this.waiting[0]!;
    this.sink(last);
    return first;
  }

  /** Replaces the first walker. */
  private sink(walker: Walker): void {
    const { waiting } = this;
    let place = 0;
    for (;;) {
      let child = place * 2 + 1;
      if (child >= waiting.length) break;
      if (child + 1 < waiting.length && this.comesFirst(waiting[child + 1]!, waiting[child]!))
        child += 1;
      if (this.comesFirst(walker, waiting[child]!)) break;
      waiting[place] = waiting[child]!;
      place = child;
    }
    waiting[place] = walker;
  }

  private comesFirst(a: Walker, b: Walker): boolean {
    if (this.step === 1) return comesBefore(a.leaf!, a.index, b.leaf!, b.index);
    return comesBefore(b.leaf!, b.index, a.leaf!, a.index);
  }
}

/** Returns a negative number if `a` is spent before `b`. */
export function compareKeys(a: LotKey, b: LotKey): number {
  return a.timestamp - b.timestamp || a.sequence - b.sequence;
}

function walkerAt(order: PayerOrder, slot: number): Walker {
  const payer = order.items[slot]!;
  return new Walker(payer, payer.leaf, payer.index, slot);
}

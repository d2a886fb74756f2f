import type { Allocation, LotKey } from './entry';
import { broken } from './invariant';
import { never } from './lot-ends';
import { type LotPlace, sequenceAt, timestampAt } from './lot-node';
import { LotTree } from './lot-tree';

/** A lot whose points begin later. */
export interface PendingLot {
  readonly payer: string;
  readonly timestamp: number;
  readonly sequence: number;
  readonly availableFrom: number;
  readonly expiresAt: number | undefined;
  /** Those that were not taken back: more than zero. */
  points: number;
}

/** The lots of an account that begin later, by the instant at which they begin. */
export class PendingLots {
  /**
   * When the next lot begins; infinite if none does. Kept, since it is read before every command.
   */
  firstBeginning = never;
  /** Has the beginning of each lot in place of its timestamp. */
  readonly order = new LotTree();
  private readonly bySequence = new Map<number, PendingLot>();

  get size(): number {
    return this.bySequence.size;
  }

  /** The points of all lots. */
  get points(): number {
    return this.order.sum;
  }

  /**
   * Returns the lot that begins next, the least sequence first; null if there is none. O(log n).
   */
  first(): PendingLot | null {
    const leaf = this.order.firstLeaf;
    return leaf.rows.length === 0 ? null : this.at(sequenceAt(leaf, 0));
  }

  at(sequence: number): PendingLot | null {
    return this.bySequence.get(sequence) ?? null;
  }

  /** Returns all lots in the order in which they were granted. O(n log n). */
  inOrder(): PendingLot[] {
    return [...this.bySequence.values()].sort((a, b) => a.sequence - b.sequence);
  }

  /** Adds a lot, or gives points back to it. O(log n). */
  give(lot: Allocation, availableFrom: number): void {
    const { payer, timestamp, sequence, points, expiresAt } = lot;
    this.order.add(availableFrom, sequence, points, never);
    const known = this.bySequence.get(sequence);
    if (known === undefined) {
      const added = { payer, timestamp, sequence, points, availableFrom, expiresAt };
      this.bySequence.set(sequence, added);
      this.firstBeginning = Math.min(this.firstBeginning, availableFrom);
    } else known.points += points;
  }

  /** Takes points; a lot without points is removed and begins nothing. O(log n). */
  take({ sequence, points }: Allocation): PendingLot {
    const lot = this.bySequence.get(sequence);
    if (lot === undefined || lot.points < points) broken(`lot ${sequence} has no such points`);
    const place: LotPlace = { leaf: null, index: 0 };
    this.order.seekKey(beginningOf(lot), place);
    this.order.take(place.leaf!, place.index, points);
    lot.points -= points;
    if (lot.points === 0) this.remove(lot);
    return lot;
  }

  private remove({ sequence }: PendingLot): void {
    this.bySequence.delete(sequence);
    const { firstLeaf } = this.order;
    this.firstBeginning = firstLeaf.rows.length === 0 ? never : timestampAt(firstLeaf, 0);
  }
}

/** Returns the place of a pending lot in their order. */
export function beginningOf({ availableFrom, sequence }: PendingLot): LotKey {
  return { timestamp: availableFrom, sequence };
}

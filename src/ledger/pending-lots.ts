import type { Allocation } from './entry';
import { type HeapItem, InstantHeap } from './instant-heap';
import { broken } from './invariant';

/** A lot whose points begin later. */
export interface PendingLot extends HeapItem {
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
  private readonly order = new InstantHeap<PendingLot>();
  private readonly bySequence = new Map<number, PendingLot>();

  get size(): number {
    return this.bySequence.size;
  }

  /** When the next lot begins; infinite if none does. O(1). */
  get firstBeginning(): number {
    return this.order.firstInstant;
  }

  /** Returns the lot that begins next, the least sequence first; null if there is none. O(1). */
  first(): PendingLot | null {
    return this.order.items[0] ?? null;
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
    const known = this.bySequence.get(lot.sequence);
    if (known !== undefined) {
      known.points += lot.points;
      return;
    }
    const { payer, timestamp, sequence, points, expiresAt } = lot;
    const added = { payer, timestamp, sequence, points, availableFrom, expiresAt, place: -1 };
    this.bySequence.set(sequence, added);
    this.order.set(added, availableFrom, sequence);
  }

  /** Takes points; a lot without points is removed and begins nothing. O(log n). */
  take({ sequence, points }: Allocation): PendingLot {
    const lot = this.bySequence.get(sequence);
    if (lot === undefined || lot.points < points) broken(`lot ${sequence} has no such points`);
    lot.points -= points;
    if (lot.points === 0) {
      this.bySequence.delete(sequence);
      this.order.remove(lot);
    }
    return lot;
  }
}

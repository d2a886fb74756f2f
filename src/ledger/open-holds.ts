import type { Allocation } from './entry-common';
import { InstantHeap } from './instant-heap';
import type { LapseTotals } from './lapse-entry';
import type { OpenHold } from './open-hold';

/** The most holds of an account that can be open at once. */
export const openHoldsMax = 1_000;

/** The open holds of an account, by the instant at which they end. */
export class OpenHolds {
  /**
   * What has lapsed so far of lots with held points, or with points that came back and are about to
   * lapse, by the lot's sequence. Such a lot lapses again, and need not be in memory meanwhile.
   */
  readonly lapsed = new Map<number, LapseTotals>();
  /** The hold that ends next; null if none is open. Mostly the only one: then the heap is empty. */
  private next: OpenHold | null = null;
  /** The other open holds, by their ends. */
  private readonly later = new InstantHeap<OpenHold>();
  /**
   * By sequence. Most holds come last and are the only one: a Map that is emptied and filled again
   * and again would allocate its table each time.
   */
  private readonly opened: OpenHold[] = [];
  /** The held points of each lot that expires, by its sequence; null until they are needed. */
  private byLot: Map<number, number> | null = null;

  get size(): number {
    return this.opened.length;
  }

  /** When the next hold ends; infinite if none is open. O(1). */
  get firstEnd(): number {
    return this.next === null ? Number.POSITIVE_INFINITY : this.next.expiresAt;
  }

  /** Returns the hold that ends next, the least sequence first; null if none is open. O(1). */
  first(): OpenHold | null {
    return this.next;
  }

  /** Returns the hold that an entry opened; null if it is over. O(log holds). */
  at(sequence: number): OpenHold | null {
    const place = this.placeOf(sequence);
    const hold = place < 0 ? null : this.opened[place]!;
    return hold?.sequence === sequence ? hold : null;
  }

  /** Returns all open holds in the order in which they were opened. O(n). */
  inOrder(): OpenHold[] {
    return [...this.opened];
  }

  /**
   * Returns the points that holds have of this lot, which must be one that expires. O(1), but
   * O(lots of all holds) the first time since no hold was open.
   */
  heldOf(lotSequence: number): number {
    if (this.opened.length === 0) return 0;
    this.byLot ??= this.heldByLot();
    return this.byLot.get(lotSequence) ?? 0;
  }

  /**
   * Puts lots into a hold before those that it has; a hold without lots opens.
   * O(lots + log holds).
   */
  put(hold: OpenHold, lots: readonly Allocation[]): void {
    if (hold.held === 0) this.open(hold);
    hold.put(lots);
    if (this.byLot !== null) countLots(this.byLot, lots, 1);
  }

  /** Puts lots into an open hold before all that it took. O(lots). */
  precede(hold: OpenHold, lots: readonly Allocation[]): void {
    hold.precede(lots);
    if (this.byLot !== null) countLots(this.byLot, lots, 1);
  }

  /** Takes lots from a hold, which is over once it has none. O(lots + log holds). */
  take(hold: OpenHold, lots: readonly Allocation[]): void {
    hold.take(lots);
    if (this.byLot !== null) countLots(this.byLot, lots, -1);
    if (hold.held === 0) this.close(hold);
  }

  private open(hold: OpenHold): void {
    const place = this.placeOf(hold.sequence) + 1;
    if (place === this.opened.length) this.opened.push(hold);
    else this.opened.splice(place, 0, hold);
    if (this.next === null) this.next = hold;
    else if (endsBefore(hold, this.next)) {
      this.defer(this.next);
      this.next = hold;
    } else this.defer(hold);
  }

  private close(hold: OpenHold): void {
    if (this.opened.at(-1) === hold) this.opened.pop();
    else this.opened.splice(this.placeOf(hold.sequence), 1);
    if (this.opened.length === 0) this.byLot = null;
    if (hold === this.next) this.advance();
    else this.later.remove(hold);
  }

  private defer(hold: OpenHold): void {
    this.later.set(hold, hold.expiresAt, hold.sequence);
  }

  private advance(): void {
    this.next = this.later.items[0] ?? null;
    if (this.next !== null) this.later.remove(this.next);
  }

  /** Returns the place of the last hold up to this sequence, or -1. The last one is tried first. */
  private placeOf(sequence: number): number {
    const { opened } = this;
    let low = -1;
    let high = opened.length;
    for (let middle = high - 1; high - low > 1; middle = (low + high) >> 1) {
      if (opened[middle]!.sequence <= sequence) low = middle;
      else high = middle;
    }
    return low;
  }

  private heldByLot(): Map<number, number> {
    const byLot = new Map<number, number>();
    for (const hold of this.opened) countLots(byLot, hold.rest(), 1);
    return byLot;
  }
}

function endsBefore(hold: OpenHold, other: OpenHold): boolean {
  if (hold.expiresAt !== other.expiresAt) return hold.expiresAt < other.expiresAt;
  return hold.sequence < other.sequence;
}

/** Adds the points of lots that expire to those that are held (1), or subtracts them (-1). */
function countLots(byLot: Map<number, number>, lots: readonly Allocation[], sign: 1 | -1): void {
  for (const { sequence, points, expiresAt } of lots) {
    if (expiresAt === undefined) continue;
    const held = (byLot.get(sequence) ?? 0) + sign * points;
    if (held > 0) byLot.set(sequence, held);
    else byLot.delete(sequence);
  }
}

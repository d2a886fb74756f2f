import type { Allocation } from './entry-common';
import { type HeapItem, InstantHeap } from './instant-heap';
import { broken } from './invariant';
import type { LapseTotals } from './lapse-entry';

/** The most holds of an account that can be open at once. */
export const openHoldsMax = 1_000;

/** Names a hold, and says when it ends. */
export interface HoldKey {
  /** The sequence of the entry that opened the hold. */
  readonly sequence: number;
  readonly expiresAt: number;
}

/** A hold that still holds points. */
export interface OpenHold extends HoldKey, HeapItem {
  /** The points that it holds: more than zero. */
  held: number;
  /** The lots that they are from, a stack: the first taken is on top. */
  readonly lots: Allocation[];
}

/** The open holds of an account, by the instant at which they end. */
export class OpenHolds {
  /** The points of all holds. */
  points = 0;
  /**
   * What has lapsed so far of lots with held points, or with points that came back and are about to
   * lapse, by the lot's sequence. Such a lot lapses again, and need not be in memory meanwhile.
   */
  readonly lapsed = new Map<number, LapseTotals>();
  private readonly order = new InstantHeap<OpenHold>();
  private readonly bySequence = new Map<number, OpenHold>();
  /** The held points of each lot that expires, by its sequence. */
  private readonly byLot = new Map<number, number>();

  get size(): number {
    return this.bySequence.size;
  }

  /** When the next hold ends; infinite if none is open. O(1). */
  get firstEnd(): number {
    return this.order.firstInstant;
  }

  /** Returns the hold that ends next, the least sequence first; null if none is open. O(1). */
  first(): OpenHold | null {
    return this.order.items[0] ?? null;
  }

  /** Returns the hold that an entry opened; null if it is over. O(1). */
  at(sequence: number): OpenHold | null {
    return this.bySequence.get(sequence) ?? null;
  }

  /** Returns all open holds in the order in which they were opened. O(n log n). */
  inOrder(): OpenHold[] {
    return [...this.bySequence.values()].sort((a, b) => a.sequence - b.sequence);
  }

  /** Returns the points that holds have of this lot, which must be one that expires. O(1). */
  heldOf(lotSequence: number): number {
    return this.byLot.get(lotSequence) ?? 0;
  }

  /** Puts points before those of a hold, which opens if it is not open. O(lots + log holds). */
  put({ sequence, expiresAt }: HoldKey, lots: readonly Allocation[]): void {
    const hold = this.bySequence.get(sequence) ?? this.open(sequence, expiresAt);
    for (let index = lots.length - 1; index >= 0; index -= 1) {
      const lot = lots[index]!;
      const top = hold.lots.at(-1);
      if (top?.sequence !== lot.sequence) hold.lots.push(lot);
      else hold.lots[hold.lots.length - 1] = { ...top, points: top.points + lot.points };
      this.count(hold, lot, lot.points);
    }
  }

  /**
   * Takes points from a hold, those first that it took first; it is over once it has none.
   * O(lots + log holds).
   */
  take({ sequence }: HoldKey, lots: readonly Allocation[]): void {
    const hold = this.bySequence.get(sequence);
    if (hold === undefined) broken(`hold ${sequence} is over`);
    for (const lot of lots) {
      const top = hold.lots.pop();
      if (top?.sequence !== lot.sequence || top.points < lot.points) {
        broken(`hold ${sequence} does not hold these points next`);
      }
      if (top.points > lot.points) hold.lots.push({ ...top, points: top.points - lot.points });
      this.count(hold, lot, -lot.points);
    }
    if (hold.lots.length > 0) return;
    this.bySequence.delete(sequence);
    this.order.remove(hold);
  }

  private open(sequence: number, expiresAt: number): OpenHold {
    const hold: OpenHold = { sequence, expiresAt, held: 0, lots: [], place: -1 };
    this.bySequence.set(sequence, hold);
    this.order.set(hold, expiresAt, sequence);
    return hold;
  }

  private count(hold: OpenHold, lot: Allocation, points: number): void {
    hold.held += points;
    this.points += points;
    if (lot.expiresAt === undefined) return;
    const held = this.heldOf(lot.sequence) + points;
    if (held > 0) this.byLot.set(lot.sequence, held);
    else this.byLot.delete(lot.sequence);
  }
}

/** Returns so many of the points that a hold has, those first that it took first. O(lots taken). */
export function firstHeld({ lots }: OpenHold, points: number): Allocation[] {
  const first: Allocation[] = [];
  let missing = points;
  for (let index = lots.length - 1; missing > 0; index -= 1) {
    const lot = lots[index]!;
    first.push(lot.points <= missing ? lot : { ...lot, points: missing });
    missing -= lot.points;
  }
  return first;
}

/** Returns the points that a hold has after so many, in the order in which it took them. O(lots). */
export function restHeld({ lots }: OpenHold, points = 0): Allocation[] {
  const rest: Allocation[] = [];
  let skip = points;
  for (let index = lots.length - 1; index >= 0; index -= 1) {
    const lot = lots[index]!;
    if (skip === 0) rest.push(lot);
    else if (skip < lot.points) rest.push({ ...lot, points: lot.points - skip });
    skip = Math.max(0, skip - lot.points);
  }
  return rest;
}

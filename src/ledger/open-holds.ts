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
  /**
   * What has lapsed so far of lots with held points, or with points that came back and are about to
   * lapse, by the lot's sequence. Such a lot lapses again, and need not be in memory meanwhile.
   */
  readonly lapsed = new Map<number, LapseTotals>();
  private readonly order = new InstantHeap<OpenHold>();
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
    return this.order.firstInstant;
  }

  /** Returns the hold that ends next, the least sequence first; null if none is open. O(1). */
  first(): OpenHold | null {
    return this.order.items[0] ?? null;
  }

  /** Returns the hold that an entry opened; null if it is over. O(log holds). */
  at(sequence: number): OpenHold | null {
    return this.atPlace(this.placeOf(sequence), sequence);
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

  /** Puts points before those of a hold, which opens if it is not open. O(lots + log holds). */
  put(key: HoldKey, lots: readonly Allocation[]): void {
    const place = this.placeOf(key.sequence);
    const hold = this.atPlace(place, key.sequence);
    if (hold === null) {
      this.open(key, lots, place + 1);
      return;
    }
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
    const hold = this.at(sequence);
    if (hold === null) broken(`hold ${sequence} is over`);
    for (const lot of lots) {
      const top = hold.lots.pop();
      if (top?.sequence !== lot.sequence || top.points < lot.points) {
        broken(`hold ${sequence} does not hold these points next`);
      }
      if (top.points > lot.points) hold.lots.push({ ...top, points: top.points - lot.points });
      this.count(hold, lot, -lot.points);
    }
    if (hold.lots.length === 0) this.close(hold);
  }

  private open({ sequence, expiresAt }: HoldKey, lots: readonly Allocation[], place: number): void {
    let held = 0;
    for (let index = 0; index < lots.length; index += 1) held += lots[index]!.points;
    const hold: OpenHold = { sequence, expiresAt, held, lots: reversed(lots), place: -1 };
    if (this.byLot !== null) for (const lot of lots) countLot(this.byLot, lot, lot.points);
    if (place === this.opened.length) this.opened.push(hold);
    else this.opened.splice(place, 0, hold);
    this.order.set(hold, expiresAt, sequence);
  }

  private close(hold: OpenHold): void {
    if (this.opened.at(-1) === hold) this.opened.pop();
    else this.opened.splice(this.placeOf(hold.sequence), 1);
    this.order.remove(hold);
    if (this.opened.length === 0) this.byLot = null;
  }

  private atPlace(place: number, sequence: number): OpenHold | null {
    const hold = place < 0 ? null : this.opened[place]!;
    return hold?.sequence === sequence ? hold : null;
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

  private count(hold: OpenHold, lot: Allocation, points: number): void {
    hold.held += points;
    if (this.byLot !== null) countLot(this.byLot, lot, points);
  }

  private heldByLot(): Map<number, number> {
    const byLot = new Map<number, number>();
    for (const { lots } of this.opened) for (const lot of lots) countLot(byLot, lot, lot.points);
    return byLot;
  }
}

function countLot(byLot: Map<number, number>, lot: Allocation, points: number): void {
  if (lot.expiresAt === undefined) return;
  const held = (byLot.get(lot.sequence) ?? 0) + points;
  if (held > 0) byLot.set(lot.sequence, held);
  else byLot.delete(lot.sequence);
}

/** Returns so many of the points that a hold has, those first that it took first. O(lots taken). */
export function firstHeld({ lots, held }: OpenHold, points: number): Allocation[] {
  if (points === held) return reversed(lots);
  const first: Allocation[] = [];
  let missing = points;
  for (let index = lots.length - 1; missing > 0; index -= 1) {
    const lot = lots[index]!;
    first.push(lot.points <= missing ? lot : { ...lot, points: missing });
    missing -= lot.points;
  }
  return first;
}

/**
 * Returns the points that a hold has after so many, in the order in which it took them. O(lots).
 */
export function restHeld({ lots, held }: OpenHold, points = 0): Allocation[] {
  if (points === held) return [];
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

/** Most holds are of one lot, for which `toReversed` takes twice as long. */
function reversed(lots: readonly Allocation[]): Allocation[] {
  return lots.length === 1 ? [lots[0]!] : lots.toReversed();
}

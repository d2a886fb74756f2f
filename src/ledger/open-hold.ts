import type { Allocation } from './entry-common';
import type { HeapItem } from './instant-heap';
import { broken } from './invariant';

/** Names a hold, and says when it ends. */
interface HoldKey {
  /** The sequence of the entry that opened the hold. */
  readonly sequence: number;
  readonly expiresAt: number;
}

const nothing: readonly Allocation[] = [];

/** A hold, and which of its points it still has: those of a list of lots from a position on. */
export class OpenHold implements HoldKey, HeapItem {
  readonly sequence: number;
  readonly expiresAt: number;
  /** The points that it has. It is open while they are more than zero. */
  held = 0;
  /** The slot among the holds that end after the next one; -1 if it is not one of them. */
  place = -1;
  /** The index of the first lot that it has points of. */
  private next: number;
  /** The points of that lot that it does not have. */
  private gone = 0;
  /** Lists of lots that come before `lots`, the last of them first; null if there are none. */
  private preceding: (readonly Allocation[])[] | null = null;

  /**
   * Makes a hold that has nothing until these lots are put into it.
   * @param lots the first taken first. Not copied and never changed: the list of an entry serves.
   */
  constructor(
    { sequence, expiresAt }: HoldKey,
    private lots: readonly Allocation[],
  ) {
    this.sequence = sequence;
    this.expiresAt = expiresAt;
    this.next = lots.length;
  }

  /**
   * Puts lots into it before all others, none of which was taken yet. O(lots put). The lists are
   * joined once, when the first lot is needed: a hold of many lots is restored in many parts.
   */
  precede(lots: readonly Allocation[]): void {
    this.preceding ??= [];
    this.preceding.push(lots);
    for (let index = 0; index < lots.length; index += 1) this.held += lots[index]!.points;
  }

  private join(preceding: readonly (readonly Allocation[])[]): void {
    this.lots = [...preceding.toReversed(), this.lots].flat();
    this.preceding = null;
  }

  /** Returns so many of the points that it has, the first taken first. O(lots taken). */
  first(points: number): readonly Allocation[] {
    if (points === this.held) return this.rest();
    if (this.preceding !== null) this.join(this.preceding);
    const first: Allocation[] = [];
    let missing = points;
    for (let index = this.next; missing > 0; index += 1) {
      const lot = this.lotAt(index);
      first.push(lot.points <= missing ? lot : { ...lot, points: missing });
      missing -= lot.points;
    }
    return first;
  }

  /** Returns the points that it has after so many, the first taken first. O(lots). */
  rest(points = 0): readonly Allocation[] {
    if (points === this.held) return nothing;
    if (this.preceding !== null) this.join(this.preceding);
    if (points === 0 && this.next === 0 && this.gone === 0) return this.lots;
    const rest: Allocation[] = [];
    let skip = points;
    for (let index = this.next; index < this.lots.length; index += 1) {
      const lot = this.lotAt(index);
      if (skip === 0) rest.push(lot);
      else if (skip < lot.points) rest.push({ ...lot, points: lot.points - skip });
      skip = Math.max(0, skip - lot.points);
    }
    return rest;
  }

  /** Puts lots into it, which must be those before the first that it has. O(lots put). */
  put(lots: readonly Allocation[]): void {
    if (this.preceding !== null) this.join(this.preceding);
    for (let index = lots.length - 1; index >= 0; index -= 1) {
      const { sequence, points } = lots[index]!;
      const place = this.gone === 0 ? this.next - 1 : this.next;
      const lot = this.lots[place];
      const gone = this.gone === 0 ? lot?.points : this.gone;
      if (lot?.sequence !== sequence || gone! < points) this.fail();
      this.next = place;
      this.gone = gone! - points;
      this.held += points;
    }
  }

  /** Takes lots out of it, which must be the first that it has. O(lots taken). */
  take(lots: readonly Allocation[]): void {
    if (this.preceding !== null) this.join(this.preceding);
    for (let index = 0; index < lots.length; index += 1) {
      const { sequence, points } = lots[index]!;
      const lot = this.lots[this.next];
      if (lot?.sequence !== sequence || lot.points - this.gone < points) this.fail();
      this.held -= points;
      this.gone += points;
      if (this.gone < lot.points) continue;
      this.gone = 0;
      this.next += 1;
    }
  }

  private fail(): never {
    broken(`hold ${this.sequence} does not have these points next`);
  }

  /** Returns a lot with the points of it that the hold has. */
  private lotAt(index: number): Allocation {
    const lot = this.lots[index]!;
    const gone = index === this.next ? this.gone : 0;
    return gone === 0 ? lot : { ...lot, points: lot.points - gone };
  }
}

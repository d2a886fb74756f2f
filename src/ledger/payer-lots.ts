import type { LotKey } from './entry';
import type { HeapItem } from './instant-heap';
import { broken, invariant } from './invariant';
import { endAt, firstEnd, never, seekFirstEnd } from './lot-ends';
import {
  hasLotAt,
  isLotAt,
  type LotNode,
  type LotPlace,
  pointsAt,
  sequenceAt,
  timestampAt,
} from './lot-node';
import { LotTree } from './lot-tree';

/**
 * One payer's part of an account: its unspent lots, the debits that cover the oldest of them, and a
 * cursor on the first lot that the debits do not cover fully, which is the payer's next lot to be
 * spent.
 */
export class PayerLots implements LotPlace, HeapItem {
  readonly lots = new LotTree();
  /** The points of all floating debits, which cover the oldest unspent lots. */
  debited = 0;
  /** The cursor; null while debits cover all lots. */
  leaf: LotNode | null = null;
  index = 0;
  /** The points of the cursor's lot that a debit covers: fewer than the lot has. */
  covered = 0;
  /** The payer's slot in the account's order of payers; -1 while it has nothing to spend. */
  place = -1;
  /** Granted points that begin later: in no lot above, and not in the balance. */
  pending = 0;
  /** Points in open holds: in no lot above, and not in the balance. */
  held = 0;
  /** The payer's slot in the account's order of expiry; null while no lot has had an end. */
  expiry: PayerExpiry | null = null;

  /**
   * Where the lot was that was looked up last. Lots may have moved since, so it is compared with
   * the key that is looked up next: often the same lot, as a decision is followed by its entry.
   */
  private readonly found: LotPlace = { leaf: null, index: 0 };

  constructor(readonly payer: string) {}

  get balance(): number {
    return this.lots.sum - this.debited;
  }

  /** What the cursor's lot can pay. */
  get free(): number {
    return pointsAt(this.leaf!, this.index) - this.covered;
  }

  /** Opens a lot, or gives points back to one. O(log n). */
  give(timestamp: number, sequence: number, points: number, end: number): void {
    const moved = this.restore(timestamp, sequence, points, end);
    if (moved || !this.isPast(timestamp, sequence)) this.seek();
  }

  /** Adds a lot without moving the cursor. O(log n). */
  restore(timestamp: number, sequence: number, points: number, end: number): boolean {
    if (end !== never) this.expiry ??= new PayerExpiry(this);
    return this.lots.add(timestamp, sequence, points, end);
  }

  /**
   * Takes points from a lot, whether or not a debit covers them: the undo of `give`. O(log n).
   * @returns when the lot expires; `never` if it does not.
   */
  take(key: LotKey, points: number): number {
    if (this.isCursor(key) && points <= this.free) {
      const end = endAt(this.leaf!, this.index);
      this.takeFree(points);
      return end;
    }
    const leaf = this.search(key);
    if (leaf === null) broken(`payer ${this.payer} has no unspent lot ${key.sequence}`);
    const end = endAt(leaf, this.found.index);
    const moved = this.lots.take(leaf, this.found.index, points);
    if (moved || !this.isPast(key.timestamp, key.sequence)) this.seek();
    return end;
  }

  /**
   * Covers the oldest lots with a debit; a negative one is lifted. Requires points ≤ balance,
   * unless the lots that it covers are given next. O(log n).
   */
  debit(points: number): void {
    this.debited += points;
    if (this.leaf !== null && points > 0 && points < this.free) this.covered += points;
    else this.seek();
  }

  /** Takes points that no debit covers from a lot. O(log n). */
  spend(key: LotKey, points: number): void {
    if (!this.isCursor(key)) {
      this.take(key, points);
      return;
    }
    invariant(points <= this.free, 'a spend takes no points under a debit');
    this.takeFree(points);
  }

  /** Takes points that no debit covers from the cursor's lot. */
  private takeFree(points: number): void {
    const leaf = this.leaf!;
    const free = this.free;
    const moved = this.lots.take(leaf, this.index, points);
    if (points < free) return;
    // Points that a debit covers stay in the lot, and the cursor moves on. An emptied lot is
    // removed under the cursor.
    if (this.covered > 0) this.index += 1;
    this.covered = 0;
    if (moved || !hasLotAt(leaf, this.index)) this.seek();
  }

  /** Moves the cursor to where it belongs. O(log n). */
  seek(): void {
    if (this.debited < this.lots.sum) {
      this.covered = this.lots.seekPoints(this.debited, this);
    } else {
      this.leaf = null;
      this.index = 0;
      this.covered = 0;
    }
  }

  /** Returns the unspent points of the lot at this key, 0 if it has none. O(log n). */
  unspentOf(key: LotKey): number {
    const leaf = this.search(key);
    return leaf === null ? 0 : pointsAt(leaf, this.found.index);
  }

  /** Returns when the first lot expires, and the least sequence of those that do then. O(1). */
  get firstEnd(): readonly [end: number, sequence: number] {
    return firstEnd(this.lots.root);
  }

  /** Returns the lot that expires first. Requires that one does. O(log n). */
  firstToExpire(): ExpiringLot {
    seekFirstEnd(this.lots.root, this.found);
    const { index } = this.found;
    const leaf = this.found.leaf!;
    const points = pointsAt(leaf, index);
    const covered = this.debited === 0 ? 0 : this.coveredAt(leaf, index);
    return {
      timestamp: timestampAt(leaf, index),
      sequence: sequenceAt(leaf, index),
      points,
      covered,
    };
  }

  private coveredAt(leaf: LotNode, index: number): number {
    const rest = this.debited - this.lots.pointsBefore(leaf, index);
    return Math.max(0, Math.min(pointsAt(leaf, index), rest));
  }

  /** True if the cursor is at a lot before this key. */
  private isPast(timestamp: number, sequence: number): boolean {
    if (this.leaf === null) return false;
    const at = timestampAt(this.leaf, this.index);
    return at < timestamp || (at === timestamp && sequenceAt(this.leaf, this.index) < sequence);
  }

  private isCursor(key: LotKey): boolean {
    return this.leaf !== null && isLotAt(this.leaf, this.index, key);
  }

  /** Returns the leaf of the lot at this key, and finds its index; null if there is no such lot. */
  private search(key: LotKey): LotNode | null {
    const { found } = this;
    if (found.leaf !== null && isLotAt(found.leaf, found.index, key)) return found.leaf;
    this.lots.seekKey(key, found);
    return found.leaf !== null && isLotAt(found.leaf, found.index, key) ? found.leaf : null;
  }
}

/** Orders a payer by its next lot to expire. */
export class PayerExpiry implements HeapItem {
  place = -1;

  constructor(readonly lots: PayerLots) {}
}

interface ExpiringLot extends LotKey {
  /** The unspent points. */
  readonly points: number;
  /** Those of them that a debit covers. */
  readonly covered: number;
}

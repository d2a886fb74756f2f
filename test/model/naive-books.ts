import type { Allocation, PayerPoints } from '../../src/ledger/entry';
import type { OpenLot } from '../../src/ledger/lot-page';
import { nextDueOf } from './naive-lapse';

/** A lot and what became of its points. Lots are kept forever. */
export interface NaiveLot {
  readonly payer: string;
  readonly timestamp: number;
  readonly sequence: number;
  readonly granted: number;
  readonly from: number | undefined;
  readonly expiresAt: number | undefined;
  isPending: boolean;
  unspent: number;
  spent: number;
  held: number;
  reversed: number;
  expired: number;
  settled: number;
}

interface NaiveDebits {
  debited: number;
  lifted: number;
  settled: number;
}

interface NaiveGrant {
  readonly payer: string;
  readonly timestamp: number;
  readonly sequence: number;
  readonly points: number;
  readonly from: number | undefined;
  readonly expiresAt: number | undefined;
}

/** A hold. Holds are kept forever; one that has nothing is over. */
export interface NaiveHold {
  readonly sequence: number;
  readonly expiresAt: number;
  /** What it holds, in the order in which it took it. */
  lots: Allocation[];
}

interface NaiveExpiry {
  readonly at: number;
  readonly sequence: number;
  readonly points: number;
}

type Place = 'unspent' | 'spent' | 'held';

/** The lots, debits and holds of an account in plain lists. Every question walks all of them. */
export class NaiveBooks {
  lots: NaiveLot[] = [];
  holds: NaiveHold[] = [];
  /** In the order in which the payers appeared. */
  debits = new Map<string, NaiveDebits>();
  /** The `at` of the last row. */
  lapsedAt = Number.NEGATIVE_INFINITY;
  /** Without dates, nothing is ever due: long histories of plain entries are replayed faster. */
  /** False while nothing can ever be due. */
  hasDates = false;

  copy(): NaiveBooks {
    const copy = new NaiveBooks();
    copy.lots = this.lots.map((lot) => ({ ...lot }));
    copy.holds = this.holds.map((hold) => ({ ...hold }));
    copy.debits = new Map(Array.from(this.debits, ([payer, debits]) => [payer, { ...debits }]));
    copy.lapsedAt = this.lapsedAt;
    copy.hasDates = this.hasDates;
    return copy;
  }

  /** Lots are in the order of their sequences. */
  lot(sequence: number): NaiveLot {
    let [low, high] = [0, this.lots.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.lots[middle]!.sequence < sequence) low = middle + 1;
      else high = middle;
    }
    return this.lots[low]!;
  }

  isDue(time: number): boolean {
    return nextDueOf(this) <= time;
  }

  grant({ points, ...rest }: NaiveGrant, time: number): void {
    if (!this.debits.has(rest.payer)) {
      this.debits.set(rest.payer, { debited: 0, lifted: 0, settled: 0 });
    }
    const isPending = rest.from !== undefined && rest.from > time;
    this.hasDates ||= rest.from !== undefined || rest.expiresAt !== undefined;
    const none = { spent: 0, held: 0, reversed: 0, expired: 0, settled: 0 };
    this.lots.push({ ...rest, granted: points, unspent: points, isPending, ...none });
  }

  addDebit(payer: string, points: number): void {
    this.debits.get(payer)!.debited += points;
  }

  liftDebit(payer: string, points: number): void {
    this.debits.get(payer)!.lifted += points;
  }

  /** Takes the oldest points of some payers that no debit covers, and spends or holds them. */
  take(points: number, isChosen: (payer: string) => boolean, as: 'spent' | 'held'): Allocation[] {
    const allocations: Allocation[] = [];
    let missing = points;
    for (const { payer, timestamp, sequence, remaining, expiresAt } of this.openLots()) {
      const taken = Math.min(missing, remaining);
      if (taken === 0 || !isChosen(payer)) continue;
      const end = expiresAt === undefined ? {} : { expiresAt };
      allocations.push({ payer, timestamp, sequence, points: taken, ...end });
      missing -= taken;
    }
    this.move(allocations, 'unspent', as);
    return allocations;
  }

  /** Moves points of lots from one place to another. */
  move(allocations: readonly Allocation[], from: Place, to: Place): void {
    for (const { sequence, points } of allocations) {
      const lot = this.lot(sequence);
      lot[from] -= points;
      lot[to] += points;
    }
  }

  takeBack(lot: NaiveLot, fromLot: number, debited: number): void {
    lot.unspent -= fromLot;
    lot.reversed += fromLot;
    this.addDebit(lot.payer, debited);
  }

  floating(payer: string): number {
    const { debited, lifted, settled } = this.debits.get(payer)!;
    return debited - lifted - settled;
  }

  balance(payer: string): number {
    if (!this.debits.has(payer)) return 0;
    const valid = this.lots.filter((lot) => lot.payer === payer && !lot.isPending);
    return valid.reduce((sum, lot) => sum + lot.unspent, 0) - this.floating(payer);
  }

  balances(): PayerPoints[] {
    return [...this.debits.keys()].map((payer) => ({ payer, points: this.balance(payer) }));
  }

  heldByPayer(): PayerPoints[] {
    return [...this.debits.keys()].map((payer) => {
      const lots = this.openHolds().flatMap((hold) => hold.lots);
      const held = lots.filter((lot) => lot.payer === payer);
      return { payer, points: held.reduce((sum, { points }) => sum + points, 0) };
    });
  }

  openHolds(): NaiveHold[] {
    return this.holds.filter(({ lots }) => lots.length > 0);
  }

  pendingByPayer(): PayerPoints[] {
    return [...this.debits.keys()].map((payer) => {
      const pending = this.lots.filter((lot) => lot.payer === payer && lot.isPending);
      return { payer, points: pending.reduce((sum, lot) => sum + lot.unspent, 0) };
    });
  }

  points(): number {
    return this.balances().reduce((sum, { points }) => sum + points, 0);
  }

  /**
   * Returns the unspent points of all lots, covered and pending ones included, and the held ones.
   */
  unspentAndHeld(): number {
    return this.lots.reduce((sum, lot) => sum + lot.unspent + lot.held, 0);
  }

  lotCount(): number {
    return this.lots.filter((lot) => lot.unspent > 0).length;
  }

  /** Returns what no debit covers, in the order of spending. */
  openLots(): OpenLot[] {
    const open: OpenLot[] = [];
    const floating = new Map([...this.debits.keys()].map((each) => [each, this.floating(each)]));
    for (const { payer, timestamp, sequence, unspent, expiresAt } of this.#validLots()) {
      const covered = Math.min(unspent, floating.get(payer)!);
      floating.set(payer, floating.get(payer)! - covered);
      const remaining = unspent - covered;
      const end = expiresAt === undefined ? {} : { expiresAt };
      if (remaining > 0) open.push({ payer, timestamp, sequence, remaining, ...end });
    }
    return open;
  }

  /** Returns what expires and no debit covers, by instant, then in the order of spending. */
  expiring(): NaiveExpiry[] {
    return this.openLots()
      .filter(({ expiresAt }) => expiresAt !== undefined)
      .sort((a, b) => a.expiresAt! - b.expiresAt! || byKey(a, b))
      .map(({ sequence, remaining, expiresAt }) => {
        return { at: expiresAt!, sequence, points: remaining };
      });
  }

  /** The floating debits of a payer cover its oldest unspent points. */
  covered(lot: NaiveLot): number {
    let left = this.floating(lot.payer);
    if (left === 0) return 0;
    for (const other of this.lots) {
      if (other.payer !== lot.payer || other.isPending || byKey(other, lot) >= 0) continue;
      left -= other.unspent;
    }
    return Math.min(lot.unspent, Math.max(0, left));
  }

  #validLots(): NaiveLot[] {
    return this.lots.filter((lot) => !lot.isPending && lot.unspent > 0).sort(byKey);
  }
}

function byKey(
  a: { readonly timestamp: number; readonly sequence: number },
  b: { readonly timestamp: number; readonly sequence: number },
): number {
  return a.timestamp - b.timestamp || a.sequence - b.sequence;
}

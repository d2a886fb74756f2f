import type { Command, SpendPoints, SpentPart } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import { add, debit, spend } from '../ledger/commands';
import {
  capture,
  grant,
  hold,
  release,
  reverseSpend,
  reverseTransaction,
  spendOf,
} from '../ledger/life-commands';
import type { NaiveLife } from './naive-life';
import { numbersFrom } from './runs';

/** What a random life is like. */
export interface Temper {
  readonly payers: number;
  readonly pointsMax: number;
  /** Timestamps and dates are within so many milliseconds. */
  readonly instants: number;
  /** The share of grants among the commands. */
  readonly grants: number;
  /**
   * The share of holds, captures, releases and choices of payers among the others; absent for 0.
   */
  readonly holds?: number;
}

export const tempers: readonly Temper[] = [
  { payers: 1, pointsMax: 3, instants: 10, grants: 0.3 },
  { payers: 2, pointsMax: 5, instants: 30, grants: 0.35 },
  { payers: 4, pointsMax: 30, instants: 100, grants: 0.4 },
  { payers: 12, pointsMax: 9, instants: 40, grants: 0.5 },
];

export const tempersWithHolds: readonly Temper[] = tempers.map((temper) => {
  return { ...temper, holds: 0.45 };
});

/** Makes random commands for an account as it then is. The clock goes back now and then. */
export class RandomLife {
  now = 0;
  readonly #random: () => number;

  constructor(
    seed: number,
    readonly temper: Temper,
  ) {
    this.#random = numbersFrom(seed);
  }

  /** Returns the next command; the clock may have moved before. */
  next(model: NaiveLife): Command {
    this.#moveClock();
    const command = this.#command(model);
    const idempotencyKey = this.chance(0.1) ? `key ${this.upTo(5)}` : null;
    return { ...command, idempotencyKey, reference: this.chance(0.05) ? 'order' : null };
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  /** Returns an integer from 1 to `most`. */
  upTo(most: number): number {
    return 1 + Math.floor(this.#random() * most);
  }

  #moveClock(): void {
    if (this.chance(0.3)) this.now += this.upTo(this.temper.instants / 5);
    if (this.chance(0.03)) this.now -= this.upTo(3);
  }

  #command(model: NaiveLife): Command {
    if (this.chance(this.temper.grants)) return this.#grant();
    if (this.chance(this.temper.holds ?? 0)) return this.#holdOrChoice(model);
    const points = this.upTo(this.temper.pointsMax);
    const kind = this.upTo(10);
    if (kind <= 2) return debit(this.#payer(), points);
    if (kind <= 5) return spend(this.#manyOr(points));
    const requested = this.chance(0.4) ? null : points;
    if (kind <= 7) return reverseSpend(this.#target(model, 'spend'), requested);
    const spentPart: SpentPart = this.chance(0.5) ? 'DEBIT' : 'REFUSE';
    return reverseTransaction(this.#target(model, 'transaction'), requested, spentPart);
  }

  #holdOrChoice(model: NaiveLife): Command {
    const points = this.upTo(this.temper.pointsMax);
    const kind = this.upTo(10);
    if (kind <= 2) return spendOf(this.#manyOr(points), this.#choices());
    const open = model.books.openHolds();
    if (kind <= 6 || (open.length === 0 && this.chance(0.9))) return this.#hold(points);
    const target = this.chance(0.1)
      ? this.#target(model, 'hold')
      : (open[this.upTo(open.length) - 1]?.sequence ?? null);
    if (kind === 7) return release(target);
    return capture(target, this.chance(0.4) ? null : points, this.chance(0.5));
  }

  #hold(points: number): Command {
    const expiresAt = this.now + this.upTo(this.temper.instants) - 1;
    return hold(this.#manyOr(points), expiresAt, this.#choices());
  }

  #manyOr(points: number): number {
    return this.chance(0.1) ? points * 10 : points;
  }

  #choices(): Pick<SpendPoints, 'payers' | 'upTo'> {
    const upTo = this.chance(0.2) ? { upTo: true } : {};
    if (this.chance(0.7)) return upTo;
    const names = Array.from({ length: this.upTo(3) }, () => this.#payer());
    return { payers: this.chance(0.5) ? { only: names } : { except: names }, ...upTo };
  }

  #grant(): Command {
    const { pointsMax, instants } = this.temper;
    const [payer, points, timestamp] = [this.#payer(), this.upTo(pointsMax), this.upTo(instants)];
    const availableFrom = this.now + this.upTo(instants / 3) - 2;
    const expiresAt = this.now + this.upTo(instants / 2) - 1;
    const kind = this.upTo(10);
    if (kind <= 3) return add(payer, points, timestamp);
    if (kind <= 7) return grant(payer, points, timestamp, { expiresAt });
    if (kind === 8) return grant(payer, points, timestamp, { availableFrom });
    if (kind === 9) return grant(payer, points, timestamp, { availableFrom, expiresAt });
    return grant(payer, points * (this.chance(0.2) ? -1 : 1), timestamp, {
      availableFrom,
      expiresAt: availableFrom + this.upTo(instants / 3),
    });
  }

  /** Returns an entry to reverse, capture or release: mostly one of the right kind. */
  #target(model: NaiveLife, kind: Entry['kind']): number | null {
    if (this.chance(0.02)) return this.chance(0.5) ? null : model.sequence + 5;
    const entries = this.chance(0.03)
      ? model.entries
      : model.entries.filter((entry) => entry.kind === kind);
    return entries[this.upTo(entries.length) - 1]?.sequence ?? null;
  }

  #payer(): string {
    return `payer ${this.upTo(this.temper.payers)}`;
  }
}

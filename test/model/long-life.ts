import type { Command } from '../../src/ledger/command';
import type { Allocation } from '../../src/ledger/entry';
import { add, debit, spend } from '../ledger/commands';
import { noon, restored, Scenario } from '../ledger/given';
import { expectAlike, expectSame } from './compare';
import { NaiveLedger } from './naive-ledger';
import { numbersFrom } from './runs';

/**
 * A long life of an account in phases of one kind of command each, and so of one kind of growth:
 * long ordered runs split and merge whole regions of the lots, while random commands touch them
 * evenly. Every decision is compared; the state is compared after every phase.
 */
export class LongLife {
  scenario = new Scenario();
  readonly model = new NaiveLedger(this.scenario.account.id);
  readonly #random: () => number;
  /** Copies of the model from before each phase. */
  readonly #marks: NaiveLedger[] = [];

  constructor(
    seed: number,
    readonly payers: number,
    /** The most lots that are open at once. */
    readonly lotsMax: number,
  ) {
    this.#random = numbersFrom(seed);
  }

  /** Runs one phase of a random kind. */
  phase(): void {
    const { grow, scatter, shrink, nibble, toAndFro, rewind, restore } = this;
    const growing = this.model.lotCount() < this.lotsMax / 2 ? [grow, scatter] : [];
    const phases = [grow, scatter, ...growing, shrink, nibble, toAndFro, rewind, restore];
    this.#marks.push(this.model.copy());
    this.#oneOf(phases).call(this);
    expectSame(this.scenario.account, this.model);
  }

  /** Adds in ascending or descending order of time. */
  grow(adds = this.#adds()): void {
    const start = this.#upTo(10_000);
    const step = this.#oneOf([1, 1, -1]);
    for (let index = 0; index < adds; index += 1) {
      this.#add(this.#payer(), this.#upTo(9), start + index * step);
    }
  }

  /** Adds in random order, many at the same instant. */
  scatter(adds = this.#adds()): void {
    const milliseconds = this.#oneOf([10, 1_000, 1_000_000]);
    for (let left = adds; left > 0; left -= 1) {
      this.#add(this.#payer(), this.#upTo(9), this.#upTo(milliseconds));
    }
  }

  /** Spends large amounts: whole lots, the last of them in part. */
  shrink(): void {
    for (const share of [0.1, 0.5, 0.9]) {
      const points = Math.ceil(this.model.points() * share * this.#random());
      if (points > 0) this.#decide(spend(points));
    }
  }

  /** Spends small amounts, and compares the total with one spend of the same amount. */
  nibble(): void {
    const { account } = this.scenario;
    const taken: Allocation[] = [];
    for (let left = this.#upTo(1_500); left > 0 && account.points > 0; left -= 1) {
      const decision = this.scenario.run(spend(Math.min(account.points, this.#upTo(12))));
      if (decision.kind !== 'accepted' || decision.entry.kind !== 'spend') throw new Error();
      taken.push(...decision.entry.allocations);
    }
    const points = taken.reduce((sum, allocation) => sum + allocation.points, 0);
    const allocations = this.model.take(points);
    expectAlike(joined(taken), allocations);
    const last = this.scenario.entries.at(-1);
    if (last?.kind === 'spend') this.model.apply({ ...last, points, allocations });
  }

  /** Debits payers in part or wholly, and frees the lots by older ones or not. */
  toAndFro(): void {
    for (let times = 0; times < 20; times += 1) {
      const payer = this.#payer();
      const share = this.#oneOf([this.#random(), 1]);
      const points = Math.ceil(this.model.balance(payer) * share);
      if (points === 0) continue;
      this.#decide(debit(payer, points));
      if (this.#random() < 0.6) this.#add(payer, points, -this.#upTo(1_000));
    }
  }

  /** Undoes everything since an earlier phase, checks the state there, and applies it again. */
  rewind(): void {
    const reachable = this.scenario.entries.length - this.scenario.undos.length;
    const marks = this.#marks.filter(({ sequence }) => sequence >= reachable);
    if (marks.length === 0) return;
    const mark = this.#oneOf(marks);
    const entries = this.scenario.entries.slice(mark.sequence);
    for (let left = entries.length; left > 0; left -= 1) this.scenario.undo();
    expectSame(this.scenario.account, mark);
    for (const entry of entries) this.scenario.apply(entry);
  }

  /**
   * Continues from a snapshot: the trees are rebuilt, and what was done before cannot be undone.
   */
  restore(): void {
    this.scenario = restored(this.scenario, this.#upTo(5_000));
  }

  /** Runs a command that must be accepted; only the resulting state is compared. */
  #add(payer: string, points: number, timestamp: number): void {
    const decision = this.scenario.run(add(payer, points, timestamp));
    if (decision.kind !== 'accepted') throw new Error(`the add was ${decision.kind}`);
    this.model.apply(decision.entry);
  }

  /** Runs a command that the model decides as well. */
  #decide(command: Command): void {
    const right = this.model.decide(command, noon, `entry-${this.model.sequence + 1}`);
    const decision = this.scenario.run(command);
    expectAlike(decision, right);
    if (decision.kind === 'accepted') this.model.apply(decision.entry);
  }

  /** Returns how many adds fit in this phase. */
  #adds(): number {
    return Math.min(this.#upTo(this.lotsMax / 3), this.lotsMax - this.model.lotCount());
  }

  #payer(): string {
    return `payer ${this.#upTo(this.payers)}`;
  }

  /** Returns an integer from 1 to `most`. */
  #upTo(most: number): number {
    return 1 + Math.floor(this.#random() * most);
  }

  #oneOf<T>(choices: readonly T[]): T {
    return choices[this.#upTo(choices.length) - 1]!;
  }
}

/** Joins the allocations of several spends as one spend would have made them. */
function joined(allocations: readonly Allocation[]): Allocation[] {
  const whole: Allocation[] = [];
  for (const allocation of allocations) {
    const last = whole.at(-1);
    if (last?.sequence !== allocation.sequence) whole.push(allocation);
    else whole[whole.length - 1] = { ...last, points: last.points + allocation.points };
  }
  return whole;
}

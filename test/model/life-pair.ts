import { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import { evolve, type Undo } from '../../src/ledger/evolve';
import { restorePart, snapshotParts } from '../../src/ledger/snapshot';
import { LifeScenario } from '../ledger/life-scenario';
import { expectAlike } from './compare';
import { stateOf, stateOfModel } from './life-compare';
import { type LifeDecision, NaiveLife } from './naive-life';

/** An account and its model, which get the same commands. */
export class LifePair {
  scenario = new LifeScenario();
  readonly model = new NaiveLife('member-1');
  #ids = 0;

  /** Runs a command in both and expects equal decisions. */
  run(command: Command, now: number): LifeDecision {
    this.#ids += 1;
    const id = `entry-${this.#ids}`;
    const right = this.model.run(command, now, id);
    const decision = this.scenario.run(command, now, id);
    expectAlike(decision, right);
    return decision;
  }

  /** Expects every field of the state to be the model's. */
  expectSameState(): void {
    expectAlike(stateOf(this.scenario.account), stateOfModel(this.model));
  }

  /** Records what is due in both, in one entry. */
  sweep(now: number): void {
    this.#ids += 1;
    const lapse = this.model.sweep(now, `sweep-${this.#ids}-0`);
    this.scenario.sweep(now, `sweep-${this.#ids}`);
    if (lapse !== null) expectAlike(this.scenario.entries.at(-1)!, lapse);
  }

  /** Continues from a snapshot in parts of so many lots. */
  restore(partSize: number): void {
    const { account, entries } = this.scenario;
    this.scenario = new LifeScenario(restoredFrom(account, partSize));
    this.scenario.entries.push(...entries);
  }
}

/** Returns the account, restored from its snapshot. */
export function restoredFrom(account: Account, partSize: number): Account {
  const copy = new Account(account.id);
  for (const part of snapshotParts(account, partSize)) {
    if (!restorePart(copy, part)) throw new Error(`A part is not restored: ${part}`);
  }
  copy.sequence = account.sequence;
  copy.recordedAt = account.recordedAt;
  return copy;
}

/** Returns an account to which the entries were applied, and their undos. */
export function replayed(entries: readonly Entry[]): { account: Account; undos: Undo[] } {
  const account = new Account('member-1');
  return { account, undos: entries.map((entry) => evolve(account, entry)) };
}

import type { Command } from '../../src/ledger/command';
import type { Decision } from '../../src/ledger/decide';
import { Scenario } from '../ledger/given';
import { type Action, commandOf, type World } from './actions';
import { expectSame } from './compare';
import { withoutWords } from './naive-decision';
import { NaiveLedger } from './naive-ledger';
import { Tally } from './tally';

/** An account and its model, which get the same commands. */
export class Pair {
  scenario = new Scenario();
  readonly model = new NaiveLedger(this.scenario.account.id);
  readonly #tally = new Tally();

  /** Runs an action in both, and expects equal decisions and equal states. */
  run(action: Action, world: World): void {
    this.runCommand(commandOf(action, world, this.model), action.now);
  }

  /** Runs a command in both, and expects equal decisions and equal states. */
  runCommand(command: Command, now: number): Decision {
    const id = `entry-${this.model.sequence + 1}`;
    const right = this.model.run(command, now, id);
    const decision = this.scenario.at(now).run(command);
    expect(withoutWords(decision)).toEqual(right);
    expectSame(this.scenario.account, this.model);
    if (decision.kind === 'accepted') this.#tally.count(decision.entry);
    return decision;
  }

  /**
   * Expects earned − debited − spent = balance ≥ 0 for every payer, and open lots − floating debits
   * = the sum of the balances.
   */
  expectBalanced(): void {
    const { account } = this.scenario;
    const balances = account.balances();
    const exact = balances.map(({ payer, points }) => ({ payer, points: BigInt(points) }));
    expect(exact).toEqual(this.#tally.balances());
    for (const { points } of balances) expect(points).toBeGreaterThanOrEqual(0);
    const sum = exact.reduce((total, { points }) => total + points, 0n);
    expect(BigInt(account.openPoints) - this.#tally.debited()).toBe(sum);
    expect(BigInt(account.points)).toBe(sum);
  }
}

/** Returns an account and its model after all actions of a world. */
export function run(world: World): Pair {
  const pair = new Pair();
  for (const action of world.actions) pair.run(action, world);
  return pair;
}

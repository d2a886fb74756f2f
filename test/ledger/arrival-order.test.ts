import fc from 'fast-check';
import type { AddTransaction, Command } from '../../src/ledger/command';
import { commandOf, type World, worlds } from '../model/actions';
import { NaiveLedger } from '../model/naive-ledger';
import { plainCommand } from '../model/plain';
import { longRunMsMax, often } from '../model/runs';
import { add, debit, spend } from './commands';
import { given, Scenario } from './given';

jest.setTimeout(longRunMsMax);

/**
 * Returns what the next spend would take, lot by lot; lots are identified by their timestamps,
 * which are distinct here.
 */
function lotsOf(scenario: Scenario): object {
  return scenario
    .lots()
    .map(({ payer, timestamp, remaining }) => ({ payer, timestamp, remaining }));
}

/**
 * Returns runs of accepted adds and debits, each after the spend that preceded it; all timestamps
 * are distinct.
 */
function acceptedRuns(world: World): Command[][] {
  const model = new NaiveLedger('member-1');
  const runs: Command[][] = [[]];
  for (const [index, action] of world.actions.entries()) {
    const command = distinct(commandOf({ ...action, key: null }, world, model), index);
    if (model.run(command, 0, `entry-${index}`).kind !== 'accepted') continue;
    if (command.kind === 'spendPoints') runs.push([]);
    runs.at(-1)!.push(command);
  }
  return runs;
}

/**
 * Returns the same command at a distinct timestamp, still in no order: the index sets the last
 * digits.
 */
function distinct(given: Command, index: number): Command {
  const command = plainCommand(given);
  if (command.kind === 'spendPoints') return command;
  return { ...command, timestamp: command.timestamp * 100 + index };
}

function isSpend(command: Command): boolean {
  return command.kind === 'spendPoints';
}

/**
 * Accepts the commands in the order of their ranks; a debit that is not covered yet is retried
 * later.
 */
function acceptAll(
  scenario: Scenario,
  commands: readonly Command[],
  ranks: readonly number[],
): void {
  const rank = (index: number) => ranks[index % ranks.length]! + index / 1_000;
  const shuffled = commands
    .map((command, index) => ({ command, rank: rank(index) }))
    .sort((a, b) => a.rank - b.rank);
  let waiting = shuffled.map(({ command }) => command);
  while (waiting.length > 0) {
    const refused = waiting.filter((command) => scenario.run(command).kind === 'refused');
    expect(refused.length).toBeLessThan(waiting.length);
    waiting = refused;
  }
}

describe('between two spends', () => {
  test('the same adds and debits in any order leave the same points to the next spend', () => {
    const law = (world: World, ranks: readonly number[]) => {
      const [scenario, permuted] = [new Scenario(), new Scenario()];
      for (const [first, ...others] of acceptedRuns(world)) {
        if (first === undefined) continue;
        const movable = isSpend(first) ? others : [first, ...others];
        if (isSpend(first)) for (const each of [scenario, permuted]) each.accepting(first);
        scenario.accepting(...movable);
        acceptAll(permuted, movable, ranks);
        expect(lotsOf(permuted)).toEqual(lotsOf(scenario));
      }
    };
    const ranks = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 60 });
    fc.assert(fc.property(worlds(), ranks, law), often(120));
  });

  test('all 120 orders of two lots of A, one of B, and two debits of A that are accepted agree', () => {
    const commands = [
      add('A', 5, 3),
      add('A', 4, 1),
      add('B', 7, 2),
      debit('A', 3, 8),
      debit('A', 2, 9),
    ];
    const accepted = permutations(commands).filter(isAcceptedWhole);
    expect(accepted).toHaveLength(50);
    for (const order of accepted) {
      given(...order)
        .when(spend(1))
        .leavesLots(['B', 2, 6], ['A', 3, 4]);
    }
  });

  test('equal timestamps are spent in the order of acceptance, whichever payer granted them', () => {
    given(add('A', 5, 1), add('B', 5, 1))
      .when(spend(6))
      .takes(['A', 5], ['B', 1]);
    given(add('B', 5, 1), add('A', 5, 1))
      .when(spend(6))
      .takes(['B', 5], ['A', 1]);
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) => {
    const others = items.filter((_, place) => place !== index);
    return permutations(others).map((rest) => [item, ...rest]);
  });
}

function isAcceptedWhole(commands: readonly AddTransaction[]): boolean {
  const scenario = new Scenario();
  return commands.every((command) => scenario.run(command).kind === 'accepted');
}

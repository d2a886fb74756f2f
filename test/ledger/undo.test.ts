import fc from 'fast-check';
import type { Command } from '../../src/ledger/command';
import { snapshotParts } from '../../src/ledger/snapshot';
import { commandOf, type World, worlds } from '../model/actions';
import { expectSame, observe } from '../model/compare';
import { NaiveLedger } from '../model/naive-ledger';
import { longRunMsMax, often } from '../model/runs';
import { add, debit, spend } from './commands';
import { given, Scenario } from './given';

jest.setTimeout(longRunMsMax);

/** Returns everything that can be read of an account, and everything that is stored of it. */
function everything({ account }: Scenario): object {
  return { ...observe(account), snapshot: [...snapshotParts(account)] };
}

function expectUndone(scenario: Scenario, command: Command): void {
  const before = everything(scenario);
  scenario.accepting(command);
  expect(everything(scenario)).not.toEqual(before);
  scenario.undo();
  expect(everything(scenario)).toEqual(before);
}

describe('evolve and then its undo is the identity', () => {
  test('of the first add of an account', () => expectUndone(given(), add('A', 5, 1)));

  test('of the first add of another payer, who is unknown again', () => {
    expectUndone(given(add('A', 5, 1)), add('B', 5, 1));
  });

  test('of an older lot to which a debit moved', () => {
    expectUndone(given(add('A', 5, 9), debit('A', 3)), add('A', 2, 1));
  });

  test('of a debit', () => expectUndone(given(add('A', 5, 1), add('A', 5, 2)), debit('A', 7)));

  test('of a spend that emptied lots and left a payer with none', () => {
    expectUndone(given(add('A', 5, 1), add('B', 5, 2), debit('B', 1)), spend(9));
  });

  test('of any entry of any account', () => {
    const law = (world: World) => {
      const scenario = new Scenario();
      const model = new NaiveLedger(scenario.account.id);
      for (const [step, action] of world.actions.entries()) {
        const command = commandOf(action, world, model);
        const decision = model.run(command, action.now, `entry-${step}`);
        if (decision.kind !== 'accepted') continue;
        expectUndone(scenario.at(action.now), command);
        scenario.accepting(command);
      }
    };
    fc.assert(fc.property(worlds(40), law), often(60));
  });

  test('of any number of entries, at any point, undone in reverse', () => {
    const law = (world: World, rewinds: readonly number[]) => {
      const scenario = new Scenario();
      const models = [new NaiveLedger(scenario.account.id)];
      for (const [step, action] of world.actions.entries()) {
        const model = models.at(-1)!.copy();
        const command = commandOf(action, world, model);
        model.run(command, action.now, `entry-${scenario.entries.length + 1}`);
        if (scenario.at(action.now).run(command).kind === 'accepted') models.push(model);
        rewind(scenario, models, rewinds[step] ?? 0);
      }
      rewind(scenario, models, scenario.entries.length);
      expect(everything(scenario)).toEqual(everything(new Scenario()));
    };
    const rewinds = fc.array(fc.oneof(fc.constant(0), fc.constant(0), fc.nat(12)), {
      maxLength: 60,
      size: 'max',
    });
    fc.assert(fc.property(worlds(), rewinds, law), often(100));
  });

  function rewind(scenario: Scenario, models: NaiveLedger[], entries: number): void {
    for (let left = Math.min(entries, scenario.entries.length); left > 0; left -= 1) {
      scenario.undo();
      models.pop();
    }
    expectSame(scenario.account, models.at(-1)!);
  }
});

import { join } from 'node:path';
import type { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import type { Target } from '../../src/ledger/target';
import { add, debit, spend } from './commands';
import { StepCounter } from './count-steps';
import { capture, hold, release, reverseSpend } from './life-commands';

const counter = new StepCounter();
const ledger = join(__dirname, '../../src/ledger');
const rules = {
  ...counter.load<typeof import('../../src/ledger/account')>(join(ledger, 'account')),
  ...counter.load<typeof import('../../src/ledger/decide')>(join(ledger, 'decide')),
  ...counter.load<typeof import('../../src/ledger/evolve')>(join(ledger, 'evolve')),
};

const accountCount = 1_000;
const holdsEach = 10;
const far = 1e9;

function run(account: Account, command: Command, target: Target | null = null) {
  const decision = rules.decide(account, command, { now: 0, id: 'entry', keyed: null, target });
  if (decision.kind !== 'accepted') throw new Error(JSON.stringify(decision));
  rules.evolve(account, decision.entry);
  return decision.entry;
}

function accountOf(holds: number): Account {
  const account = new rules.Account('account');
  for (let index = 0; index < 20; index += 1) run(account, add(`payer ${index % 3}`, 5, index));
  for (let index = 0; index < holds; index += 1) run(account, hold(2, far + index));
  return account;
}

/** Counts what each command costs an account that has no hold open. */
function stepsOfCommands(): number[] {
  const account = accountOf(0);
  const stepsOf = (command: Command, target: Target | null = null) => {
    let entry = null as ReturnType<typeof run> | null;
    const steps = counter.stepsOf(() => {
      entry = run(account, command, target);
    });
    return { steps, target: { entry: entry!, newest: null, lapsed: new Map() } };
  };
  const plain = [add('payer 0', 5, 3), debit('payer 1', 2), spend(7)].map((each) => stepsOf(each));
  const reversed = stepsOf(reverseSpend(account.sequence), plain.at(-1)!.target);
  const held = stepsOf(hold(7, far));
  const captured = stepsOf(capture(account.sequence, 3, true), held.target);
  const released = stepsOf(release(held.target.entry.sequence), held.target);
  return [...plain, reversed, held, captured, released].map(({ steps }) => steps);
}

test('10,000 open holds over 1,000 accounts cost an account without holds no step', () => {
  const alone = stepsOfCommands();
  const accounts = Array.from({ length: accountCount }, () => accountOf(holdsEach));
  const open = accounts.reduce((sum, { holds }) => sum + holds.size, 0);
  expect(open).toBe(accountCount * holdsEach);
  expect(stepsOfCommands()).toEqual(alone);
});

import { join } from 'node:path';
import type { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import type { Undo } from '../../src/ledger/evolve';
import { isExhaustive } from '../model/runs';
import { add, debit, spend } from './commands';
import { StepCounter } from './count-steps';

const counter = new StepCounter();
const ledger = join(__dirname, '../../src/ledger');
const accounts = new Map<string, Account>();

/**
 * The rules, instrumented, and linear walks that are planted to show that they would be detected.
 */
const rules = {
  ...counter.load<typeof import('../../src/ledger/account')>(join(ledger, 'account')),
  ...counter.load<typeof import('../../src/ledger/decide')>(join(ledger, 'decide')),
  ...counter.load<typeof import('../../src/ledger/evolve')>(join(ledger, 'evolve')),
  ...counter.load<typeof import('../../src/ledger/lot-page')>(join(ledger, 'lot-page')),
  ...counter.load<typeof import('./planted-walk')>(join(__dirname, 'planted-walk')),
};

/** `npm run test:exhaustive` uses a million. */
const manyLots = isExhaustive ? 1_000_000 : 100_000;

/** Building a million lots takes seconds, or longer on a busy machine. */
/** Points of each lot. Lots have even timestamps, so that another lot fits between any two. */
const pointsOfLot = 2;

/** Returns an account of so many lots, distributed over the payers round robin; built once. */
function accountOf(lots: number, payers: number): Account {
  const name = `${lots} lots of ${payers} payers`;
  const known = accounts.get(name);
  if (known !== undefined) return known;
  const account = new rules.Account(name);
  for (let index = 0; index < lots; index += 1) {
    accept(account, add(`payer ${index % payers}`, pointsOfLot, index * 2));
  }
  accounts.set(name, account);
  return account;
}

function accept(account: Account, command: Command): Undo {
  const decision = rules.decide(account, command, { now: 0, id: 'entry', keyed: null });
  if (decision.kind !== 'accepted') throw new Error(`${decision.kind}: ${JSON.stringify(command)}`);
  return rules.evolve(account, decision.entry);
}

/**
 * Returns the steps of deciding, evolving and undoing commands, after others that are not counted.
 */
function stepsOf(account: Account, commands: readonly Command[], before: readonly Command[] = []) {
  return after(account, before, () => {
    const undos = commands.map((command) => accept(account, command));
    for (const undo of undos.reverse()) undo();
  });
}

/** Returns the steps of a page of 100 lots that begins, or ends, in the middle. */
function stepsOfPage(account: Account, from: 'start' | 'end', before: readonly Command[] = []) {
  const middle = { timestamp: account.lotCount, sequence: 0 };
  const bounds =
    from === 'start' ? { after: middle, before: null } : { after: null, before: middle };
  return after(account, before, () => void rules.lotPage(account, { ...bounds, from, limit: 100 }));
}

/** Returns the steps of an operation alone, between commands and their undos. */
function after(account: Account, before: readonly Command[], operation: () => void): number {
  const undos = before.map((command) => accept(account, command));
  const steps = counter.stepsOf(operation);
  for (const undo of undos.reverse()) undo();
  return steps;
}

/** Returns half of the first payer's points. */
function halfOf(account: Account): number {
  return Math.ceil(account.balances()[0]!.points / 2);
}

/** Returns a timestamp between those of the two lots in the middle. */
function middleOf(account: Account): number {
  return account.lotCount - 1;
}

type Operation = readonly [name: string, steps: (account: Account) => number];

const payer = 'payer 0';

const changes: readonly Operation[] = [
  ['an add in order', (account) => stepsOf(account, [add(payer, 1, 1e9)])],
  ['an add in the middle', (account) => stepsOf(account, [add(payer, 1, middleOf(account))])],
  ['an add before all', (account) => stepsOf(account, [add(payer, 1, -1)])],
  ['an add of a new payer', (account) => stepsOf(account, [add('new', 1, middleOf(account))])],
  ['a debit of one point', (account) => stepsOf(account, [debit(payer, 1)])],
  ['a debit of half', (account) => stepsOf(account, [debit(payer, halfOf(account))])],
  [
    'an older lot that frees half',
    (account) => stepsOf(account, [oldest(account)], cover(account)),
  ],
  ['to and fro', (account) => stepsOf(account, [...cover(account), oldest(account)])],
  ['a spend from 1 lot', (account) => stepsOf(account, [spend(1)])],
  [
    'a spend from 1 lot after covered half',
    (account) => stepsOf(account, [spend(1)], cover(account)),
  ],
  ['a spend from 50 lots', (account) => stepsOf(account, [spend(50 * pointsOfLot)])],
  [
    '50 lots after covered half',
    (account) => stepsOf(account, [spend(49 * pointsOfLot)], cover(account)),
  ],
];

const pages: readonly Operation[] = [
  ['a page from the middle', (account) => stepsOfPage(account, 'start')],
  ['a page up to the middle', (account) => stepsOfPage(account, 'end')],
  ['a page after the covered half', (account) => stepsOfPage(account, 'start', cover(account))],
  ['a page up to the covered half', (account) => stepsOfPage(account, 'end', cover(account))],
];

/** Returns a debit that covers half of the first payer's lots. */
function cover(account: Account): Command[] {
  return [debit(payer, halfOf(account))];
}

/** Returns the add of an older lot, which frees the lots that {@link cover} covered. */
function oldest(account: Account): Command {
  return add(payer, halfOf(account), -1);
}

/**
 * True if steps grow no faster than the depth of a tree: at most fourfold, and a few moved nodes,
 * from 10² to 10⁶ lots.
 */
function isLogarithmic(few: number, many: number): boolean {
  return many <= 4 * few + 400;
}

function expectLogarithmic([, steps]: Operation, accounts: readonly Account[]): void {
  const [few, ...more] = accounts.map(steps);
  expect(few).toBeGreaterThan(0);
  for (const many of more)
    expect({ few, many, grows: isLogarithmic(few!, many) }).toEqual({ few, many, grows: true });
}

describe('steps grow with the logarithm of the lots', () => {
  test.each([...changes, ...pages])(
    `from 10² to 10⁴ and ${manyLots} lots of one payer: %s`,
    (...operation) => {
      expectLogarithmic(operation, [
        accountOf(100, 1),
        accountOf(10_000, 1),
        accountOf(manyLots, 1),
      ]);
    },
  );

  test.each(changes)(`from 10² lots of 100 payers to ${manyLots} of 10,000: %s`, (...operation) => {
    expectLogarithmic(operation, [
      accountOf(100, 100),
      accountOf(10_000, 10_000),
      accountOf(manyLots, 10_000),
    ]);
  });

  test.each(pages)(`from 10⁴ to ${manyLots} lots of 10,000 payers: %s`, (...operation) => {
    expectLogarithmic(operation, [accountOf(10_000, 10_000), accountOf(manyLots, 10_000)]);
  });

  test('and with the number of lots that a spend takes', () => {
    const account = accountOf(manyLots, 1);
    const [one, hundred] = [1, 100].map((lots) => stepsOf(account, [spend(lots * pointsOfLot)]));
    expect(hundred).toBeGreaterThan(100);
    expect(hundred).toBeLessThan(one! * 400);
  });
});

describe('the counter detects a planted linear walk:', () => {
  const { plantedWalks } = rules;

  test.each(Object.keys(plantedWalks))('%s', (name) => {
    const [few, many] = [100, 100_000].map((elements) => {
      const walk = () => void plantedWalks[name]!(elements);
      // The first call makes what the second one walks over.
      walk();
      return counter.stepsOf(walk);
    });
    expect(isLogarithmic(few!, many!)).toBe(false);
  });

  test('a method that does not walk is not counted as a walk', () => {
    const array = new Array(1_000_000).fill(0);
    expect(counter.stepsOf(() => void array.at(-1))).toBe(0);
  });
});

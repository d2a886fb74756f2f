import { join } from 'node:path';
import type { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import type { Target } from '../../src/ledger/target';
import { isExhaustive } from '../model/runs';
import { add, debit, spend } from './commands';
import { StepCounter } from './count-steps';
import {
  capture,
  grant,
  hold,
  release,
  reverseSpend,
  reverseTransaction,
  spendOf,
} from './life-commands';

const counter = new StepCounter();
const ledger = join(__dirname, '../../src/ledger');
const rules = {
  ...counter.load<typeof import('../../src/ledger/account')>(join(ledger, 'account')),
  ...counter.load<typeof import('../../src/ledger/decide')>(join(ledger, 'decide')),
  ...counter.load<typeof import('../../src/ledger/evolve')>(join(ledger, 'evolve')),
  ...counter.load<typeof import('../../src/ledger/lapse')>(join(ledger, 'lapse')),
  ...counter.load<typeof import('../../src/ledger/expiry-page')>(join(ledger, 'expiry-page')),
  ...counter.load<typeof import('../../src/ledger/pending-page')>(join(ledger, 'pending-page')),
};

/** `npm run test:exhaustive` takes ten times as many. */
const sizes = isExhaustive ? [100, 10_000, 100_000] : [100, 10_000];
/** A prime, so that neighbouring lots expire at instants that are far apart. */
const stride = 7_919;

/** Returns an account whose lots expire, or begin, at an instant of their own each. */
function accountOf(lots: number, payers: number, isPending = false, step = stride): Account {
  const account = new rules.Account('account');
  for (let index = 0; index < lots; index += 1) {
    const instant = 1 + ((index * step) % lots);
    const dates = isPending ? { availableFrom: instant } : { expiresAt: instant };
    run(account, grant(`payer ${index % payers}`, 2, index * 2, dates));
  }
  return account;
}

function run(account: Account, command: Command, target: Target | null = null) {
  const decision = rules.decide(account, command, { now: 0, id: 'entry', keyed: null, target });
  if (decision.kind !== 'accepted') throw new Error(JSON.stringify(decision));
  return { entry: decision.entry, undo: rules.evolve(account, decision.entry) };
}

type Operation = readonly [name: string, run: (account: Account) => void];

const operations: readonly Operation[] = [
  ['a lapse of one lot', (account) => lapseOne(account)],
  [
    'a lapse under a debit',
    (account) => during(account, debit('payer 0', half(account)), lapseOne),
  ],
  ['an add without dates', (account) => run(account, add('payer 0', 1, middle(account))).undo()],
  [
    'an add with dates',
    (account) => run(account, grant('payer 0', 1, middle(account), { expiresAt: 5 })).undo(),
  ],
  ['a spend and its reversal', (account) => spendAndReverse(account)],
  ['a reversal of a grant', (account) => reverseGrant(account)],
  ['the next lots to expire', (account) => pageOfExpiries(account, 'start')],
  ['the last lots to expire', (account) => pageOfExpiries(account, 'end')],
  ['a hold, a capture in part and a release', (account) => holdCaptureRelease(account)],
  ['a hold that ends, and its points lapse', (account) => holdThatEnds(account)],
  ['a spend of one payer', (account) => run(account, spendOf(2, onlyPayer0)).undo()],
  ['a spend of all but one payer', (account) => spendOfOthers(account)],
];

const onlyPayer0 = { payers: { only: ['payer 0', 'nobody'] } };

describe.each([1, 100])(
  'with lots of %i payers that expire, steps grow with the logarithm',
  (payers) => {
    const accounts = sizes.map((lots) => accountOf(lots, payers));

    test.each(operations)('of %s', (_name, operation) => expectLogarithmic(accounts, operation));
  },
);

test('steps of a beginning grow with the logarithm of the pending lots', () => {
  const accounts = sizes.map((lots) => accountOf(lots, 3, true));
  expectLogarithmic(accounts, lapseOne);
  expectLogarithmic(accounts, (account) => {
    const middle = { timestamp: account.lotCount / 2, sequence: 0 };
    rules.pendingPage(account, { after: middle, before: null, from: 'start', limit: 2 });
  });
});

test('steps of any page grow with the logarithm if lots expire in the order of earning', () => {
  const accounts = sizes.map((lots) => accountOf(lots, 3, false, 1));
  for (const from of ['start', 'end'] as const) {
    expectLogarithmic(accounts, (account) => pageOfExpiries(account, from, account.lotCount / 2));
  }
});

test('lots that were spent or taken back leave the orders of what is due', () => {
  const account = accountOf(1_000, 7);
  expect(account.expiries.items).toHaveLength(7);
  run(account, spend(2_000));
  expect(account.expiries.items).toHaveLength(0);
  expect(account.nextDue).toBe(Number.POSITIVE_INFINITY);
  const pending = run(account, grant('A', 3, 1, { availableFrom: 9 })).entry;
  run(account, reverseTransaction(pending.sequence), targetOf(pending));
  expect(account.pending.size).toBe(0);
  expect(account.nextDue).toBe(Number.POSITIVE_INFINITY);
});

function pageOfExpiries(account: Account, from: 'start' | 'end', at: number | null = null) {
  const bound = at === null ? null : { at, timestamp: 0, sequence: 0 };
  const [after, before] = from === 'start' ? [bound, null] : [null, bound];
  const page = rules.expiryPage(account, { until: null, after, before, from, limit: 2 });
  expect(page.items).toHaveLength(2);
}
test('a choice visits no lots of other payers, and only the payers that may come next', () => {
  const steps = [100, 10_000].map((payers) => {
    const account = accountOf(payers * 10, payers);
    const names = Array.from({ length: 50 }, (_, index) => `payer ${index}`);
    const chosen = [{ only: names }, { except: names }];
    return chosen.map((choice) =>
      counter.stepsOf(() => run(account, spendOf(40, { payers: choice })).undo()),
    );
  });
  const [few, many] = steps as [number[], number[]];
  const grows = few.map((count, index) => many[index]! > 2 * count + 1_200);
  expect({ few, many, grows }).toEqual({ few, many, grows: [false, false] });
});

test('an open hold costs other commands nothing, however many are open', () => {
  const steps = [1, 1_000].map((holds) => {
    const account = accountOf(10_000, 7);
    for (let index = 0; index < holds; index += 1) run(account, hold(3, 1e6 + index));
    return counter.stepsOf(() => run(account, spend(3)).undo());
  });
  expect(steps[1]).toBeLessThanOrEqual(steps[0]! + 100);
});

function expectLogarithmic(accounts: readonly Account[], operation: (account: Account) => void) {
  const [few, ...more] = accounts.map((account) => counter.stepsOf(() => operation(account)));
  for (const many of more) {
    // A node of the tree is scanned at each level, and there are at most three more levels.
    expect({ few, many, grows: many <= 4 * few! + 1_200 }).toEqual({ few, many, grows: true });
  }
}

function lapseOne(account: Account): void {
  const lapsed = rules.lapse(account, { now: 1e9, id: 'lapse' }, 1)!;
  expect(lapsed.entry.rows).toHaveLength(1);
  lapsed.undo();
}

function during(account: Account, command: Command, operation: (account: Account) => void) {
  const { undo } = run(account, command);
  operation(account);
  undo();
}

function spendAndReverse(account: Account): void {
  const spent = run(account, spend(3));
  run(account, reverseSpend(spent.entry.sequence), targetOf(spent.entry)).undo();
  spent.undo();
}

function holdCaptureRelease(account: Account): void {
  const held = run(account, hold(5, 0.5));
  const target = targetOf(held.entry);
  const captured = run(account, capture(held.entry.sequence, 2, true), target);
  run(account, release(held.entry.sequence), target).undo();
  captured.undo();
  held.undo();
}

function holdThatEnds(account: Account): void {
  const held = run(account, hold(3, 0.5));
  const lapsed = rules.lapse(account, { now: 1e9, id: 'lapse' }, 2)!;
  expect(lapsed.entry.rows.map(({ kind }) => kind)).toEqual(['end', 'expiry']);
  lapsed.undo();
  held.undo();
}

/** Leaves out the payer with the oldest lots: none of them may be visited. */
function spendOfOthers(account: Account): void {
  const others = run(account, add('other', 9, 1e9));
  run(account, spendOf(3, { payers: { except: ['payer 0'] } })).undo();
  others.undo();
}

function reverseGrant(account: Account): void {
  const granted = run(account, add('payer 0', 2, middle(account)));
  run(account, reverseTransaction(granted.entry.sequence), targetOf(granted.entry)).undo();
  granted.undo();
}

function targetOf(entry: Entry): Target {
  return { entry, newest: null, lapsed: new Map() };
}

function half(account: Account): number {
  return Math.ceil(account.balances()[0]!.points / 2);
}

/** Returns a timestamp between those of the two lots in the middle. */
function middle(account: Account): number {
  return account.lotCount - 1;
}

import fc from 'fast-check';
import type { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import { deductionsOf } from '../../src/ledger/entry';
import type { PayerChoice } from '../../src/ledger/payer-choice';
import { expectAlike } from '../model/compare';
import { longRunMsMax, often } from '../model/runs';
import { add, debit, spend } from './commands';
import { capture, grant, hold, release, reverseSpend, spendOf } from './life-commands';
import { booksOf, type Lived, live, liveTwice, pointsAt, run, seeds } from './lived';

jest.setTimeout(longRunMsMax);

const later = 1e6;

/** Some numbers in ascending order, from 1 to the points that can be spent at the end of a life. */
interface Amounts {
  readonly most: number;
  readonly some: number;
  readonly few: number;
}

/** Compares a life that goes on in one way with the same life that goes on in another. */
function expectSameBooks(
  one: (lived: Lived, amounts: Amounts) => unknown,
  other: (lived: Lived, amounts: Amounts) => unknown,
): void {
  const parts = fc.tuple(fc.nat(), fc.nat(), fc.nat());
  fc.assert(
    fc.property(seeds, parts, (seed, shares) => {
      const [a, b] = liveTwice(seed);
      const points = pointsAt(a, a.random.now);
      if (points === 0 || a.scenario.account.holds.size > 900) return;
      const [few, some, most] = shares.map((share) => 1 + (share % points)).sort((x, y) => x - y);
      const amounts = { most: most!, some: some!, few: few! };
      one(a, amounts);
      other(b, amounts);
      expectAlike(booksOf(a.scenario.account), booksOf(b.scenario.account));
    }),
    often(150),
  );
}

function opened(lived: Lived, points: number): number {
  return run(lived, hold(points, lived.random.now + later)).sequence;
}

test('a hold of m and a capture of k leave what a spend of k leaves', () => {
  expectSameBooks(
    (lived, { most, few }) => run(lived, capture(opened(lived, most), few)),
    (lived, { few }) => run(lived, spend(few)),
  );
});

test('a capture of everything that is held is a spend of it', () => {
  expectSameBooks(
    (lived, { most }) => run(lived, capture(opened(lived, most), null, true)),
    (lived, { most }) => run(lived, spend(most)),
  );
});

test('a hold and its release leave nothing', () => {
  expectSameBooks(
    (lived, { most }) => run(lived, release(opened(lived, most))),
    (lived) => lived.scenario.sweep(lived.random.now, 'sweep'),
  );
});

test('a hold that ends leaves nothing', () => {
  expectSameBooks(
    (lived, { most }) => {
      const now = lived.scenario.account.timeAt(lived.random.now) + 1;
      run(lived, hold(most, now));
      lived.scenario.sweep(now, 'sweep');
    },
    ({ scenario, random }) => scenario.sweep(scenario.account.timeAt(random.now) + 1, 'sweep'),
  );
});

test('captures in parts are one capture of their sum', () => {
  expectSameBooks(
    (lived, { most, some, few }) => {
      const held = opened(lived, most);
      if (few < some) run(lived, capture(held, few, true));
      run(lived, capture(held, few < some ? some - few : some));
    },
    (lived, { most, some }) => run(lived, capture(opened(lived, most), some)),
  );
});

test('a captured spend is reversed as a spend, to the lots and never to the hold', () => {
  expectSameBooks(
    (lived, { most, some, few }) => {
      const captured = run(lived, capture(opened(lived, most), some));
      run(lived, reverseSpend(captured.sequence, few));
    },
    (lived, { some, few }) => (some > few ? run(lived, spend(some - few)) : sweep(lived)),
  );
});

test('what is taken up to a number is what there is, or the number', () => {
  expectSameBooks(
    (lived, { most }) => run(lived, spendOf(most + later, { upTo: true })),
    (lived) => run(lived, spend(pointsAt(lived, lived.random.now))),
  );
  expectSameBooks(
    (lived, { some }) => run(lived, spendOf(some, { upTo: true })),
    (lived, { some }) => run(lived, spend(some)),
  );
});

test('a spend of all payers by name, and one of all but an unknown, is a spend', () => {
  expectSameBooks(
    (lived, { some }) => run(lived, spendOf(some, { payers: { only: payersOf(lived) } })),
    (lived, { some }) => run(lived, spendOf(some, { payers: { except: ['nobody'] } })),
  );
  expectSameBooks(
    (lived, { some }) => run(lived, spendOf(some, { payers: { except: ['nobody'] } })),
    (lived, { some }) => run(lived, spend(some)),
  );
});

test('a choice takes from the chosen payers, and what they have is what is available', () => {
  fc.assert(
    fc.property(seeds, fc.nat(), fc.boolean(), (seed, mask, isOnly) => {
      const lived = live(seed);
      lived.scenario.sweep(lived.random.now, 'sweep');
      const balances = lived.scenario.account.balances();
      const names = balances.flatMap(({ payer }, at) => ((mask >> at) & 1 ? [payer] : []));
      if (names.length === 0) return;
      const payers: PayerChoice = isOnly ? { only: names } : { except: names };
      const chosen = balances.filter(({ payer }) => names.includes(payer) === isOnly);
      const available = chosen.reduce((sum, { points }) => sum + points, 0);
      const { scenario, random } = lived;
      const refused = scenario.run(spendOf(available + 1, { payers }), random.now, 'more');
      expect(refused).toMatchObject({ refusal: { code: 'INSUFFICIENT_POINTS', available } });
      if (available === 0) return;
      const spent = run(lived, spendOf(available + 1, { payers, upTo: true }));
      if (spent.kind !== 'spend') throw new Error();
      const paid = deductionsOf(spent.allocations).map(({ payer, points }) => [payer, -points]);
      const had = chosen.filter(({ points }) => points > 0);
      expect(Object.fromEntries(paid)).toEqual(
        Object.fromEntries(had.map(({ payer, points }) => [payer, points])),
      );
    }),
    often(150),
  );
});

test('between two choices of lots, the order of what is accepted makes no difference', () => {
  fc.assert(
    fc.property(seeds, fc.nat(), fc.nat(), (seed, first, second) => {
      const [a, b] = liveTwice(seed);
      for (const lived of [a, b]) sweep(lived);
      const { account, entries } = a.scenario;
      const commands = arrivals(account, entries);
      const [one, two] = [commands[first % commands.length]!, commands[second % commands.length]!];
      const decisions = [
        [one, two].map((command, at) => a.scenario.run(command, a.random.now, `more-${at}`)),
        [two, one].map((command, at) => b.scenario.run(command, b.random.now, `more-${at}`)),
      ].flat();
      for (const decision of decisions) {
        if (decision.kind !== 'accepted') return;
        // A return into a lot past its expiry makes a choice.
        if ('lapses' in decision.entry && decision.entry.lapses.length > 0) return;
      }
      expectAlike(withoutOrder(account), withoutOrder(b.scenario.account));
    }),
    often(300),
  );
});

/** Grants, debits, releases and reversals; no two grants have the same timestamp. */
function arrivals(account: Account, entries: Lived['scenario']['entries']): Command[] {
  const spends = entries.filter(({ kind }) => kind === 'spend');
  return [
    add('payer 1', 3, -1),
    add('payer 1', 5, later),
    grant('payer 1', 2, 11, { expiresAt: later }),
    grant('payer 2', 2, 15, { availableFrom: later }),
    debit('payer 1', 1),
    debit('payer 1', 4),
    ...spends.map(({ sequence }) => reverseSpend(sequence, 1)),
    ...account.holds.inOrder().map(({ sequence }) => release(sequence)),
  ];
}

/** Payers may appear in another order. */
function withoutOrder(account: Account): object {
  const books = booksOf(account) as Record<string, unknown>;
  const { pending: _, held: __, debits: ___, lots, pendingLots, ...sums } = books;
  const sorted = (list: unknown) => (list as unknown[]).map((each) => JSON.stringify(each)).sort();
  return { ...sums, balances: sorted(sums.balances), lots: sorted(lots), due: sorted(pendingLots) };
}

function sweep({ scenario, random }: Lived): void {
  scenario.sweep(random.now, 'sweep');
}

function payersOf({ scenario }: Lived): string[] {
  return scenario.account.balances().map(({ payer }) => payer);
}

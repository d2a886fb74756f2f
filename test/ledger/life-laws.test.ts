import fc from 'fast-check';
import type { Account } from '../../src/ledger/account';
import type { Allocation, Entry } from '../../src/ledger/entry';
import { lapse } from '../../src/ledger/lapse';
import type { LapseRow } from '../../src/ledger/lapse-entry';
import { previewSpend } from '../../src/ledger/preview';
import { expectAlike } from '../model/compare';
import { stateOf } from '../model/life-compare';
import { longRunMsMax, often } from '../model/runs';
import { add, debit, spend } from './commands';
import { grant, reverseSpend, reverseTransaction } from './life-commands';
import { LifeScenario } from './life-scenario';
import { booksOf, type Lived, live, liveTwice, outcomeOf, pointsAt, run, seeds } from './lived';

jest.setTimeout(longRunMsMax);

test('no response depends on whether lapses are written at every instant or with a command', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const [late, early] = [live(seed), live(seed, true)];
      expectAlike(early.outcomes(), late.outcomes());
      expectAlike(rowsOf(early.scenario, late), rowsOf(late.scenario, late));
      expectAlike(booksOf(early.scenario.account), booksOf(late.scenario.account));
    }),
    often(300),
  );
});

test('a replay that computes the lapses again is the recorded history', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { scenario } = live(seed);
      const again = new LifeScenario();
      for (const entry of scenario.entries) {
        if (entry.kind !== 'lapse') again.apply(entry);
        else again.apply(lapseAgain(again.account, entry));
      }
      expectAlike(again.entries, scenario.entries);
      expectAlike(stateOf(again.account), stateOf(scenario.account));
    }),
    often(200),
  );
});

test('a grant taken back takes its free points first, and then the oldest of its payer', () => {
  let reversals = 0;
  fc.assert(
    fc.property(seeds, fc.nat(), fc.boolean(), (seed, some, isDebited) => {
      const lived = live(seed);
      const { now } = lived.random;
      lived.scenario.sweep(now, 'sweep');
      const free = freeOf(lived);
      const grants = lived.scenario.entries.filter(
        (entry) =>
          entry.kind === 'transaction' &&
          entry.points > 0 &&
          (entry.availableFrom ?? now) <= now &&
          (entry.expiresAt ?? now + 1) > now,
      );
      const granted = grants[some % Math.max(1, grants.length)];
      if (granted?.kind !== 'transaction') return;
      const points = 1 + (some % granted.points);
      const taken = reverseTransaction(granted.sequence, points, isDebited ? 'DEBIT' : 'REFUSE');
      if (lived.scenario.run(taken, now, 'taken').kind !== 'accepted') return;
      reversals += 1;
      const own = free.filter(({ sequence }) => sequence === granted.sequence);
      const others = free.filter(
        ({ payer, sequence }) => payer === granted.payer && sequence !== granted.sequence,
      );
      const gone = firstOf([...own, ...others], points);
      expectAlike(freeOf(lived), without(free, gone));
    }),
    often(300),
  );
  expect(reversals).toBeGreaterThan(20);
});

/** Returns the points to spend, by lot. */
function freeOf({ scenario: { account } }: Lived) {
  const preview = previewSpend('member-1', account, Math.max(1, account.points), {});
  return preview.kind === 'refused' ? [] : preview.allocations;
}

/** Returns so many of the first points, by lot. */
function firstOf(lots: readonly Allocation[], points: number): Map<number, number> {
  let rest = points;
  const taken = new Map<number, number>();
  for (const lot of lots) {
    taken.set(lot.sequence, Math.min(rest, lot.points));
    rest -= Math.min(rest, lot.points);
  }
  return taken;
}

function without(lots: readonly Allocation[], gone: ReadonlyMap<number, number>): Allocation[] {
  return lots
    .map((lot) => ({ ...lot, points: lot.points - (gone.get(lot.sequence) ?? 0) }))
    .filter(({ points }) => points > 0);
}

test('a spend of m and a reversal of k leave what a spend of m − k leaves', () => {
  fc.assert(
    fc.property(seeds, fc.nat(), fc.nat(), (seed, some, fewer) => {
      const [whole, part] = liveTwice(seed);
      const { now } = whole.random;
      const points = pointsAt(whole, now);
      if (points < 2) return;
      const m = 2 + (some % (points - 1));
      const k = 1 + (fewer % (m - 1));
      const spent = run(whole, spend(m));
      run(whole, reverseSpend(spent.sequence, k));
      run(part, spend(m - k));
      expectAlike(booksOf(whole.scenario.account), booksOf(part.scenario.account));
    }),
    often(300),
  );
});

test('a grant that is taken back as a debit, and then the spend, leave no trace of the grant', () => {
  fc.assert(
    fc.property(seeds, fc.nat(), fc.nat(), (seed, some, older) => {
      const [with_, without] = liveTwice(seed);
      const granted = run(with_, add('payer 1', 1 + (some % 9), -1 - (older % 50)));
      run(without, add('payer 1', 1, 1e6));
      run(with_, add('payer 1', 1, 1e6));
      const spent = run(with_, spend(1 + (some % with_.scenario.account.points)));
      const taken = reverseTransaction(granted.sequence, null, 'DEBIT');
      if (with_.scenario.run(taken, with_.random.now, 'taken').kind !== 'accepted') return;
      run(with_, reverseSpend(spent.sequence));
      expectAlike(with_.scenario.account.balances(), balancesLike(with_, without));
    }),
    often(300),
  );
});

test('a pending lot is a lot that arrives when it begins', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 20 }), (seed, wait) => {
      const [pending, arriving] = liveTwice(seed);
      const begins = pending.scenario.account.timeAt(pending.random.now) + wait;
      run(pending, grant('payer 1', 4, -0.5e3, { availableFrom: begins }));
      pending.scenario.sweep(begins, 'begun');
      arriving.scenario.run(add('payer 1', 4, -0.5e3), begins, 'arrived');
      const [a, b] = [pending, arriving].map(({ scenario }) => booksOf(scenario.account));
      expectAlike(a!, b!);
    }),
    often(300),
  );
});

test('two lots that expire at the same instant commute', () => {
  const lots = fc.array(fc.record({ points: fc.integer({ min: 1, max: 9 }), at: fc.nat(5) }), {
    minLength: 2,
    maxLength: 6,
  });
  fc.assert(
    fc.property(lots, fc.nat(), (grants, some) => {
      const [forward, backward] = [grants, grants.toReversed()].map((order) => {
        const scenario = new LifeScenario();
        scenario.run(add('A', 20, 3), 0, 'other');
        for (const [index, { points, at }] of order.entries()) {
          scenario.run(grant('A', points, at, { expiresAt: 10 }), 0, `entry-${index}`);
        }
        scenario.run(debit('A', 1 + (some % scenario.account.points)), 0, 'debit');
        scenario.sweep(10, 'sweep');
        return scenario.account.balances();
      });
      expectAlike(forward!, backward!);
    }),
    often(300),
  );
});

function lapseAgain(account: Account, { id, recordedAt }: Entry): Entry {
  const lapsed = lapse(account, { now: recordedAt, id })!;
  lapsed.undo();
  return lapsed.entry;
}

/** Returns all rows up to the end of a life, without the sequences of lots and entries. */
function rowsOf(scenario: LifeScenario, { random }: Lived): object[] {
  scenario.sweep(random.now, 'last');
  const rows = scenario.entries.flatMap((entry): readonly LapseRow[] =>
    entry.kind === 'lapse' ? entry.rows : [],
  );
  return rows.map(outcomeOf);
}

/** Returns the balances of an account in the order of payers of another. */
function balancesLike({ scenario }: Lived, other: Lived): object {
  const points = new Map(
    other.scenario.account.balances().map((each) => [each.payer, each.points]),
  );
  return scenario.account.balances().map(({ payer }) => ({ payer, points: points.get(payer) }));
}

import fc from 'fast-check';
import type { Account } from '../../src/ledger/account';
import type { Allocation, Entry } from '../../src/ledger/entry';
import { previewSpend } from '../../src/ledger/preview';
import { expectAlike } from '../model/compare';
import { longRunMsMax, often } from '../model/runs';
import { add } from './commands';
import { hold, release, reverseTransaction, spendOf } from './life-commands';
import { live, liveTwice, run, seeds } from './lived';

jest.setTimeout(longRunMsMax);

test('what a hold took is what was captured and given back, in this order, and what it has', () => {
  let lives = 0;
  let holds = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      lives += 1;
      const { account, entries } = live(seed).scenario;
      for (const entry of entries) {
        if (entry.kind !== 'hold') continue;
        holds += 1;
        expectAlike(joined(historyOf(entry.sequence, entries, account)), entry.allocations);
      }
    }),
    often(200),
  );
  // However many lives the environment sets, the law was applied to enough holds.
  expect(holds).toBeGreaterThan(lives / 4);
});

test('a grant that is taken back as a debit while it is held leaves no trace after the release', () => {
  fc.assert(
    fc.property(seeds, fc.nat(), (seed, some) => {
      const [with_, without] = liveTwice(seed);
      for (const lived of [with_, without]) run(lived, add('payer 1', 9, 1e6));
      const before = with_.scenario.account.points;
      const granted = run(with_, add('payer 1', 1 + (some % 9), -1));
      const held = run(with_, hold(1 + (some % before), with_.random.now + 1e6));
      const taken = reverseTransaction(granted.sequence, null, 'DEBIT');
      if (with_.scenario.run(taken, with_.random.now, 'taken').kind !== 'accepted') return;
      run(with_, release(held.sequence));
      const [a, b] = [with_, without].map(({ scenario }) => balancesOf(scenario.account));
      expect(a).toEqual(b);
    }),
    often(200),
  );
});

test('a preview of any choice shows what the spend then takes, or its refusal', () => {
  const names = fc.array(fc.constantFrom('payer 1', 'payer 2', 'payer 3', 'nobody'), {
    minLength: 1,
  });
  const choices = fc.record({
    payers: fc.oneof(
      fc.constant(undefined),
      fc.record({ only: names }),
      fc.record({ except: names }),
    ),
    upTo: fc.boolean(),
  });
  fc.assert(
    fc.property(seeds, choices, fc.integer({ min: 1, max: 60 }), (seed, choice, points) => {
      const { scenario, random } = live(seed);
      scenario.sweep(random.now, 'sweep');
      const preview = previewSpend('member-1', scenario.account, points, choice);
      const decision = scenario.run(spendOf(points, choice), random.now, 'spend');
      if (preview.kind === 'refused') {
        const { code } = preview.refusal;
        expect(decision).toMatchObject({ kind: 'refused', refusal: { code } });
      } else {
        const { allocations } = preview;
        expect(decision).toMatchObject({ kind: 'accepted', entry: { allocations } });
      }
    }),
    often(300),
  );
});

/** Returns where the points of a hold went, in the order of the entries; what it has, last. */
function historyOf(sequence: number, entries: readonly Entry[], account: Account): Allocation[] {
  const open = account.holds.at(sequence);
  return [...entries.flatMap((entry) => goneBy(entry, sequence)), ...(open?.rest() ?? [])];
}

function goneBy(entry: Entry, hold: number): readonly Allocation[] {
  if (entry.kind === 'lapse') {
    return entry.rows.flatMap((row) =>
      row.kind === 'end' && row.hold === hold ? row.allocations : [],
    );
  }
  if (entry.kind === 'release') return entry.target === hold ? entry.allocations : [];
  if (!('released' in entry) || entry.target !== hold) return [];
  return [...entry.allocations, ...entry.released];
}

/** Joins neighbours of one lot. */
function joined(allocations: readonly Allocation[]): Allocation[] {
  const whole: Allocation[] = [];
  for (const allocation of allocations) {
    const last = whole.at(-1);
    if (last?.sequence !== allocation.sequence) whole.push(allocation);
    else whole[whole.length - 1] = { ...last, points: last.points + allocation.points };
  }
  return whole;
}

function balancesOf(account: Account): Record<string, number> {
  return Object.fromEntries(account.balances().map(({ payer, points }) => [payer, points]));
}

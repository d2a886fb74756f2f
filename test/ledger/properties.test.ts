import fc from 'fast-check';
import type { LotKey } from '../../src/ledger/entry';
import { type World, worlds } from '../model/actions';
import {
  expectPagesMakeTheWhole,
  expectSame,
  expectSamePage,
  expectSamePreview,
} from '../model/compare';
import { Pair, run } from '../model/pair';
import { replayJournal } from '../model/replay-journal';
import { longRunMsMax, often } from '../model/runs';
import { restored, Scenario } from './given';

jest.setTimeout(longRunMsMax);

describe('over random commands', () => {
  test('every decision and every state agrees with the naive model', () => {
    fc.assert(
      fc.property(worlds(), (world) => void run(world)),
      often(250),
    );
  });

  test('earned − debited − spent = balance ≥ 0, and open lots − floating debits = points', () => {
    const law = (world: World) => {
      const pair = new Pair();
      for (const action of world.actions) {
        pair.run(action, world);
        pair.expectBalanced();
      }
    };
    fc.assert(fc.property(worlds(), law), often(60));
  });

  test('a preview returns what a spend would take, and changes nothing', () => {
    const law = (world: World, amounts: readonly number[]) => {
      const { scenario, model } = run(world);
      const { points } = scenario.account;
      const asked = [-1, 0, 1, Math.ceil(points / 2), points, points + 1, ...amounts];
      // One more than 2^53 - 1 is no number of points.
      const askable = asked.filter(Number.isSafeInteger);
      for (const amount of askable) expectSamePreview(scenario.account, model, amount);
      expectSame(scenario.account, model);
    };
    fc.assert(fc.property(worlds(30), fc.array(fc.maxSafeNat()), law), often(60));
  });

  test('the accepted entries, replayed on a new account, lead to the same state', () => {
    const law = (world: World) => {
      const { scenario } = run(world);
      const { account, entries } = scenario;
      expectSame(Scenario.of(account.id, entries).account, replayJournal(account.id, entries));
    };
    fc.assert(fc.property(worlds(), law), often(60));
  });

  test('an account restored from a snapshot at any moment equals the account, and behaves alike', () => {
    const law = (world: World, moment: number, size: number) => {
      const pair = new Pair();
      for (const [step, action] of world.actions.entries()) {
        if (step === moment) pair.scenario = restored(pair.scenario, size);
        pair.run(action, world);
      }
    };
    const moments = fc.nat({ max: 59 });
    const sizes = fc.integer({ min: 1, max: 9 });
    fc.assert(fc.property(worlds(), moments, sizes, law), often(60));
  });
});

describe('over random pages', () => {
  const limits = fc.integer({ min: 1, max: 30 });
  const ends = fc.constantFrom('start' as const, 'end' as const);
  const bounds = fc.record({
    of: fc.option(fc.nat()),
    sequence: fc.integer({ min: 0, max: 45 }),
  });
  const ranges = fc.array(fc.tuple(bounds, bounds, ends, limits), { minLength: 8, maxLength: 20 });

  test('every page is a slice of the open lots, and says whether more precede or follow', () => {
    const law = (world: World, cuts: Random<typeof ranges>) => {
      const { scenario, model } = run(world);
      const open = model.openLots();
      for (const [one, other, from, limit] of cuts) {
        const [after, before] = inOrder(boundOf(one, open), boundOf(other, open));
        expectSamePage(scenario.account, model, { after, before, from, limit });
      }
    };
    fc.assert(fc.property(worlds(40), ranges, law), often(80));
  });

  test('pages of any length make the whole, from either end', () => {
    const law = (world: World, limit: number) => {
      const { scenario, model } = run(world);
      expectPagesMakeTheWhole(scenario.account, model, limit);
    };
    fc.assert(fc.property(worlds(), fc.integer({ min: 1, max: 7 }), law), often(60));
  });

  /** Returns a bound beside, on or far from an open lot, or null. */
  function boundOf(bound: Random<typeof bounds>, open: readonly LotKey[]): LotKey | null {
    if (bound.of === null) return null;
    const lot = open[bound.of % (open.length + 1)];
    if (lot === undefined) return { timestamp: bound.of, sequence: bound.sequence };
    const { timestamp, sequence } = lot;
    return { timestamp, sequence: bound.sequence % 2 === 0 ? sequence : bound.sequence };
  }

  /** Returns the bounds in ascending order; if they are equal, only one. */
  function inOrder(after: LotKey | null, before: LotKey | null): [LotKey | null, LotKey | null] {
    if (after === null || before === null) return [after, before];
    const order = after.timestamp - before.timestamp || after.sequence - before.sequence;
    if (order === 0) return [after, null];
    return order < 0 ? [after, before] : [before, after];
  }
});

type Random<A> = A extends fc.Arbitrary<infer T> ? T : never;

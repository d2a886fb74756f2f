import type { Entry } from '../../src/ledger/entry';
import { snapshotParts } from '../../src/ledger/snapshot';
import { expectAlike } from '../model/compare';
import { stateOf } from '../model/life-compare';
import { LifePair, replayed } from '../model/life-pair';
import type { NaiveLot } from '../model/naive-books';
import { RandomLife, type Temper, tempers, tempersWithHolds } from '../model/random-life';
import { longRunMsMax } from '../model/runs';
import { LifeTally } from './life-tally';

jest.setTimeout(longRunMsMax * 10);

/** `LIFE_STEPS=10000000` is the long form; `LIFE_SEED` repeats a run. */
const steps = Number(process.env.LIFE_STEPS ?? 100_000);
const firstSeed = Number(process.env.LIFE_SEED ?? Date.now() % 1_000_000_000);
const stepsPerLife = 50;
const allTempers = [...tempers, ...tempersWithHolds];

test(`${steps} random steps agree with the model (LIFE_SEED=${firstSeed})`, () => {
  const kinds = new Set<string>();
  for (let life = 0; life * stepsPerLife < steps; life += 1) {
    const seed = firstSeed + life;
    const temper = allTempers[life % allTempers.length]!;
    withSeed(seed, () => {
      for (const entry of live(seed, temper, stepsPerLife, 1)) kinds.add(entry.kind);
    });
  }
  expect([...kinds].sort()).toEqual(allKinds);
});

test(`long lives, whose lots fill many leaves, agree with the model (LIFE_SEED=${firstSeed})`, () => {
  for (const grants of [0.6, 0.95]) {
    const temper = { payers: 2, pointsMax: 4, instants: 5_000, grants, holds: 0.3 };
    withSeed(firstSeed, () => live(firstSeed, temper, 700, 50));
  }
});

const allKinds = [
  ...['hold', 'lapse', 'release', 'spend'],
  ...['spendReversal', 'transaction', 'transactionReversal'],
];

/** Runs a life, with sweeps and snapshots in between, and returns its entries. */
function live(seed: number, temper: Temper, count: number, compareEvery: number): Entry[] {
  const random = new RandomLife(seed, temper);
  const pair = new LifePair();
  for (let step = 1; step <= count; step += 1) {
    pair.run(random.next(pair.model), random.now);
    if (random.chance(0.05)) pair.sweep(random.now);
    if (random.chance(0.02)) pair.restore(random.upTo(4));
    if (step % compareEvery === 0) pair.expectSameState();
  }
  expectLaws(pair);
  return pair.scenario.entries;
}

/** Expects the laws that hold for any recorded history. */
function expectLaws({ scenario, model }: LifePair): void {
  const { account, entries } = scenario;
  const tally = new LifeTally(entries);
  tally.expectBalanced(account);
  expectAlike(
    model.books.lots.map(partsOf),
    model.books.lots.map(({ granted }) => granted),
  );
  const again = replayed(entries);
  expectAlike(stateOf(again.account), stateOf(account));
  expectAlike([...snapshotParts(again.account)], [...snapshotParts(account)]);
  for (const undo of again.undos.toReversed()) undo();
  expectAlike(stateOf(again.account), stateOf(replayed([]).account));
}

/** Returns what became of all points of a lot. */
function partsOf(lot: NaiveLot): number {
  return lot.unspent + lot.spent + lot.held + lot.reversed + lot.expired + lot.settled;
}

function withSeed(seed: number, run: () => void): void {
  try {
    run();
  } catch (error) {
    throw new Error(`With LIFE_SEED=${seed}: ${error}`, { cause: error });
  }
}

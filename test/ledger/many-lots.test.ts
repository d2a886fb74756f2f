import fc from 'fast-check';
import { expectPagesMakeTheWhole, expectSame } from '../model/compare';
import { LongLife } from '../model/long-life';
import { longRunMsMax, often } from '../model/runs';

jest.setTimeout(longRunMsMax);

const seeds = fc.noShrink(fc.integer());

describe('lots agree with the model through growth, shrinking and undo', () => {
  test('thousands of lots, in long lives', () => {
    const law = (seed: number, payers: number, lotsMax: number) => {
      const life = new LongLife(seed, payers, lotsMax);
      for (let phase = 0; phase < 24; phase += 1) life.phase();
      expectPagesMakeTheWhole(life.scenario.account, life.model, 500);
    };
    const payers = fc.constantFrom(1, 3, 300);
    fc.assert(fc.property(seeds, payers, fc.constantFrom(3_000, 12_000), law), often(3));
  });

  test('a hundred thousand lots of one payer, in a tree of four levels', () => {
    const law = (seed: number) => {
      const life = new LongLife(seed, 1, 100_000);
      life.grow(90_000);
      life.scatter(5_000);
      life.toAndFro();
      expectSame(life.scenario.account, life.model);
      life.shrink();
      life.nibble();
      expectSame(life.scenario.account, life.model);
    };
    fc.assert(fc.property(seeds, law), often(1));
  });
});

import fc from 'fast-check';
import { barSegments, payersOfHalf, rankedPayers } from '../../web/src/account/ranked-payers';
import { takingOf } from '../../web/src/account/taking';

const balances = fc
  .array(fc.nat(1_000), { maxLength: 700 })
  .map((points) => points.map((each, index) => ({ payer: `payer ${index}`, points: each })));

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

test('the segments of the bar cover every point and every preview once, in order of rank', () => {
  fc.assert(
    fc.property(balances, (given) => {
      const total = sum(given.map(({ points }) => points));
      const takenOf = (points: number) => Math.ceil(points / 2);
      const deductions = given.map(({ payer, points }) => ({ payer, points: -takenOf(points) }));
      const taking = takingOf(deductions);
      const segments = barSegments(rankedPayers(given), taking);
      expect(sum(segments.map(({ points }) => points))).toBe(total);
      expect(sum(segments.map(({ taken }) => taken))).toBe(
        sum(given.map(({ points }) => takenOf(points))),
      );
      const ends = segments.map(({ end }) => end);
      expect(segments.map(({ start }) => start)).toEqual([0, ...ends].slice(0, segments.length));
    }),
  );
});

test('fewer payers than payersOfHalf hold less than half of the points', () => {
  fc.assert(
    fc.property(balances, (given) => {
      const payers = rankedPayers(given);
      const total = sum(payers.map(({ points }) => points));
      fc.pre(total > 0);
      const half = payersOfHalf(payers, total);
      const held = (count: number) => sum(payers.slice(0, count).map(({ points }) => points));
      expect(2 * held(half)).toBeGreaterThanOrEqual(total);
      expect(2 * held(half - 1)).toBeLessThan(total);
    }),
  );
});

test('5,000 payers are grouped by rank', () => {
  const given = Array.from({ length: 5_000 }, (_, index) => ({ payer: `${index}`, points: 1 }));
  const ranges = barSegments(rankedPayers(given), null).slice(6);
  expect(ranges.map(({ start, end, points }) => [start, end, points])).toEqual([
    [6, 50, 44],
    [50, 500, 450],
    [500, 5_000, 4_500],
  ]);
});

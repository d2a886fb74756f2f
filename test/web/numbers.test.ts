import { formatChange, formatShare, readPoints } from '../../web/src/format/numbers';

const local = (points: number) => new Intl.NumberFormat().format(points);

test.each([
  ['0', 0],
  ['1200', 1200],
  [local(1200), 1200],
  [local(12345678), 12345678],
  ['1 200', 1200],
  [' -5 ', -5],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
])('“%s” is read as people mean it', (text, points) => {
  expect(readPoints(text)).toBe(points);
});

test.each([
  ['', 'Type how many points.'],
  ['1.5', '“1.5” is not a whole number of points.'],
  ['1,5', '“1,5” is not a whole number of points.'],
  ['1e3', '“1e3” is not a whole number of points.'],
  [
    '9007199254740992',
    `That is more than ${local(Number.MAX_SAFE_INTEGER)}, the most there can be.`,
  ],
])('“%s” is refused, and why is said', (text, fault) => {
  expect(readPoints(text)).toBe(fault);
});

test('a share that is there is never shown as nothing', () => {
  expect(formatShare(1, 1_000_000)).toMatch(/^< 0.1\s?%$/);
  expect(formatShare(0, 0)).toMatch(/^0\s?%$/);
  expect(formatShare(1, 2)).toMatch(/^50.0\s?%$/);
  expect(formatChange(-1200)).toBe(`−${local(1200)}`);
});

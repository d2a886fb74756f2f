import fc from 'fast-check';
import { numberForm } from '../../web/src/format/number-form';
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
])('“%s” is read as a whole number', (text, points) => {
  expect(readPoints(text)).toBe(points);
});

test.each([
  ['', 'Type a number of points.'],
  ['1.5', '“1.5” is not a whole number of points. Points are whole numbers, without decimals.'],
  [
    '1,5',
    '“1,5” is not a whole number of points. Type digits without decimals, alone or in groups',
  ],
  ['1e3', '“1e3” is not a whole number of points. Type digits alone, or in groups as in'],
  ['9007199254740992', `The maximum is ${local(Number.MAX_SAFE_INTEGER)} points.`],
])('“%s” is refused with the reason', (text, problem) => {
  expect(readPoints(text)).toContain(problem);
});

/** Locales with different digits, group separators and group sizes. */
const locales = ['en-US', 'en-IN', 'de-DE', 'de-CH', 'fr-FR', 'es-ES', 'pl-PL', 'sv-SE', 'ar-EG'];
const others = ['fa-IR', 'hi-IN', 'bn-BD', 'my-MM', 'ur-PK', 'ja-JP', 'pt-PT'];

test.each([...locales, ...others])(
  'a number formatted in %s is read as the same number',
  (locale) => {
    const form = numberForm(locale);
    const shown = new Intl.NumberFormat(locale);
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(99_999), (large, small) => {
        for (const points of [large, small]) {
          expect(readPoints(shown.format(points), form)).toBe(points);
          expect(readPoints(String(points), form)).toBe(points);
          expect(readPoints(shown.format(points).replace('-', '−'), form)).toBe(points);
        }
      }),
    );
  },
);

test.each([...locales, ...others])('a decimal formatted in %s is refused', (locale) => {
  const form = numberForm(locale);
  const digits = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(fc.nat(10_000_000), digits, (points, minimumFractionDigits) => {
      const shown = new Intl.NumberFormat(locale, { minimumFractionDigits });
      expect(readPoints(shown.format(points), form)).toContain(
        'Points are whole numbers, without decimals.',
      );
    }),
  );
});

test.each([
  ['en-US', '1,234,567', 1_234_567],
  ['en-US', '1\u202f000', 1_000],
  ['de-CH', "1'000", 1_000],
  ['de-CH', '1’000', 1_000],
  ['fr-FR', '1 000', 1_000],
  ['fr-FR', '1\u202f000\u202f000', 1_000_000],
  ['en-IN', '12,34,567', 1_234_567],
  ['es-ES', '1.234', 1_234],
  ['ar-EG', '\u0661\u066c\u0662\u0663\u0664', 1_234],
  ['ar-EG', '\u061c-\u0665', -5],
])('in %s “%s” is read as a whole number', (locale, text, points) => {
  expect(readPoints(text, numberForm(locale))).toBe(points);
});

test.each([
  ['en-US', ['1,00', '12,50', '1 50', '12,34,567', '1,2345', '1,000 000', ',000', '1,000,']],
  ['en-US', ['1.000', '1.', '.5', '1,000.00', '1’000', '\uff11', '\u0661', '$5', '--5', '5-']],
  ['de-DE', ['12.50', '1.00', '1.5', '1,000', '12,50', '1.2345', '1 00']],
  ['de-CH', ['1.000', "1'00", '1,000', "1'000’000"]],
  ['fr-FR', ['1,5', '1.000', '1 50', '1\u202f00']],
  ['en-IN', ['1,234,567', '100,000', '1,00', '1,00,00']],
  ['ar-EG', ['\u0661\u066b\u0665', '\u0661\u066c\u0662\u0663', '1,234', '1.5', '\u06f1']],
  ['es-ES', ['12.50', '1,5', '1.23', '1 23']],
])('in %s these are refused with an example of what would be right: %j', (locale, texts) => {
  const form = numberForm(locale);
  for (const text of texts) {
    const problem = readPoints(text, form);
    expect(problem).toContain(`“${text}” is not a whole number of points. `);
    expect(problem).toMatch(
      /Points are whole numbers, without decimals\.$|in groups as in [^ ].*\.$/,
    );
  }
});

test('a share above zero is never shown as zero', () => {
  expect(formatShare(1, 1_000_000)).toMatch(/^< 0.1\s?%$/);
  expect(formatShare(0, 0)).toMatch(/^0\s?%$/);
  expect(formatShare(1, 2)).toMatch(/^50.0\s?%$/);
  expect(formatChange(-1200)).toBe(`−${local(1200)}`);
});

test('a share is shown as nothing or everything only if it is', () => {
  const points = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  fc.assert(
    fc.property(points, points, (one, other) => {
      const total = Math.max(one, other);
      const part = Math.min(one, other);
      fc.pre(total > 0);
      const shown = formatShare(part, total);
      expect(/^0(.0)?\s?%$/.test(shown)).toBe(part === 0);
      expect(/^100(.0)?\s?%$/.test(shown)).toBe(part === total);
    }),
    {
      examples: [
        [1, Number.MAX_SAFE_INTEGER],
        [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER],
        [1, 106],
        [9_994, 10_000],
        [9_995, 10_000],
        [5, 5],
      ],
    },
  );
});

import fc from 'fast-check';
import { pointsTextProblem } from '../../src/import/points-text';
import { isWholeDecimal } from '../../src/ledger/decimal';

const dot = '"." at character 2 is not allowed';

test.each([
  ['1.000', dot, 'write 1000 if it separates thousands, or 1 if it is a decimal point'],
  ['25.000', '"." at character 3', 'write 25000 if it separates thousands, or 25 if'],
  ['1.234', dot, 'write 1234 if it separates thousands; a fraction is not possible'],
  ['1,000', '"," at character 2', 'write 1000 if it separates thousands, or 1 if'],
  ['-1.000', '"." at character 3', 'write -1000 if it separates thousands, or -1 if'],
  ['1.234.567', dot, 'write 1234567'],
  ['12,34,567', '"," at character 3', 'write 1234567'],
  ['1,234.00', '"," at character 2', 'write 1234'],
  ['10.0', '"." at character 3', 'write 10'],
  ['12.50', '"." at character 3', 'write the digits alone'],
  ['1.23E+05', '"E" at character 5', 'all of its digits (123000, if none is lost)'],
  ['1e3', '"e" at character 2', 'all of its digits (1000, if none is lost)'],
  ['1E-3', '"E" at character 2', 'write the digits alone'],
  ['+5', '"+" at character 1', 'write 5'],
  ['--5', '"-" at character 2', 'write the digits alone'],
  ['(100)', '"(" at character 1', 'write -100'],
  ['(1.234.567)', '"(" at character 1', 'write -1234567'],
  ['100-', '"-" at character 4', 'write -100'],
  ['- 5', 'U+0020 (space) at character 2', 'write -5'],
  ['007', 'a leading "0" is not allowed', 'write 7'],
  ['-00', 'a leading "0" is not allowed', 'write'],
  ['1 000', 'U+0020 (space) at character 2', 'write 1000'],
  ["1'000", `"'" at character 2`, 'write 1000'],
  ['1’000', '"’" (U+2019, right single quotation mark) at character 2', 'write 1000'],
  ['1\u00a0000', 'U+00A0 (no-break space) at character 2', 'write 1000'],
  ['1\u202f000', 'U+202F (narrow no-break space) at character 2', 'write 1000'],
  ['\u2212200', '"−" (U+2212, minus sign) at character 1', 'write -200'],
  ['\u2013200', '"–" (U+2013, en dash) at character 1', 'write -200'],
  ['\u200b100', 'U+200B (zero width space) at character 1', 'write 100'],
  ['100\u2060', 'U+2060 (word joiner) at character 4', 'write 100'],
  ['\uff11\uff12', '"１" (U+FF11) at character 1', 'write 12'],
  ['\u0661\u0662\u0663', '"١" (U+0661) at character 1', 'write 123'],
  ['\u{1d7cf}', '"𝟏" (U+1D7CF) at character 1', 'write 1'],
  ['€5', '"€" (U+20AC) at character 1', 'write 5'],
  ['  1OOO', '"O" at character 4', 'write the digits alone'],
  ['0x10', '"x" at character 2', 'write the digits alone'],
  ['', 'the cell is empty', 'write the digits alone'],
  ['-', 'no digit follows "-"', 'write the digits alone'],
])('points %j are refused: %s; %s', (text, wrong, right) => {
  const problem = pointsTextProblem(text);
  expect(problem).toContain(wrong);
  expect(problem).toContain(right);
});

test('digits with an optional minus are points, whatever white space is around them', () => {
  const blank = fc.constantFrom('', ' ', '\t', '\u00a0', '\u202f');
  fc.assert(
    fc.property(fc.maxSafeInteger(), blank, blank, (points, before, after) => {
      expect(pointsTextProblem(`${before}${points}${after}`)).toBeNull();
    }),
  );
});

test('the message for any other text says what is wrong', () => {
  const character = fc.constantFrom(...'0123456789.,-+()eE \u2212\u200b\uff11\u202f’$x');
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
      const isRight = /^\s*-?(0|[1-9]\d*)\s*$/.test(text);
      expect(pointsTextProblem(text) === null).toBe(isRight);
    }),
  );
});

test('a JSON number is whole by its text, not by what it is rounded to', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: -30, max: 30 }),
      (digits, places, exponent) => {
        const sign = digits < 0n ? '-' : '';
        const padded = String(digits)
          .replace('-', '')
          .padStart(places + 1, '0');
        const whole = padded.slice(0, padded.length - places).replace(/^0+(?=\d)/, '');
        const fraction = places === 0 ? '' : `.${padded.slice(-places)}`;
        const scale = exponent - places;
        const isWhole = scale >= 0 || digits % 10n ** BigInt(-scale) === 0n;
        expect(isWholeDecimal(`${sign}${whole}${fraction}e${exponent}`)).toBe(isWhole);
      },
    ),
  );
});

import fc from 'fast-check';
import { parseValue } from 'graphql';
import { readNumber } from '../../src/graphql/scalars/number-text';
import { Points } from '../../src/graphql/scalars/points';

const literal = (text: string) => Points.parseLiteral(parseValue(text));
/** As the HTTP layer reads JSON. */
const variable = (text: string) =>
  Points.parseValue(/^-?\d/.test(text) ? readNumber(text) : JSON.parse(text));

test.each([
  ['1000', 1000],
  ['-5', -5],
  ['0', 0],
  ['1e3', 1000],
  ['1000.0', 1000],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ['-9007199254740991', Number.MIN_SAFE_INTEGER],
  ['-0', 0],
  ['0e400', 0],
  ['0.0e-400', 0],
  ['10e-1', 1],
  ['9007199254740991.000', Number.MAX_SAFE_INTEGER],
  ['0.9007199254740991e16', Number.MAX_SAFE_INTEGER],
  [`1${'0'.repeat(50)}e-50`, 1],
])('%s is read alike in a document and in variables', (text, points) => {
  expect(literal(text)).toBe(points);
  expect(variable(text)).toBe(points);
});

test.each([
  ['"1000"', 'without quotes'],
  ['true', 'without quotes'],
  ['[1]', 'without quotes'],
  ['1.5', '1.5 has a fraction'],
  ['9007199254740992', 'is outside'],
  ['-9007199254740992', 'is outside'],
  ['9007199254740993', '9007199254740993 is outside'],
  ['1e400', '1e400 is outside'],
  ['1e9999999999999999999999', 'is outside'],
  ['0.99999999999999999999', '0.99999999999999999999 has a fraction'],
  ['-0.99999999999999999999', 'has a fraction'],
  ['4503599627370496.4', '4503599627370496.4 has a fraction'],
  ['9007199254740992.5', 'has a fraction'],
  ['1e-400', '1e-400 has a fraction'],
  ['1e-9999999999999999999999', 'has a fraction'],
  [`0.${'9'.repeat(5_000)}`, '… (4902 characters cut) has a fraction'],
])('%s is refused, and the message says what would be right', (text, fault) => {
  const right = 'a whole number from -9007199254740991 to 9007199254740991';
  for (const read of [() => literal(text), () => variable(text)]) {
    expect(read).toThrow(right);
    expect(read).toThrow(fault);
  }
});

test('every safe integer is returned as it was read', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (points) => {
      expect(Points.serialize(Points.parseValue(points))).toBe(points + 0);
    }),
  );
});

test('a sum that is no longer exact is never returned', () => {
  expect(() => Points.serialize(2 ** 53)).toThrow('is outside');
});

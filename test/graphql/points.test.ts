import fc from 'fast-check';
import { parseValue } from 'graphql';
import { Points } from '../../src/graphql/scalars/points';

const literal = (text: string) => Points.parseLiteral(parseValue(text));

test.each([
  ['1000', 1000],
  ['-5', -5],
  ['0', 0],
  ['1e3', 1000],
  ['1000.0', 1000],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ['-9007199254740991', Number.MIN_SAFE_INTEGER],
  ['-0', 0],
])('%s is read alike in a document and in variables', (text, points) => {
  expect(literal(text)).toBe(points);
  expect(Points.parseValue(JSON.parse(text))).toBe(points);
});

test.each([
  ['"1000"', 'without quotes'],
  ['true', 'without quotes'],
  ['[1]', 'without quotes'],
  ['1.5', '1.5 has a fraction'],
  ['9007199254740992', 'is outside'],
  ['-9007199254740992', 'is outside'],
  ['1e400', 'is outside'],
])('%s is refused, and the message says what would be right', (text, fault) => {
  const right = 'a whole number from -9007199254740991 to 9007199254740991';
  for (const read of [() => literal(text), () => Points.parseValue(JSON.parse(text))]) {
    expect(read).toThrow(right);
    expect(read).toThrow(fault);
  }
});

test('every safe integer is answered as it was read', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (points) => {
      expect(Points.serialize(Points.parseValue(points))).toBe(points + 0);
    }),
  );
});

test('a sum that is no longer exact is never answered', () => {
  expect(() => Points.serialize(2 ** 53)).toThrow('is outside');
});

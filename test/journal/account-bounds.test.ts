import fc from 'fast-check';
import { accountBounds, nextPrefix } from '../../src/journal/account-bounds';
import { compareCodePoints } from '../../src/journal/code-point-order';
import { anyCharacter } from '../support/any-character';

const edges = ['\u{d7ff}', '\u{e000}', '\u{ffff}', '\u{10000}', '\u{10ffff}', 'a', 'b'];
const text = fc
  .array(fc.oneof(fc.constantFrom(...edges), fc.string({ unit: anyCharacter, maxLength: 1 })), {
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

test('an id is within the bounds of a prefix if and only if it starts with the prefix', () => {
  const range = { after: null, before: null, order: 'ascending', limit: 1 } as const;
  fc.assert(
    fc.property(text, text, fc.boolean(), (prefix, rest, isWithin) => {
      fc.pre(prefix !== '');
      const id = isWithin ? prefix + rest : rest;
      const { from, before } = accountBounds({ ...range, startsWith: prefix });
      const isFrom = compareCodePoints(id, from!) >= 0;
      const isBefore = before === null || compareCodePoints(id, before) < 0;
      expect(isFrom && isBefore).toBe(id.startsWith(prefix));
    }),
  );
});

test.each([
  ['a', 'b'],
  ['a\u{d7ff}', 'a\u{e000}'],
  ['a\u{ffff}', 'a\u{10000}'],
  ['a\u{10ffff}\u{10ffff}', 'b'],
  ['\u{10ffff}', null],
])('the prefix after %j is %j', (prefix, next) => {
  expect(nextPrefix(prefix)).toBe(next);
});

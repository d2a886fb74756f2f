import fc from 'fast-check';
import { compareCodePoints } from '../../src/journal/code-point-order';
import { anyCharacter } from '../support/any-character';

test('the order is that of the UTF-8 bytes', () => {
  const text = fc.string({ unit: anyCharacter });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const ofBytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
      expect(Math.sign(compareCodePoints(left, right))).toBe(ofBytes);
    }),
  );
});

test('code points beyond U+FFFF follow those below, unlike in the order of code units', () => {
  expect(compareCodePoints('\u{1f600}', '\u{e000}')).toBeGreaterThan(0);
  expect('\u{1f600}' < '\u{e000}').toBe(true);
  expect(compareCodePoints('a', 'aa')).toBeLessThan(0);
  expect(compareCodePoints('\u{1f600}', '\u{1f600}')).toBe(0);
});

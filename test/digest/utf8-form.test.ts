import fc from 'fast-check';
import { Utf8Form } from '../../src/digest/utf8-form';

type Field = string | number | null;

const fields = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'binary-ascii', maxLength: 60 }),
    fc.maxSafeInteger(),
    fc.integer({ min: -12, max: 12 }),
    fc.nat({ max: 15 }).map((power) => 10 ** power),
    fc.nat({ max: 15 }).map((power) => 1 - 10 ** power),
    fc.constant(null),
  ),
  { maxLength: 20 },
);

function write(form: Utf8Form, values: readonly Field[]): void {
  for (const value of values) {
    if (typeof value === 'number') form.number(value);
    else form.text(value);
  }
}

/** Returns the fields as the bytes of a text. */
function bytesOf(values: readonly Field[]): Buffer {
  const shown = values.map((value) => (typeof value === 'string' ? `=${value}` : (value ?? '')));
  return Buffer.from(shown.map((value) => `${value}\n`).join(''));
}

test('a form is the UTF-8 of its fields as text, whatever the form before it was', () => {
  const form = new Utf8Form();
  fc.assert(
    fc.property(fields, (values) => {
      form.clear();
      write(form, values);
      expect(Buffer.from(form.written())).toEqual(bytesOf(values));
    }),
    { numRuns: 1_000 },
  );
});

test('a form of any length fits, and short ones after it', () => {
  const form = new Utf8Form();
  for (const count of [1, 5_000, 1, 100_000, 2]) {
    const values = Array.from({ length: count }, (_, index) => (index % 2 === 0 ? index : 'ä'));
    form.clear();
    write(form, values);
    expect(Buffer.from(form.joined()).equals(bytesOf(values).subarray(0, -1))).toBe(true);
  }
});

test('a text keeps its letters whatever its length', () => {
  const form = new Utf8Form();
  for (let length = 1; length <= 70; length += 1) {
    for (const letter of ['a', 'é', '€', '\u{1f600}', '\ud800']) {
      const values = ['x'.repeat(length) + letter, letter + 'y'.repeat(length), letter];
      form.clear();
      write(form, values);
      expect(Buffer.from(form.written())).toEqual(bytesOf(values));
    }
  }
});

test('words, and several nulls at once, have no equals sign', () => {
  const form = new Utf8Form();
  form.word('lapse');
  form.empty(3);
  form.text('');
  form.number(-0);
  expect(form.written().toString()).toBe('lapse\n\n\n\n=\n0\n');
});

import 'reflect-metadata';
import fc from 'fast-check';
import { historyRange } from '../../src/graphql/page/history-page';
import { readPageArgs } from '../../src/graphql/page/page-args';

const noCursor = () => {
  throw new Error('no cursor was expected');
};

test('neither first nor last requests 20 from the start', () => {
  const page = { from: 'start', limit: 20, after: null, before: null };
  expect(readPageArgs({}, noCursor)).toEqual(page);
  expect(readPageArgs({ first: null, last: null, after: null }, noCursor)).toEqual(page);
});

test('0 and 100 are the bounds of first and last', () => {
  expect(readPageArgs({ first: 0 }, noCursor)).toMatchObject({ from: 'start', limit: 0 });
  expect(readPageArgs({ last: 100 }, noCursor)).toMatchObject({ from: 'end', limit: 100 });
});

test.each([
  [{ first: 1, last: 1 }, 'Pass first or last, not both'],
  [{ first: 0, last: 0 }, 'Pass first or last, not both'],
  [{ first: -1 }, 'first must be 0 to 100, and is -1'],
  [{ last: 101 }, 'last must be 0 to 100, and is 101'],
])('%j is bad user input', (args, message) => {
  const read = () => readPageArgs(args, noCursor);
  expect(read).toThrow(message);
  expect(read).toThrow(expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }));
});

const position = fc.option(fc.integer({ min: 1, max: 12 }));

test('a page of the history is what the definition of Relay cuts from the whole list', () => {
  const pages = fc.record({
    from: fc.constantFrom('start' as const, 'end' as const),
    limit: fc.integer({ min: 0, max: 12 }),
    after: position,
    before: position,
  });
  fc.assert(
    fc.property(pages, fc.integer({ min: 1, max: 10 }), (page, newest) => {
      const all = Array.from({ length: newest }, (_, at) => newest - at);
      const range = all
        .filter((sequence) => page.after === null || sequence < page.after)
        .filter((sequence) => page.before === null || sequence > page.before);
      const { limit } = page;
      const expected =
        page.from === 'start' ? range.slice(0, limit) : range.slice(-limit || newest);
      const { from, to, hasPrevious, hasNext } = historyRange(page, newest);
      expect(all.filter((sequence) => sequence >= from && sequence <= to)).toEqual(expected);
      if (expected.length === 0) return;
      expect(hasPrevious).toBe(expected.at(0) !== newest);
      expect(hasNext).toBe(expected.at(-1) !== 1);
    }),
  );
});

test('an empty page reports the pages before and after it', () => {
  const whole = { from: 'start' as const, limit: 20, after: null, before: null };
  const beside = { hasPrevious: true, hasNext: false };
  expect(historyRange({ ...whole, after: 1 }, 5)).toMatchObject(beside);
  expect(historyRange({ ...whole, before: 5 }, 5)).toMatchObject({
    ...beside,
    hasPrevious: false,
    hasNext: true,
  });
  expect(historyRange({ ...whole, limit: 0 }, 5)).toMatchObject({
    hasPrevious: false,
    hasNext: true,
  });
  expect(historyRange({ ...whole, from: 'end', limit: 0 }, 5)).toMatchObject(beside);
});

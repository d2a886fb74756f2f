import fc from 'fast-check';
import { parseValue } from 'graphql';
import { DateTime } from '../../src/graphql/scalars/date-time';
import { instantMax, instantMin } from '../../src/ledger/instant';

const read = (text: unknown) => DateTime.parseValue(text);
const answer = (text: string) => DateTime.serialize(read(text));

test.each([
  ['2020-11-02T14:00:00Z', '2020-11-02T14:00:00.000Z'],
  ['2020-11-02t14:00:00z', '2020-11-02T14:00:00.000Z'],
  ['2020-11-02T14:00:00.5Z', '2020-11-02T14:00:00.500Z'],
  ['2020-11-02T15:30:00+01:30', '2020-11-02T14:00:00.000Z'],
  ['2020-11-02T13:00:00-01:00', '2020-11-02T14:00:00.000Z'],
  ['2020-11-02T14:00:00-00:00', '2020-11-02T14:00:00.000Z'],
  ['2020-02-29T00:00:00Z', '2020-02-29T00:00:00.000Z'],
  ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
  ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
  ['0099-12-31T23:59:59Z', '0099-12-31T23:59:59.000Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
])('%s is answered in UTC as %s', (text, utc) => {
  expect(answer(text)).toBe(utc);
  expect(DateTime.parseLiteral(parseValue(`"${text}"`))).toBe(read(text));
});

test.each([
  ['2020-11-02T14:00:00.1239Z', '2020-11-02T14:00:00.123Z'],
  ['2020-11-02T14:00:00.99999999999Z', '2020-11-02T14:00:00.999Z'],
  ['1969-12-31T23:59:59.9999Z', '1969-12-31T23:59:59.999Z'],
])('digits after the millisecond are cut: %s', (text, utc) => {
  expect(answer(text)).toBe(utc);
});

test.each(['2020-11-02 14:00:00Z', '2020-11-02 15:00:00+01:00', '2020-11-02t14:00:00z'])(
  'RFC 3339 allows %s',
  (text) => {
    expect(answer(text)).toBe('2020-11-02T14:00:00.000Z');
  },
);

test.each([
  ['2016-12-31T23:59:60Z', 'leap seconds are not accepted'],
  ['2020-11-02T14:00:61Z', 'a minute has 60 seconds'],
  ['2020-02-30T00:00:00Z', 'no day 30'],
  ['2021-02-29T00:00:00Z', 'no day 29'],
  ['1900-02-29T00:00:00Z', 'no day 29'],
  ['2020-04-31T00:00:00Z', 'no day 31'],
  ['2020-01-00T00:00:00Z', 'no day 0'],
  ['2020-13-01T00:00:00Z', 'no month 13'],
  ['2020-00-01T00:00:00Z', 'no month 0'],
  ['2020-11-02T24:00:00Z', 'ends at 23:59:59'],
  ['2020-11-02T14:60:00Z', 'ends at 23:59:59'],
  ['2020-11-02T14:00:00+24:00', 'outside ±23:59'],
  ['2020-11-02T14:00:00+00:60', 'outside ±23:59'],
  ['0000-01-01T00:00:00+00:01', 'outside 0000 to 9999'],
  ['9999-12-31T23:59:59-01:00', 'outside 0000 to 9999'],
  ['2020-11-02T14:00:00', 'the offset is missing'],
  ['2020-11-02 14:00:00', 'the offset is missing'],
  ['2020-11-02', 'time and offset are missing'],
  ['2020-11-02T14:00Z', 'the seconds are missing'],
  ['2020-11-02T14:00:00.Z', 'the time must have the form'],
  ['2020-11-02T14:00:00,5Z', 'the time must have the form'],
  ['2020-11-02T9:00:00Z', 'the time must have the form'],
  ['2020-11-02T14:00:00+0100', 'the offset must be'],
  ['2020-11-02T14:00:00Z\n', 'the offset must be'],
  ['2020-11-02_14:00:00Z', 'T or one blank must follow the date'],
  ['2020-11-02  14:00:00Z', 'T or one blank must follow the date'],
  ['2020-11-02\u00a014:00:00Z', 'T or one blank must follow the date'],
  ['+010000-01-01T00:00:00Z', 'the date must have the form'],
  ['02/11/2020 14:00:00', 'the date must have the form'],
  ['٢٠٢٠-11-02T14:00:00Z', 'the date must have the form'],
  ['', 'it is empty'],
  [1_604_325_600_000, 'not a string'],
  [null, 'not a string'],
])('%s is refused, and the message says why', (text, why) => {
  expect(() => read(text)).toThrow(why);
  expect(() => DateTime.parseLiteral(parseValue(JSON.stringify(text)))).toThrow(why);
});

const instants = fc.integer({ min: instantMin, max: instantMax });

test('every instant that is answered reads as itself', () => {
  fc.assert(fc.property(instants, (instant) => read(DateTime.serialize(instant)) === instant));
});

test('an offset names the same instant as UTC', () => {
  const minute = 60_000;
  const offsets = fc.integer({ min: -1439, max: 1439 });
  const inner = fc.integer({ min: instantMin + 1440 * minute, max: instantMax - 1440 * minute });
  const two = (value: number) => String(value).padStart(2, '0');
  fc.assert(
    fc.property(inner, offsets, (instant, offset) => {
      const local = new Date(instant + offset * minute).toISOString().slice(0, -1);
      const ahead = Math.abs(offset);
      const suffix = `${offset < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
      expect(read(local + suffix)).toBe(instant);
    }),
  );
});

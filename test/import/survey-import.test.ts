import { createHash } from 'node:crypto';
import { surveyImport } from '../../src/import/survey-import';
import { unusualDatesText } from '../../src/import/unusual-dates';
import { chunked, itemsOf } from './read-all';

const now = new Date('2026-11-26T12:00:00Z');
const survey = (text: string, format: 'csv' | 'ndjson' = 'csv', size = 7) =>
  surveyImport(chunked(text, size), format, undefined, now);
const dated = (...timestamps: string[]) =>
  survey(`payer,points,timestamp\n${timestamps.map((time) => `A,1,${time}\n`).join('')}`);

test('a survey counts rows, accounts and refusals, sums payers, and hashes the bytes', async () => {
  const text =
    '\ufeffaccount_id,payer,points,timestamp\na,A,10,2020-11-02T14:00:00Z\n\n' +
    'b,A,-3,2020-11-02T14:00:00Z\na,"B\nC",1,2020-11-02T14:00:00Z\na,B,x,2020-11-02T14:00:00Z\n' +
    'a,B,5,2020-11-02T14:00:00Z';
  expect(await survey(text)).toMatchObject({
    bytes: new TextEncoder().encode(text).length,
    sha256: createHash('sha256').update(text).digest('hex'),
    rows: 5,
    accepted: 3,
    refused: 2,
    accounts: 2,
    payers: [
      { payer: 'A', granted: 10n, takenBack: 3n },
      { payer: 'B', granted: 5n, takenBack: 0n },
    ],
    firstRows: [{ line: 2 }, { line: 4 }, { line: 8 }],
    firstRefusals: [
      { line: 5, code: 'INVALID_PAYER' },
      { line: 7, code: 'INVALID_POINTS' },
    ],
    unusualDates: null,
  });
});

test('a file that cannot be imported fails the survey', async () => {
  await expect(survey('a,b\n')).rejects.toThrow('Line 1: there is no column');
  await expect(survey('')).rejects.toThrow('The file is empty');
});

test.each(['1969-12-31T23:59:59.999Z', '0020-11-02T14:00:00Z', '2204-11-02T14:00:00Z'])(
  'the date %s is unusual',
  async (timestamp) => {
    const { unusualDates } = await dated('2020-11-02T14:00:00Z', timestamp, timestamp);
    expect(unusualDates).toMatchObject({ rows: 2, line: 3 });
    expect(unusualDatesText(unusualDates!)).toContain('Line 3: the timestamp ');
  },
);

test('dates from 1970 to a year ahead are usual', async () => {
  const { unusualDates } = await dated('1970-01-01T00:00:00Z', '2027-11-26T12:00:00Z');
  expect(unusualDates).toBeNull();
  expect((await dated('2027-11-26T12:00:00.001Z')).unusualDates).not.toBeNull();
});

test.each([
  ['account_id', 'account_id,payer,points,timestamp', '1.23457E+17,A,1,2020-11-02T14:00:00Z'],
  ['idempotency_key', 'payer,points,timestamp,idempotency_key', 'A,1,2020-11-02T14:00:00Z,1E+17'],
])('an %s that Excel has rounded is refused on its second row', async (name, header, row) => {
  await expect(survey(`${header}\n${row}\n${row}\n`)).rejects.toThrow(
    new RegExp(`Line 3: the ${name} is ".*", as on line 2`),
  );
  expect((await survey(`${header}\n${row}\n`)).accepted).toBe(1);
});

test('an account_id that is not of that form may occur on many rows', async () => {
  const rows = ['1E+17x', '1.23', 'E+17'].map((id) => `${id},A,1,2020-11-02T14:00:00Z\n`);
  const text = `account_id,payer,points,timestamp\n${[...rows, ...rows].join('')}`;
  expect((await survey(text)).accepted).toBe(6);
});

test('the sample holds all rows of a small file, and 200 spread over a large one', async () => {
  const file = (count: number) =>
    `payer,points,timestamp\n${Array.from({ length: count }, (_unused, at) => `A,${at + 1},2020-11-02T14:00:00Z\n`).join('')}`;
  expect((await survey(file(200), 'csv', 10_000)).sample).toHaveLength(200);
  const { sample } = await survey(file(10_000), 'csv', 10_000);
  const items = await itemsOf(file(10_000));
  const derived = items.map((item) => item.kind === 'row' && item.input.idempotencyKey.slice(5));
  const places = sample.map((row) => derived.indexOf(row.derived));
  expect(places).toHaveLength(200);
  expect(new Set(places).size).toBe(200);
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const inTenth = places.filter((place) => Math.floor(place / 1_000) === tenth);
    expect(inTenth.length).toBeGreaterThanOrEqual(15);
  }
});

test('rows with keys of their own are not sampled', async () => {
  const text = 'payer,points,timestamp,idempotency_key\nA,1,2020-11-02T14:00:00Z,k\n';
  expect((await survey(text)).sample).toEqual([]);
});

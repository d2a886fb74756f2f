import { createHash } from 'node:crypto';
import { surveyImport } from '../../src/import/survey-import';
import { chunked, itemsOf, keysOf, readingOf } from './read-all';

const header = 'account_id,payer,points,timestamp,available_from,expires_at,reference\n';
const earned = '2020-11-02T14:00:00.000Z';
const begins = '2027-01-01T00:00:00.000Z';
const ends = '2028-01-01T00:00:00.000Z';
const plain = { accountId: 'a', payer: 'A', points: 1, timestamp: earned, reference: null };

async function inputsOf(text: string, format: 'csv' | 'ndjson' = 'csv') {
  return (await itemsOf(text, format)).map((item) => item.kind === 'row' && item.input);
}

test('a row has the dates of its cells, in UTC, and none where a cell is empty', async () => {
  const rows = [
    'a,A,1,2020-11-02T14:00:00Z,2027-01-01T01:00:00+01:00, 2028-01-01 00:00:00Z ,',
    'a,A,1,2020-11-02T14:00:00Z,,2028-01-01T00:00:00Z,',
    'a,A,1,2020-11-02T14:00:00Z,,,',
  ];
  const [both, end, none] = await inputsOf(`${header}${rows.join('\n')}\n`);
  expect(both).toMatchObject({ ...plain, availableFrom: begins, expiresAt: ends });
  expect(end).toMatchObject({ ...plain, expiresAt: ends });
  expect(Object.keys(end as object)).not.toContain('availableFrom');
  expect(Object.keys(none as object)).not.toContain('expiresAt');
});

test('a row has the same dates and the same key in NDJSON', async () => {
  const lines = [
    { accountId: 'a', payer: 'A', points: 1, timestamp: earned, availableFrom: begins },
    { account_id: 'a', payer: 'A', points: 1, timestamp: earned, expires_at: ends },
    { accountId: 'a', payer: 'A', points: 1, timestamp: earned, expiresAt: null },
  ].map((line) => `${JSON.stringify(line)}\n`);
  const cells = [`${begins},,`, `,${ends},`, ',,'].map((dates) => `a,A,1,${earned},${dates}\n`);
  const csv = await inputsOf(header + cells.join(''));
  expect(await inputsOf(lines.join(''), 'ndjson')).toEqual(csv);
});

test('a row without dates keeps its key, and one with a date has it in its hash', async () => {
  const hash = (...content: unknown[]) =>
    createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 24);
  const rows = [',,', `,${ends},`, `${begins},,`].map((dates) => `a,A,1,${earned},${dates}\n`);
  const content = ['a', 'A', 1, earned, null];
  expect(await keysOf(header + rows.join(''))).toEqual([
    `test:${hash(...content)}:1`,
    `test:${hash(...content, null, ends)}:1`,
    `test:${hash(...content, begins, null)}:1`,
  ]);
  expect(await keysOf(`account_id,payer,points,timestamp\na,A,1,${earned}\n`)).toEqual([
    `test:${hash(...content)}:1`,
  ]);
});

test.each([
  [
    'a,A,-1',
    `${begins},`,
    'available_from is for grants: a debit neither begins later nor expires.',
  ],
  ['a,A,-1', `,${ends}`, 'expires_at is for grants: a debit neither begins later nor expires.'],
  ['a,A,1', ',2028', 'expires_at must be a date and time as in RFC 3339, such as 2020-11-02'],
  ['a,A,1', '2027-02-30T00:00:00Z,', 'available_from must be a date and time as in RFC 3339'],
  ['a,A,1', ',2028-01-01T00:00:00.0001Z', 'expires_at has the digits 1 after the millisecond'],
])('the row %s with the dates %s is refused', async (start, dates, reason) => {
  const [row] = await readingOf(`${header}${start},${earned},${dates},\n`);
  expect(row).toEqual([2, 'INVALID_DATES', expect.stringContaining(reason)]);
});

test('a date can be set for all rows, or be in a column of another name', async () => {
  const text = `payer,points,timestamp,End\nA,1,${earned},${ends}\n`;
  const columns = { names: { expiresAt: 'End' }, values: { availableFrom: begins } };
  const reading = { blanks: 'refuse', cutsDigits: false, columns } as const;
  const [item] = await itemsOf(text, 'csv', { reading });
  expect(item).toMatchObject({ input: { availableFrom: begins, expiresAt: ends } });
});

test('expired rows are skipped on request, counted, and number equal rows as before', async () => {
  const row = (end: string) => `a,A,1,${earned},,${end},\n`;
  const text = header + row(ends) + row('2028-01-01T00:00:00.001Z') + row('') + row(ends);
  const reading = {
    blanks: 'refuse',
    cutsDigits: false,
    skipsExpiredAt: Date.parse(ends),
  } as const;
  const kinds = (await itemsOf(text, 'csv', { reading })).map(({ kind }) => kind);
  expect(kinds).toEqual(['skipped', 'row', 'row', 'skipped']);
  const all = await keysOf(text);
  expect(await keysOf(text, 'csv', { reading })).toEqual([all[1], all[2]]);
  const survey = await surveyImport(chunked(text), 'csv', reading);
  expect(survey).toMatchObject({ rows: 4, accepted: 2, refused: 0, skipped: 2 });
});

import { readColumnRules } from '../../src/import/column-rules';
import type { ImportFormat } from '../../src/import/file-format';
import { strictReading } from '../../src/import/reading-options';
import { itemsOf, keysOf, readingOf, refusalsOf } from './read-all';

const time = '2020-11-02T14:00:00Z';
const under = (map: string[], set: string[] = []) => ({
  reading: { ...strictReading, columns: readColumnRules(map, set) },
});
const inputsOf = async (text: string, format: ImportFormat, given: ReturnType<typeof under>) =>
  (await itemsOf(text, format, given)).map((item) => item.kind === 'row' && item.input);

test.each<[ImportFormat, string, string]>([
  ['csv', `payer,points,timestamp\nA,5,${time}\n`, `Brand,points,Date\nA,5,${time}\n`],
  [
    'ndjson',
    `{"payer":"A","points":5,"timestamp":"${time}"}`,
    `{"Brand":"A","points":5,"Date":"${time}"}`,
  ],
])(
  'in %s, mapped columns give the rows and keys of the usual names',
  async (format, usual, own) => {
    const rules = under(['payer=Brand', 'timestamp=date']);
    const expected = (await itemsOf(usual, format)).map(
      (item) => item.kind === 'row' && item.input,
    );
    expect(await inputsOf(own, format, rules)).toEqual(expected);
  },
);

test('a mapped name wins over its usual meaning', async () => {
  const text = `reference,points,timestamp\nA,5,${time}\n`;
  expect(await inputsOf(text, 'csv', under(['payer=Reference']))).toMatchObject([{ payer: 'A' }]);
});

test.each<[ImportFormat, string]>([
  ['csv', `payer,points,timestamp\nA,5,${time}\n`],
  ['ndjson', `{"payer":"A","points":5,"timestamp":"${time}"}`],
])('in %s, a value that is set acts before the key is derived', async (format, text) => {
  const given = under([], ['account_id=m', 'reference=r=1']);
  expect(await inputsOf(text, format, given)).toMatchObject([{ accountId: 'm', reference: 'r=1' }]);
  const withColumns = `account_id,reference,payer,points,timestamp\nm,r=1,A,5,${time}\n`;
  expect(await keysOf(text, format, given)).toEqual(await keysOf(withColumns));
});

test('a column that the file has cannot be set', async () => {
  const given = under([], ['payer=B']);
  await expect(readingOf(`payer,points,timestamp\nA,5,${time}\n`, 'csv', given)).rejects.toThrow(
    'the file has a column payer, so it cannot be set',
  );
  const line = `{"payer":"A","points":5,"timestamp":"${time}"}`;
  expect(await readingOf(line, 'ndjson', given)).toEqual([
    [1, 'MALFORMED_ROW', expect.stringContaining('payer is set for all rows, and the row has it')],
  ]);
});

test('a mapped column must exist, and excludes the usual one', async () => {
  const given = under(['payer=Brand']);
  await expect(readingOf('payer,points,timestamp\n', 'csv', given)).rejects.toThrow(
    'there is no column "Brand", which is mapped to payer',
  );
  await expect(readingOf('payer,brand,points,timestamp\n', 'csv', given)).rejects.toThrow(
    '"payer" and "brand" are the same column',
  );
});

test.each([
  [
    ['payr=Brand'],
    [],
    '--map is "payr=Brand": there is no column "payr", did you mean payer? The columns are account_id, payer,',
  ],
  [['brand=A'], [], '--map is "brand=A": there is no column "brand". The columns are account_id,'],
  [['payer'], [], '--map is "payer"; it must be COLUMN=NAME, such as payer=Brand.'],
  [['payer='], [], '--map is "payer="; it must be COLUMN=NAME, such as payer=Brand.'],
  [['payer=A', 'Payer=B'], [], '--map names payer twice'],
  [['payer=A', 'reference=a'], [], '--map: "a" is mapped to payer and to reference'],
  [['payer=A'], ['payer=B'], '--map and --set both name payer'],
  [[], ['payer'], '--set is "payer"; it must be COLUMN=VALUE, such as account_id=member-1.'],
  [[], ['payer=A', 'payer=B'], '--set names payer twice'],
  [[], ['idempotency_key=k'], '--set: idempotency_key cannot have one value for all rows'],
  [[], ['credit=1'], '--set: credit cannot have one value for all rows'],
  [[], ['points=1.000'], '--set: "1.000" is not a number of points'],
])('the rules %j %j are refused: %s', (map, set, message) => {
  expect(() => readColumnRules(map, set)).toThrow(message);
});

test('credit is granted and debit is taken back, with the keys of points', async () => {
  const amounts = `payer,credit,debit,timestamp\nA,5,,${time}\nA, ,3,${time}\n`;
  const points = `payer,points,timestamp\nA,5,${time}\nA,-3,${time}\n`;
  const ndjson = [
    `{"payer":"A","credit":5,"timestamp":"${time}"}`,
    `{"payer":"A","credit":null,"debit":3,"timestamp":"${time}"}`,
  ].join('\n');
  const expected = await readingOf(points);
  expect(await readingOf(amounts)).toEqual(expected);
  expect(await readingOf(ndjson, 'ndjson')).toEqual(
    expected.map((row, at) => [at + 1, (row as unknown[])[1]]),
  );
});

test.each([
  ['5,3', 'the row has both credit and debit'],
  [',', 'the row has neither credit nor debit'],
  ['-5,', 'credit is -5, and must not be negative; write 5 as debit'],
  [',-3', 'debit is -3, and must not be negative; write 3 as credit'],
  ['1.000,', 'credit is "1.000": "." at character 2 is not allowed'],
  ['0,', 'points must not be zero'],
])('the credit and debit %s are refused: %s', async (cells, reason) => {
  const text = `payer,credit,debit,timestamp\nA,${cells},${time}\n`;
  expect(await readingOf(text)).toEqual([[2, 'INVALID_POINTS', expect.stringContaining(reason)]]);
});

test.each(['-5', '0.99999999999999999999', '"5"', '1.5', 'true', '9007199254740993'])(
  'the JSON credit %s is refused',
  async (credit) => {
    const text = `{"payer":"A","credit":${credit},"timestamp":"${time}"}`;
    expect(await readingOf(text, 'ndjson')).toEqual([[1, 'INVALID_POINTS', expect.any(String)]]);
  },
);

test('points exclude credit and debit', async () => {
  const text = `{"payer":"A","credit":5,"points":5,"timestamp":"${time}"}`;
  expect(await readingOf(text, 'ndjson')).toEqual([
    [1, 'MALFORMED_ROW', expect.stringContaining('exclude each other')],
  ]);
});

test('refused rows keep their own columns, and are imported under the same rules', async () => {
  const given = under(['payer=Brand'], ['account_id=m']);
  const text = `Brand,debit,timestamp\nA,x,${time}\n`;
  const refused = await refusalsOf(text, 'csv', given);
  expect(refused).toContain(`Brand,debit,timestamp\n`);
  const corrected = refused.replace(',x,', ',3,');
  expect(await inputsOf(corrected, 'csv', given)).toMatchObject([
    { accountId: 'm', payer: 'A', points: -3 },
  ]);
});

import { strictReading } from '../../src/import/reading-options';
import { itemsOf, readingOf } from './read-all';

const header = 'account_id,payer,points,timestamp,reference,idempotency_key\n';
const time = '2020-11-02T14:00:00Z';

test('a row of CSV is read as the input of the API', async () => {
  const row = `a-1,"MILLER, COORS",-200,2020-11-02T15:00:00.2500+01:00,"say ""hi""",k-1\n`;
  expect(await readingOf(header + row)).toEqual([
    [
      2,
      {
        accountId: 'a-1',
        payer: 'MILLER, COORS',
        points: -200,
        timestamp: '2020-11-02T14:00:00.250Z',
        reference: 'say "hi"',
        idempotencyKey: 'k-1',
      },
    ],
  ]);
});

test('a row of NDJSON is the same, with the names of the API or of the columns', async () => {
  const common = { payer: 'A', points: 5, timestamp: time, reference: null };
  const lines = [
    { accountId: 'a-1', ...common, idempotencyKey: 'k-1' },
    { account_id: 'a-1', ...common, idempotency_key: 'k-1' },
  ];
  const [first, second] = await itemsOf(
    lines.map((line) => JSON.stringify(line)).join('\n'),
    'ndjson',
  );
  expect(first).toMatchObject({
    kind: 'row',
    line: 1,
    input: { ...lines[0], timestamp: expect.any(String) },
  });
  expect(second).toMatchObject({ kind: 'row', input: (first as { input: unknown }).input });
});

test('without an account it is the default one; an empty reference is none', async () => {
  const [item] = await itemsOf(`payer,points,timestamp,reference\nA,1,${time},\n`);
  expect(item).toMatchObject({ input: { accountId: 'default', reference: null } });
});

test.each(['1e3', '1000.0', '10000e-1'])(
  'points of NDJSON are read as JSON reads them: %s',
  async (points) => {
    const line = `{"payer":"A","points":${points},"timestamp":"${time}"}`;
    expect(await itemsOf(line, 'ndjson')).toMatchObject([{ input: { points: 1000 } }]);
  },
);

test.each([
  [`,A,1,${time},,`, 'INVALID_ACCOUNT', 'account_id is blank'],
  [`a,,1,${time},,`, 'INVALID_PAYER', 'payer is blank'],
  [`a,A,0,${time},,`, 'INVALID_POINTS', 'points must not be zero'],
  [`a,A,-0.0,${time},,`, 'INVALID_POINTS', 'points must not be zero'],
  [`a,A,1.5,${time},,`, 'INVALID_POINTS', 'points must be a whole number'],
  [`a,A,9007199254740993,${time},,`, 'INVALID_POINTS', 'and is 9007199254740993.'],
  [`a,A,,${time},,`, 'INVALID_POINTS', 'and is ""'],
  [`a,A,"1,000",${time},,`, 'INVALID_POINTS', 'and is "1,000"'],
  [`a,A,0x10,${time},,`, 'INVALID_POINTS', 'and is "0x10"'],
  [`a,A,9007199254740992,${time},,`, 'INVALID_POINTS', 'from -9007199254740991'],
  ['a,A,1,2020-11-02,,', 'INVALID_TIMESTAMP', 'timestamp must be a date and time as in RFC 3339'],
  ['a,A,1,2021-02-29T00:00:00Z,,', 'INVALID_TIMESTAMP', 'this month has no day 29'],
  [`a,A,1,${time},"a\tb",`, 'INVALID_REFERENCE', 'has a control character'],
  [`a,A,1,${time},,"${'k'.repeat(256)}"`, 'INVALID_IDEMPOTENCY_KEY', 'has 256 characters'],
  [`a,A,1,${time},`, 'MALFORMED_ROW', 'it has 5 cells, and the header names 6 columns'],
  ['"a"b', 'MALFORMED_ROW', 'follows a closing quote'],
])('%s is refused alone: %s, %s', async (row, code, reason) => {
  const [refused, next] = await itemsOf(`${header + row}\na,A,1,${time},,\n`);
  expect(refused).toMatchObject({ kind: 'refused', line: 2, code });
  expect((refused as { reason: string }).reason).toContain(reason);
  expect(next).toMatchObject({ kind: 'row', line: 3 });
});

test.each([
  ['{', 'MALFORMED_ROW', 'it is not JSON'],
  ['[]', 'MALFORMED_ROW', 'it must be a JSON object'],
  ['{"paier":"A"}', 'MALFORMED_ROW', 'there is no field "paier", did you mean payer?'],
  ['{"accountId":"a","account_id":"b"}', 'MALFORMED_ROW', 'accountId occurs twice'],
  ['{"accountId":null,"payer":"A"}', 'INVALID_ACCOUNT', 'accountId must be a string, and is null'],
  ['{"accountId":7}', 'INVALID_ACCOUNT', 'accountId must be a string, and is 7'],
  ['{"points":1}', 'INVALID_PAYER', 'payer is missing'],
  ['{"payer":"\\ud800"}', 'INVALID_PAYER', 'half of a surrogate pair'],
  ['{"payer":"A","points":"5"}', 'INVALID_POINTS', 'and is "5"'],
  ['{"payer":"A","points":4503599627370496.4}', 'INVALID_POINTS', '4503599627370496.4, which has'],
  ['{"payer":"A","points":0.99999999999999999999}', 'INVALID_POINTS', 'which has a fraction'],
  ['{"payer":"A","points":9007199254740993}', 'INVALID_POINTS', 'and is 9007199254740993.'],
  ['{"payer":"A","points":1e400}', 'INVALID_POINTS', 'and is 1e400.'],
  ['{"payer":"A","points":1,"points":1000}', 'MALFORMED_ROW', 'the name "points" occurs twice'],
  ['{"payer":"A","p\\u0061yer":"A"}', 'MALFORMED_ROW', 'the name "payer" occurs twice'],
  ['{"refused":{"a":1,"a":[]},"payer":"A"}', 'MALFORMED_ROW', 'the name "a" occurs twice'],
  ['{"payer":"A","points":5}', 'INVALID_TIMESTAMP', 'timestamp is missing'],
  ['{"payer":"A","points":5,"timestamp":5}', 'INVALID_TIMESTAMP', 'it is not a string'],
])('the line %s is refused alone: %s, %s', async (row, code, reason) => {
  const good = JSON.stringify({ payer: 'A', points: 1, timestamp: time });
  const [refused, next] = await itemsOf(`${row}\n${good}\n`, 'ndjson');
  expect(refused).toMatchObject({ kind: 'refused', line: 1, code });
  expect((refused as { reason: string }).reason).toContain(reason);
  expect(next).toMatchObject({ kind: 'row', line: 2 });
});

test.each([
  ['accountId', '12345678901234567890', 'accountId must be a string, and is 12345678901234567890.'],
  ['account_id', '1.0e2', 'accountId must be a string, and is 1.0e2.'],
  ['payer', '[ 9007199254740993 ]', 'payer must be a string, and is [ 9007199254740993 ].'],
  ['payer', '{"id":9007199254740993}', 'payer must be a string, and is {"id":9007199254740993}.'],
  ['reference', '9007199254740993', 'reference must be a string, and is 9007199254740993.'],
  ['idempotencyKey', '1e400', 'idempotencyKey must be a string, and is 1e400.'],
  [
    'timestamp',
    '16043268000000000001',
    'such as 2020-11-02T14:00:00Z, and is 16043268000000000001',
  ],
  ['points', '[9007199254740993]', 'and is [9007199254740993].'],
  ['points', '9007199254740993', 'and is 9007199254740993.'],
  ['credit', '9007199254740993', 'from 0 to 9007199254740991, and is 9007199254740993.'],
  ['debit', '-9007199254740993', 'from 0 to 9007199254740991, and is -9007199254740993.'],
  ['credit', '1.00000000000000000001e-1', 'a whole number, and is 1.00000000000000000001e-1.'],
  ['credit', '[9007199254740993]', 'a whole number, and is [9007199254740993].'],
  ['accountId', '7'.repeat(200), `and is ${'7'.repeat(100)}….`],
])('a message shows %s %s with the digits of the file', async (name, value, shown) => {
  const isAmount = name === 'credit' || name === 'debit';
  const others = { payer: '"A"', timestamp: `"${time}"`, ...(isAmount ? {} : { points: '1' }) };
  const members = Object.entries({ ...others, [name]: value });
  const line = `{${members.map((member) => `"${member[0]}":${member[1]}`).join(',')}}`;
  const [refused] = await itemsOf(line, 'ndjson');
  expect((refused as { reason: string }).reason).toContain(shown);
});

test.each(['9007199254740993', '-9007199254740993'])(
  'a credit of %s in CSV is refused with its digits',
  async (credit) => {
    const [refused] = await itemsOf(`payer,credit,debit,timestamp\nA,${credit},,${time}\n`);
    expect((refused as { reason: string }).reason).toContain(
      `credit must be a whole number from 0 to 9007199254740991, and is ${credit}`,
    );
  },
);

test('a number or an instant of as many digits as a record holds is checked in linear time', async () => {
  const zeros = '0'.repeat(60_000);
  const number = `{"payer":"A","points":1.${zeros}1,"timestamp":"${time}"}\n`;
  const [fraction] = await itemsOf(number, 'ndjson');
  expect(fraction).toMatchObject({ kind: 'refused', code: 'INVALID_POINTS' });
  // Without an offset, no way to divide the digits matches.
  const [instant] = await itemsOf(`${header}a,A,1,2020-11-02T14:00:00.${'1'.repeat(60_000)},,\n`);
  expect(instant).toMatchObject({ kind: 'refused', code: 'INVALID_TIMESTAMP' });
});

test('where accounts are required, a row that names none is refused, and the others keep their keys', async () => {
  const lines = ['', '"accountId":"default",', ''].map(
    (account) => `{${account}"payer":"A","points":1,"timestamp":"${time}"}`,
  );
  const keysOf = async (requiresAccount: boolean) => {
    const reading = { ...strictReading, requiresAccount };
    const items = await itemsOf(lines.join('\n'), 'ndjson', { reading });
    return items.map((item) =>
      item.kind === 'row' ? item.input.idempotencyKey : 'reason' in item && item.reason,
    );
  };
  const reason = 'accountId is missing, and this ledger has no default account.';
  const [, key] = await keysOf(false);
  expect(await keysOf(true)).toEqual([reason, key, reason]);
});

import fc from 'fast-check';
import { recordLengthMax } from '../../src/import/raw-record';
import { refusalLine, refusalsHeader } from '../../src/import/refusals-file';
import { itemsOf, refusalsOf, stepsOf } from './read-all';

const time = '2020-11-02T14:00:00Z';

test('refused rows of CSV are a CSV that can be corrected and imported', async () => {
  const text = await refusalsOf(`payer,points,timestamp\nA,x,${time}\nB,1,${time}\nC,2\n`, 'csv');
  expect(text.split('\n')[0]).toBe(
    'refused_line,refused_code,refused_reason,idempotency_key,payer,points,timestamp',
  );
  const corrected = text.replace(`A,x,${time}`, `A,7,${time}`).replace('C,2\n', `C,2,${time}\n`);
  expect(await itemsOf(corrected)).toMatchObject([
    { kind: 'row', input: { payer: 'A', points: 7 } },
    { kind: 'row', input: { payer: 'C', points: 2 } },
  ]);
  expect((await refusalsOf(text, 'csv')).split('\n')[0]).toBe(text.split('\n')[0]);
});

test('refused lines of NDJSON are NDJSON that can be corrected and imported', async () => {
  const row = JSON.stringify({ payer: 'A', points: 'x', timestamp: time });
  const text = await refusalsOf(`${row}\n`, 'ndjson');
  expect(JSON.parse(text).refused).toMatchObject({ line: 1, code: 'INVALID_POINTS' });
  const [item] = await itemsOf(text.replace('"points":"x"', '"points":7'), 'ndjson');
  expect(item).toMatchObject({ kind: 'row', input: { points: 7 } });
});

test.each([
  ['csv', `payer,points,timestamp\nA,1,${time}\n`],
  ['csv', `idempotency_key,payer,refused_line,points,timestamp\n,A,7,1,${time}\n`],
  ['csv', `payer,points,timestamp,Idempotency Key\nA,1,${time},own\n`],
  ['ndjson', `{"payer":"A","points":1,"timestamp":"${time}"}`],
  ['ndjson', `{"idempotency_key":null,"payer":"A","points":1,"timestamp":"${time}"}`],
  ['ndjson', `{"idempotencyKey":"own","payer":"A","points":1,"timestamp":"${time}"}`],
] as const)('a %s row that the server refused keeps its key: %j', async (format, text) => {
  const [{ items, header: columns }] = await stepsOf(text, format).then((steps) =>
    steps.filter(({ items }) => items.length > 0),
  );
  const [{ line, record, ...item }] = items;
  const { idempotencyKey } = (item as { input: { idempotencyKey: string } }).input;
  const row = { line, record, code: 'C', reason: 'R, r', idempotencyKey };
  const written = refusalsHeader(columns) + refusalLine(row, columns);
  expect(await itemsOf(written, format, { name: 'other' })).toMatchObject([
    { kind: 'row', input: { payer: 'A', points: 1, idempotencyKey } },
  ]);
});

/** What a file of refused rows has before the row itself, but for the key. */
const refusal = /^\d+[,;\t][A-Z_]+[,;\t](?:"(?:[^"]|"")*"|[^",;\t]*)[,;\t]/;
const refusals = new RegExp(refusal, 'gm');

test.each([
  ['\n', ','],
  ['\r\n', ';'],
  ['\n', '\t'],
])(
  'a refused row of CSV keeps its bytes: line breaks %j, cells separated by %j',
  async (end, mark) => {
    const rows = [
      ['"A"', ' 1.000', time, `"two${end}lines, ""q"";\t"`],
      ['B', '9007199254740993 ', time, '\u{feff}é🪙'],
      ['C\u00a0', '1', time, ''],
      ['D', '5'],
      ['"E"F', '5', time, '"'],
    ].map((cells) => cells.join(mark) + end);
    const header = ['payer', '"points"', ' Timestamp', 'reference'].join(mark) + end;
    const text = `\ufeff${header}${rows.join('')}`.slice(0, -end.length);
    const refused = await refusalsOf(text);
    const added = ['refused_line', 'refused_code', 'refused_reason', 'idempotency_key', ''];
    expect(refused.startsWith(added.join(mark) + header)).toBe(true);
    let rest = refused.slice(added.join(mark).length + header.length);
    for (const row of rows) {
      rest = rest.replace(refusal, '');
      const [key] = rest.split(mark, 1);
      expect(key).toMatch(/^$|^test:[0-9a-f]{24}:1$/);
      rest = rest.slice(key.length + 1);
      const own = row === rows.at(-1) ? `${row.slice(0, -end.length)}\n` : row;
      expect(rest.slice(0, own.length)).toBe(own);
      rest = rest.slice(own.length);
    }
    expect(rest).toBe('');
    const again = await refusalsOf(refused);
    expect(again.replaceAll(refusals, '')).toBe(refused.replaceAll(refusals, ''));
  },
);

test.each([
  [`{"payer":"A","points":9007199254740993}`, ''],
  [`{"payer":"A","points":1e400,"timestamp":"${time}"}\r`, ''],
  [` { "payer" : "A",\t"points":-0.5e1 ,"timestamp":"2020-11-02T14:00:00.1239Z" } `, 'key'],
  [`{"payer":"A","points":1,"points":1000,"timestamp":"${time}"}`, 'key'],
  [`{"payer":" A","points":1,"timestamp":"${time}","idempotencyKey":"own"}`, ''],
  [`{"payer":" A","points":1,"timestamp":"${time}","Idempotency_Key":"own"}`, ''],
  ['{"payer":"\\ud800","points":"\\u0031"}', ''],
])('a refused line of NDJSON keeps its bytes: %j', async (line, key) => {
  const written = await refusalsOf(`${line}\n`, 'ndjson');
  const brace = line.indexOf('{') + 1;
  const inserted = written.slice(brace, written.length - line.length - 1 + brace);
  expect(written).toBe(`${line.slice(0, brace)}${inserted}${line.slice(brace)}\n`);
  const members = Object.keys(JSON.parse(`{${inserted.slice(0, -1)}}`));
  expect(members).toEqual(key === '' ? ['refused'] : ['refused', 'idempotencyKey']);
  expect(await refusalsOf(written, 'ndjson')).toBe(written);
});

test('a null in place of a key becomes the key, so that no name occurs twice', async () => {
  const line = `{"payer":" A","idempotency_key": null ,"points":1,"timestamp":"${time}"}`;
  const [{ idempotencyKey }] = (await itemsOf(line, 'ndjson')) as unknown as [
    { idempotencyKey: string },
  ];
  const written = await refusalsOf(line, 'ndjson');
  expect(written).toContain(`,"idempotency_key": "${idempotencyKey}" ,"points"`);
  const corrected = await itemsOf(written.replace('" A"', '"A"'), 'ndjson');
  expect(corrected).toMatchObject([{ kind: 'row', input: { payer: 'A', idempotencyKey } }]);
});

test.each(['[1,2]', '7', '{"payer":"A"', '\u0000"\\', 'null'])(
  'a line that is not a JSON object is stored whole: %j',
  async (line) => {
    const written = await refusalsOf(`${line}\r\n`, 'ndjson');
    expect(JSON.parse(written)).toMatchObject({ refused: { line: 1 }, text: line });
    const again = await refusalsOf(written, 'ndjson');
    expect(JSON.parse(again)).toMatchObject({
      refused: { reason: expect.stringContaining('its text is a line that is not a JSON object') },
      text: line,
    });
  },
);

const cell = fc.constantFrom('', 'A', ' A', '"A"', ' "A"', '"A" ', '"A"b', '1', '1.000', 'x,y');
const row = fc.array(cell, { minLength: 1, maxLength: 6 }).map((cells) => cells.join(','));
const columns = fc.constantFrom(
  'payer,points,timestamp',
  'points,payer,idempotency_key,timestamp',
  'refused_line,payer,refused_code,points,timestamp',
);

test('refused again and again, a file gets no more columns and no other rows', async () => {
  const rows = fc.array(row, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(columns, rows, async (names, lines) => {
      const first = await refusalsOf(`${names}\n${lines.join('\n')}\n`);
      const second = await refusalsOf(first);
      const third = await refusalsOf(second);
      const own = (text: string) => text.replaceAll(refusals, '');
      expect(own(third)).toBe(own(second));
      expect(own(second)).toBe(own(first));
    }),
  );
});

test.each([
  ['csv', `payer,points,timestamp\n${'x'.repeat(recordLengthMax - 9)},1,,,,\n`],
  ['ndjson', '"'.repeat(recordLengthMax)],
  ['ndjson', `{"${'\u0001'.repeat(recordLengthMax - 2)}`],
] as const)(
  'the longest row of %s that is read can be read again once refused',
  async (format, text) => {
    const refused = await refusalsOf(text, format);
    expect(refused.length).toBeGreaterThan(recordLengthMax);
    const again = await refusalsOf(refused, format);
    expect(await refusalsOf(again, format)).toBe(again);
  },
);

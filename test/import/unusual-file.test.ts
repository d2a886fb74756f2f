import type { ImportFormat } from '../../src/import/file-format';
import { surveyImport } from '../../src/import/survey-import';
import { chunked, readingOf, refusalsOf } from './read-all';

const time = '2020-11-02T14:00:00Z';
const utf16 = (text: string, mark = '') => Buffer.from(mark + text, 'utf16le');
const exportHeader =
  'account_id,sequence,id,kind,payer,points,timestamp,recorded_at,reference,idempotency_key,allocations';

test.each<[string, string | Uint8Array, ImportFormat, RegExp]>([
  ['UTF-16', utf16('payer,points'), 'csv', /^Line 1: this is UTF-16\. Save the file as UTF-8/],
  ['UTF-16 big endian', utf16('payer,points').swap16(), 'csv', /^Line 1: this is UTF-16\./],
  ['UTF-16 with a mark', utf16('payer', '\ufeff'), 'csv', /^Line 1: this is (UTF-16|not UTF-8)\./],
  ['NDJSON in UTF-16', utf16('{"payer":1}'), 'ndjson', /^Line 1: this is UTF-16\./],
  ['a workbook', 'PK\x03\x04\x14', 'csv', /^Line 1: this is a workbook .* as CSV UTF-8/],
  ['pipes', 'payer|points|timestamp\n', 'csv', /^Line 1: the cells are separated by \|\..*sep=\|/],
  [
    'NDJSON as CSV',
    '{"payer":"A","points":1}\n',
    'csv',
    /^Line 1: this is NDJSON.*--format ndjson/,
  ],
  ['a JSON array', '[{"payer":"A"}]', 'ndjson', /^Line 1: this is JSON, but not NDJSON.*jq/],
  ['pretty-printed JSON', '[\n  {\n', 'ndjson', /^Line 1: this is JSON, but not NDJSON/],
  ['a pretty-printed object', '{\n  "payer": "A"\n}\n', 'ndjson', /^Line 1: this is JSON, but/],
  ['JSON as CSV', '[\n  {\n', 'csv', /^Line 1: this is JSON, but not NDJSON/],
  [
    'an export as CSV',
    `\ufeff${exportHeader}\n`,
    'csv',
    /as CSV\. Export it as NDJSON.*restore`\.$/,
  ],
])(
  '%s is refused in one short line that says what to do',
  async (_name, content, format, words) => {
    for (const size of [1, 1_000]) {
      const error = await surveyImport(chunked(content, size), format).catch((caught) => caught);
      expect(error.message).toMatch(words);
      expect(error.message).not.toContain('\n');
      expect(error.message.length).toBeLessThan(300);
    }
  },
);

test('a file that ends only in CR is imported, and its refused rows end in CR', async () => {
  const text = `payer,points,timestamp\rA,1,${time}\rA,x,${time}\rB,2,${time}`;
  expect(await readingOf(text)).toMatchObject([
    [2, { payer: 'A' }],
    [3, 'INVALID_POINTS', expect.any(String)],
    [4, {}],
  ]);
  expect(await refusalsOf(text)).toMatch(/^[^\n]*\r3,INVALID_POINTS,[^\n\r]*,A,x,2020[^\n\r]*\r$/);
});

test('empty columns without a name are read, and refused rows keep them', async () => {
  const text = `,payer,points,timestamp,,\n,A,1,${time},,\n,A,2,${time}\n,A,x,${time},,\n`;
  expect(await readingOf(text)).toMatchObject([
    [2, { points: 1 }],
    [3, { points: 2 }],
    [4, 'INVALID_POINTS', expect.any(String)],
  ]);
  const refused = await refusalsOf(text);
  expect(refused).toContain(',,payer,points,timestamp,,\n');
  expect(refused).toContain(`,,A,x,${time},,\n`);
  expect(await readingOf(refused)).toMatchObject([[2, 'INVALID_POINTS', expect.any(String)]]);
});

test('a cell in a column without a name is refused', async () => {
  expect(await readingOf(`payer,points,timestamp,\nA,1,${time},x\n`)).toEqual([
    [2, 'MALFORMED_ROW', expect.stringContaining('cell 4 has no column name, and is "x"')],
  ]);
});

test('empty cells after the last column are ignored', async () => {
  expect(await readingOf(`payer,points,timestamp\nA,1,${time},,\n`)).toMatchObject([[2, {}]]);
});

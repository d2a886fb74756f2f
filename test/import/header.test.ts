import { exportMark } from '../../src/archive/export-format';
import { readHeader } from '../../src/import/columns';
import { surveyImport } from '../../src/import/read-import';
import { chunked } from './read-all';

const read = (header: string) => readHeader(header.split(','), 1);

test('columns come in any order, and capitals, spaces and underscores make no difference', () => {
  expect(read('Timestamp,POINTS,payer,Account ID,idempotencyKey,reference').fields).toEqual([
    'timestamp',
    'points',
    'payer',
    'accountId',
    'idempotencyKey',
    'reference',
  ]);
});

test('a message repeats 100 characters of a name', () => {
  const long = 'x'.repeat(5_000);
  expect(() => read(`payer,points,timestamp,${long}`)).toThrow(`no column "${'x'.repeat(100)}…".`);
});

test.each([
  ['payr,points,timestamp', 'there is no column "payr", did you mean payer?'],
  ['payer,points,timestamp,colour', 'there is no column "colour".'],
  ['payer,points', 'the column timestamp is missing.'],
  ['payer,points,timestamp,Payer', '"payer" and "Payer" are the same column.'],
  ['payer,points,timestamp,account_id,accountId', '"account_id" and "accountId" are the same'],
  ['payer,points,timestamp,', 'a column has no name.'],
])('%s is refused: %s', (header, message) => {
  expect(() => read(header)).toThrow(message);
});

test('a message names all problems of a header, and what would be right', () => {
  expect(() => read('pints,payer,payer')).toThrow(
    'Line 1: there is no column "pints", did you mean points?; "payer" and "payer" are the same ' +
      'column; the column points is missing; the column timestamp is missing. The first line names ' +
      'the columns, in any order: payer, points, timestamp are required, account_id, reference ' +
      'and idempotency_key are optional',
  );
});

test('a survey reads the header, counts the rows and hashes the bytes', async () => {
  const text = '\ufeffpayer,points,timestamp\nA,1,x\n\n"B\nC",2,y';
  expect(await surveyImport(chunked(text, 5), 'csv')).toEqual({
    bytes: new TextEncoder().encode(text).length,
    rows: 2,
    sha256: require('node:crypto').createHash('sha256').update(text).digest('hex'),
  });
  await expect(surveyImport(chunked('a,b\n'), 'csv')).rejects.toThrow('Line 1: there is no column');
  await expect(surveyImport(chunked(''), 'csv')).rejects.toThrow('The file is empty');
});

test('an export of a ledger is not imported', async () => {
  const text = `${JSON.stringify(exportMark)}\n`;
  await expect(surveyImport(chunked(text), 'ndjson')).rejects.toThrow(
    '`points restore` puts it back',
  );
});

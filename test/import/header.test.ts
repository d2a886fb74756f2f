import { exportMark } from '../../src/archive/export-format';
import { readHeader } from '../../src/import/read-header';
import { surveyImport } from '../../src/import/survey-import';
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
  ['payer,points,credit,timestamp', 'points and credit or debit exclude each other.'],
  ['payer,timestamp', 'the column points is missing.'],
])('%s is refused: %s', (header, message) => {
  expect(() => read(header)).toThrow(message);
  expect(() => read(header)).toThrow(/\.$/);
});

test('a message names all problems of a header, and what would be right', () => {
  expect(() => read('pints,payer,payer')).toThrow(
    'Line 1: there is no column "pints", did you mean points?; "payer" and "payer" are the same ' +
      'column; the column points is missing; the column timestamp is missing. The first line names ' +
      'the columns, in any order: payer, points (or credit and debit) and timestamp are ' +
      'required; account_id, available_from, expires_at, reference and idempotency_key are optional.',
  );
});

test('a message names six problems at most', () => {
  const names = Array.from({ length: 1_000 }, (_unused, at) => `unknown${at}`);
  expect(() => read(names.join(','))).toThrow(/"unknown5"; and 997 more\. The first line/);
});

test('unnamed columns are allowed', () => {
  expect(read(',payer,points,timestamp, ,').fields).toEqual([
    'unnamed',
    'payer',
    'points',
    'timestamp',
    'unnamed',
    'unnamed',
  ]);
});

test('an export of a ledger is not imported', async () => {
  const text = `${JSON.stringify(exportMark)}\n`;
  await expect(surveyImport(chunked(text), 'ndjson')).rejects.toThrow(
    '`points restore` restores it',
  );
});

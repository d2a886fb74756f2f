import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { entryColumns } from '../../../src/journal/entry-row';
import { insertStatements } from '../../../src/journal/postgres/insert';
import { transaction } from '../entries';

const rowsMax = 1_000;

const entry = transaction('a', 1);
/** The statement that inserts so many rows into a distributed table. */
const statementOf = (rows: number) => insertStatements(new Array(rows).fill(entry), true)[0]!;

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

test.each([1, 2, 3, 9, 10, 777, 999, rowsMax])('%d rows have their parameters in order', (rows) => {
  const { text, values } = statementOf(rows);
  const numbers = [...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));
  expect(numbers).toEqual(values!.map((_value, index) => index + 1));
  const tuples = text.slice(text.indexOf(' VALUES ') + ' VALUES '.length).split('), (');
  expect(tuples.map((tuple) => tuple.split(', ').length)).toEqual(
    new Array(rows).fill(entryColumns.length),
  );
});

test('the texts of all sizes together take little memory', () => {
  statementOf(rowsMax);
  const before = heapUsed();
  let length = 0;
  for (let rows = 1; rows <= rowsMax; rows += 1) length += statementOf(rows).text.length;
  expect(length).toBeGreaterThan(40_000_000);
  expect(heapUsed() - before).toBeLessThan(length / 4);
});

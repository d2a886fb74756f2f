import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine } from '../../src/import/csv-line';
import { CsvRecords } from '../../src/import/csv-records';
import { recordLengthMax } from '../../src/import/raw-record';

function recordsOf(text: string, size = text.length + 1) {
  const reader = new CsvRecords();
  const records = [];
  for (let at = 0; at < text.length; at += size)
    records.push(...reader.push(text.slice(at, at + size)));
  return [...records, ...reader.end()];
}

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', ';', '\n', '\r\n', 'é', '🪙') }),
  fc.string(),
);
/** A line of one empty cell is an empty line, and those are left out. */
const table = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .chain(([width, lineBreak, isEnded]) =>
    fc.record({
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }),
      lineBreak: fc.constant(lineBreak),
      isEnded: fc.constant(isEnded),
    }),
  );

test('CSV that is written is read back, as csv-parse reads it, in chunks of any size', () => {
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 20 }), ({ rows, lineBreak, isEnded }, size) => {
      const all = [['one', 'two'], ...rows];
      const lines = all.map((row) => csvLine(row).slice(0, -1));
      const text = lines.join(lineBreak) + (isEnded ? lineBreak : '');
      const read = recordsOf(text, size);
      expect(read.map(({ cells }) => cells)).toEqual(all);
      expect(read.every(({ problem }) => problem === null)).toBe(true);
      expect(read.map((record) => record.text).join('')).toBe(text);
      const written = read.map(({ rawCells }) => rawCells.join(','));
      expect(written).toEqual(lines);
      expect(all).toEqual(
        parse(text, { relax_column_count: true, record_delimiter: lineBreak }) as string[][],
      );
    }),
  );
});

test('the delimiter is detected in the first line that is not empty', () => {
  expect(recordsOf('\n\r\na;b\n1;2\n').map(({ cells }) => cells)).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
});

test('a record knows the line on which it begins, quoted line breaks and empty lines counted', () => {
  const text = 'a,b\n"1\n2","3\r\n4"\n\n5,6\r\n"7",8';
  expect(recordsOf(text).map(({ line, cells }) => [line, cells])).toEqual([
    [1, ['a', 'b']],
    [2, ['1\n2', '3\r\n4']],
    [6, ['5', '6']],
    [7, ['7', '8']],
  ]);
});

test.each([';', '\t'])(
  '%j is the delimiter if it separates the cells of the first line',
  (mark) => {
    const text = [
      ['a', 'b'],
      ['x,y', '2'],
      ['"3, 4"', '5'],
    ]
      .map((row) => row.join(mark))
      .join('\n');
    expect(recordsOf(text).map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['x,y', '2'],
      ['3, 4', '5'],
    ]);
  },
);

test('a quote within a cell that does not begin with one is an ordinary character', () => {
  expect(recordsOf('a,b\n5" disc,2\n').at(-1)!.cells).toEqual(['5" disc', '2']);
});

test('text after a closing quote breaks its own line only', () => {
  const [, broken, next] = recordsOf('a,b\n"x"y,1\n2,3\n');
  expect(broken).toMatchObject({
    line: 2,
    cells: ['"x"y,1'],
    problem: expect.stringContaining('"y"'),
  });
  expect(next).toMatchObject({ line: 3, cells: ['2', '3'], problem: null });
});

test('an unclosed quote is refused with the line that opened it', () => {
  expect(() => recordsOf('a,b\n1,2\n"x,1\n2,3\n')).toThrow(
    'Line 3: the record that begins here opens a quote that is never closed.',
  );
});

test('an unclosed quote takes no more memory than the longest record', () => {
  const reader = new CsvRecords();
  reader.push('a,b\n"');
  const chunk = 'x,y\n'.repeat(1_000);
  expect(() => {
    for (let pushed = 0; pushed <= 2 * recordLengthMax; pushed += chunk.length) reader.push(chunk);
  }).toThrow(`Line 2: the record that begins here is longer than ${recordLengthMax} characters.`);
});

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine } from '../../src/import/csv-line';
import { CsvRecords, quotedLengthMax } from '../../src/import/csv-records';
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
      // Rows without any content are skipped.
      const filled = rows.filter((row) => row.some((text) => text.trim() !== ''));
      const all = [['one', 'two'], ...filled];
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

test('the memory that an unclosed quote takes is bounded', () => {
  const reader = new CsvRecords();
  reader.push('a,b\n"');
  const chunk = 'x,y\n'.repeat(1_000);
  expect(() => {
    for (let pushed = 0; pushed <= 2 * quotedLengthMax; pushed += chunk.length) reader.push(chunk);
  }).toThrow(
    `Line 2: the record that begins here opens a quote that is not closed within ${quotedLengthMax}`,
  );
});

test.each(['plain', 'quoted'])(
  'a %s cell of 70,000 characters is refused by its length',
  (kind) => {
    const long = 'x'.repeat(70_000);
    const cell = kind === 'plain' ? long : `"${long}"`;
    const text = `a,b,c\n1,2,3\n4,${cell},6\n`;
    for (const size of [text.length, 65_536, 1_000]) {
      expect(() => recordsOf(text, size)).toThrow(
        `Line 3: the record that begins here is longer than ${recordLengthMax} characters`,
      );
    }
    expect(() => recordsOf(text)).toThrow('cell 2 has 70000.');
  },
);

test('a file whose lines end only in CR is read, in chunks of any size', () => {
  const rows = Array.from({ length: 5_000 }, (_unused, at) => `${at},"a\nb","c ""d"""`);
  const text = ['a,b,c', ...rows].join('\r');
  // A LF within the first 65,536 characters would be the end of a line.
  const plain = text.replaceAll('\n', ' ');
  for (const size of [plain.length, 65_536, 4_099]) {
    const read = recordsOf(plain, size);
    expect(read).toHaveLength(5_001);
    expect(read.at(-1)).toMatchObject({ line: 5_001, cells: ['4999', 'a b', 'c "d"'] });
    expect(read.map((record) => record.text).join('')).toBe(plain);
  }
});

test('a CR within a line of a file with LF is an ordinary character', () => {
  expect(recordsOf('a,b\n1\r2,3\n').at(-1)!.cells).toEqual(['1\r2', '3']);
});

test.each([';', '|', '\t', ','])('a first line sep=%s names the delimiter', (mark) => {
  const text = `sep=${mark}\r\na${mark}b\r\n1${mark}2\r\n`;
  expect(recordsOf(text).map(({ line, cells }) => [line, cells])).toEqual([
    [2, ['a', 'b']],
    [3, ['1', '2']],
  ]);
});

test('rows without any content are skipped, and counted as lines', () => {
  const text = 'a,b,c\n,,,\n  ,\t, \n"",," "\n \n1,2,3\n,,x\n';
  expect(recordsOf(text).map(({ line, cells }) => [line, cells])).toEqual([
    [1, ['a', 'b', 'c']],
    [6, ['1', '2', '3']],
    [7, ['', '', 'x']],
  ]);
});

import { sniffFormat } from '../../src/import/file-format';

test.each([
  ['payer,points,timestamp\n', 'csv'],
  ['"payer";"points"', 'csv'],
  ['', 'csv'],
  ['{"payer":"A"}', 'ndjson'],
  [' \r\n\t{"payer":"A"}', 'ndjson'],
  ['[{"payer":"A"}]', 'ndjson'],
])('a text that begins with %j is detected as %s', (start, format) => {
  expect(sniffFormat(start)).toBe(format);
});

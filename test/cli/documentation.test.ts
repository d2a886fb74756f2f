import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ndjsonWriter } from '../../src/archive/export-format';
import { exportedEntry } from '../../src/archive/exported-entry';
import { readEntry } from '../../src/archive/read-entry';
import { encodeEntryId } from '../../src/ids/entry-id';
import { itemsOf } from '../import/read-all';

const text = readFileSync(join(__dirname, '../../docs/import-export.md'), 'utf8');

function block(language: string): string {
  const found = new RegExp(`\`\`\`${language}\n([^\`]+)\`\`\``).exec(text);
  if (found === null) throw new Error(`There is no block of ${language}.`);
  return found[1];
}

test('the rows that are documented are rows, the same in CSV and in NDJSON', async () => {
  const csv = await itemsOf(block('csv'), 'csv');
  const ndjson = await itemsOf(block('ndjson'), 'ndjson');
  expect(csv.map(({ kind }) => kind)).toEqual(['row', 'row', 'row']);
  const inputs = (items: typeof csv) => items.map((item) => item.kind === 'row' && item.input);
  expect(inputs(ndjson)).toEqual(inputs(csv));
});

test('the entries that are documented are read, and written unchanged', () => {
  const lines = block('json').trim().split('\n');
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    const { accountId, sequence } = JSON.parse(line);
    const id = encodeEntryId({ accountId, sequence, id: 'x' });
    const whole = line.replace('ZGVm…', id);
    expect(ndjsonWriter.entry(exportedEntry(readEntry(JSON.parse(whole), 2)))).toBe(`${whole}\n`);
  }
});

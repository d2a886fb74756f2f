import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './manifests';

const folder = join(root, 'docs/decisions');
const names = readdirSync(folder).filter((name) => name !== 'README.md');

/** A decision begins with its number, title, date and status. */
const beginning =
  /^# (\d+)\. (.+)\n\nDate: (\d{4}-\d{2}-\d{2})\. Status: (accepted|replaced by decision \d+)\.\n\n/;

test.each(names)('%s has the form of a decision, and its row in the index', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  expect(text).toMatch(beginning);
  expect(text.match(/^## .*/gm)).toEqual(['## Context', '## Choice', '## Cost']);
  const [, number, title, date, status] = beginning.exec(text)!;
  expect(name).toMatch(new RegExp(`^${number.padStart(4, '0')}-[a-z-]+\\.md$`));
  expect(rows()).toContain(`| ${number} | [${title}](${name}) | ${date} | ${status} |`);
});

test('decisions are numbered without a gap, and the index has no other row', () => {
  const numbers = names.map((name) => Number(name.slice(0, 4))).sort((a, b) => a - b);
  expect(numbers).toEqual(names.map((_name, index) => index + 1));
  expect(rows()).toHaveLength(names.length);
});

/** Returns the rows of the index, without padding. */
function rows(): string[] {
  const index = readFileSync(join(folder, 'README.md'), 'utf8');
  return index
    .split('\n')
    .filter((line) => /^\| +\d/.test(line))
    .map((line) => line.replace(/ +/g, ' '));
}

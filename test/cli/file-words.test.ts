import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SqliteJournal } from '../../src/journal/sqlite/journal';
import { temporaryFolder } from '../support/temporary-folder';
import { pointsHere } from './points-here';

const folder = temporaryFolder('files');

/** A path as users type it, from where the program is started. */
function typed(name: string): string {
  return relative(process.cwd(), join(folder, name));
}

const store = ['--database', `file:${typed('ledger.db')}`];
const missing = `file:${typed('none.db')}`;
const foreign = `file:${typed('text')}`;

beforeAll(async () => {
  writeFileSync(join(folder, 'text'), 'a,b,c');
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'rows.csv'), 'payer,points,timestamp\nA,x,2020-01-01T00:00:00Z\n');
  writeFileSync(join(folder, 'SQLite'), 'SQLite format 3\0');
  await (await SqliteJournal.open(join(folder, 'ledger.db'))).close();
  writeFileSync(join(folder, 'bad.keys'), 'x');
});

/** Commands that name a file, and the file that their message names. */
const cases: readonly [string, readonly string[]][] = [
  ['none.db', ['verify', '--database', missing]],
  ['none.db', ['digests', '--database', missing]],
  ['none.db', ['export', '--database', missing]],
  ['none.db', ['sweep', '--database', missing]],
  ['none.db', ['keys', 'list', '--database', missing]],
  ['none.db', ['keys', 'revoke', 'shop', '--database', missing]],
  ['text', ['verify', '--database', foreign]],
  ['text', ['sweep', '--database', foreign]],
  ['text', ['keys', 'list', '--database', foreign]],
  ['folder', ['verify', '--database', `file:${typed('folder')}`]],
  ['bad.keys', ['keys', 'list', '--database', `file:${typed('bad')}`]],
  ['none.ndjson', ['verify', ...store, '--against', typed('none.ndjson')]],
  ['none.ndjson', ['restore', typed('none.ndjson')]],
  ['folder', ['restore', typed('folder')]],
  ['none.csv', ['import', typed('none.csv')]],
  ['folder', ['import', typed('folder')]],
  ['rows.csv', ['import', typed('rows.csv'), '--refusals', typed('rows.csv')]],
  ['text', ['import', typed('rows.csv'), '--refusals', typed('text')]],
  ['none/x', ['import', typed('rows.csv'), '--refusals', typed('none/x')]],
  ['folder', ['export', ...store, '-o', typed('folder')]],
  ['none/x', ['export', ...store, '-o', typed('none/x')]],
  ['SQLite', ['digests', ...store, '-o', typed('SQLite')]],
  ['none.key', ['import', typed('rows.csv'), '--token-file', typed('none.key')]],
  ['rows.csv', ['import', typed('rows.csv'), '--token-file', typed('rows.csv')]],
];

test.each(cases)('%s is named by its whole path by points %j', async (name, words) => {
  const { code, errors } = await pointsHere(words);
  expect(code).toBeGreaterThan(1);
  expect(errors.split(/[ ,;:]+|\.(?=\s)/)).toContain(join(folder, name));
  expect(errors).not.toContain('../');
  // Codes of the system only accompany words.
  expect(errors).not.toMatch(/(?<!\()\bE[A-Z]{4,}\b/);
  expect(readFileSync(join(folder, 'text'), 'utf8')).toBe('a,b,c');
});

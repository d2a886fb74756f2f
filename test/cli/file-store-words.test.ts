import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { messageOf } from '../../src/error-message';
import { SqliteJournal } from '../../src/journal/sqlite/journal';
import { temporaryFolder } from '../support/temporary-folder';
import { pointsHere } from './points-here';

const folder = temporaryFolder('states');
const whole = join(folder, 'whole');

beforeAll(async () => {
  await (await SqliteJournal.open(whole)).close();
});

/** Every command that needs a ledger, except `restore`, which may not run in this process. */
const commands = [
  ['verify'],
  ['digests'],
  ['export'],
  ['sweep'],
  ['keys', 'list'],
  ['keys', 'revoke', 'shop'],
  ['keys', 'create', '--name', 'shop', '--scope', 'points:read'],
];

/** Makes a ledger of another version in the header of its file. */
function makeVersion(path: string, version: number): void {
  const bytes = readFileSync(whole);
  bytes.writeInt32BE(version, 60);
  writeFileSync(path, bytes);
}

/** States in which a file cannot be used as a ledger, and what is said in each. */
const states: readonly [string, (path: string) => void, RegExp][] = [
  ['a text', (path) => writeFileSync(path, 'no ledger'), /^PLACE is not a SQLite database\./],
  ['a folder', (path) => mkdirSync(path), /^PLACE is a folder\. Name a file in it/],
  [
    'a database of another program',
    (path) => new Database(path).exec('CREATE TABLE other (x)'),
    /^PLACE is a SQLite database of another program\./,
  ],
  ['a newer ledger', (path) => makeVersion(path, 99), /^PLACE is a ledger of version 99, made by/],
  ['a ledger of no version', (path) => makeVersion(path, 0), /^PLACE is a ledger of version 0, wh/],
  [
    'a link to nothing',
    (path) => symlinkSync(`${path}.none`, path),
    /^PLACE is a link to a file that does not exist\. Name the file\.$/,
  ],
  [
    'a link to a text',
    (path) => {
      writeFileSync(`${path}.text`, 'no ledger');
      symlinkSync(`${path}.text`, path);
    },
    /^PLACE\.text is not a SQLite database\./,
  ],
];

test.each(states)('%s: every command says what npm start says', async (state, make, words) => {
  const path = join(folder, state.replaceAll(' ', '-'));
  make(path);
  const message = await SqliteJournal.open(path).then(() => 'It was opened.', messageOf);
  expect(message.replaceAll(path, 'PLACE')).toMatch(words);
  for (const command of commands) {
    const ran = await pointsHere([...command, '--database', `file:${path}`]);
    expect([command, ran]).toEqual([
      command,
      { code: 3, signal: null, out: '', errors: `points: ${message}\n` },
    ]);
  }
});

test('a file in place of a folder of the path is reported by all', async () => {
  const path = join(folder, 'a-text', 'ledger.db');
  const message = `${path} cannot be opened: not a directory (ENOTDIR).`;
  await expect(SqliteJournal.open(path)).rejects.toThrow(message);
  for (const command of commands) {
    const ran = await pointsHere([...command, '--database', `file:${path}`]);
    expect(ran).toMatchObject({ code: 3, out: '', errors: `points: ${message}\n` });
  }
});

test('a ledger with two names can be read, and is not used by what a server would not use', async () => {
  const path = join(folder, 'named');
  copyFileSync(whole, path);
  linkSync(path, `${path}.again`);
  const message = await SqliteJournal.open(path).then(() => 'It was opened.', messageOf);
  expect(message).toMatch(/^\/.*named has 2 names \(hard links\)/);
  const run = (...words: string[]) => pointsHere([...words, '--database', `file:${path}`]);
  expect(await run('verify')).toMatchObject({ code: 0 });
  for (const words of [['sweep'], ['keys', 'list']]) {
    expect(await run(...words)).toMatchObject({ code: 3, errors: `points: ${message}\n` });
  }
});

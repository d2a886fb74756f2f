import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'libsql';
import { waitUntilClosed } from '../../../src/journal/sqlite/closed-files';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { applicationId, migrations } from '../../../src/journal/sqlite/migrations';
import { OperatorError } from '../../../src/operator-error';
import { startChild } from '../child-process';
import { beginning, run } from '../entries';
import { useFolder } from './fixture';

const folder = useFolder();

/**
 * Returns every file with its content, except the WAL's index, which readers rewrite and SQLite can
 * rebuild.
 */
function contents(): Record<string, string> {
  const names = readdirSync(folder(), { recursive: true, encoding: 'utf8' }).toSorted();
  const files = names.filter((name) => statSync(join(folder(), name)).isFile());
  return Object.fromEntries(
    files
      .filter((name) => !name.endsWith('-shm'))
      .map((name) => [name, hashOf(readFileSync(join(folder(), name)))]),
  );
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Expects that opening is refused with one clear line, and that no byte of the folder changes. */
async function expectRefused(path: string, message: RegExp): Promise<void> {
  const before = contents();
  const error = await SqliteJournal.open(path).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(OperatorError);
  expect((error as Error).message).toMatch(message);
  expect((error as Error).message).toContain(basename(path));
  expect((error as Error).message).not.toContain('\n');
  expect(contents()).toEqual(before);
}

function makeDatabase(path: string, statements: string): void {
  const database = new Database(path);
  database.exec(statements);
  database.close();
}

describe('a ledger is created', () => {
  test('with its missing folders', async () => {
    const path = join(folder(), 'data', 'of', 'ours', 'ledger.db');
    const journal = await SqliteJournal.open(path);
    await journal.append([beginning(...run('a', 1, 2))]);
    await journal.close();
    expect(existsSync(path)).toBe(true);
  });

  test('in an empty file', async () => {
    const path = join(folder(), 'ledger.db');
    writeFileSync(path, '');
    const journal = await SqliteJournal.open(path);
    await journal.close();
    expect(readFileSync(path).toString('latin1', 0, 15)).toBe('SQLite format 3');
  });

  test('and its file identifies itself, even while the rest is in the WAL', async () => {
    const path = join(folder(), 'ledger.db');
    const child = startChild(
      `await SqliteJournal.open(path); say('open'); await nextLine();`,
      path,
    );
    await child.line();
    await child.kill();
    const header = readFileSync(path);
    expect(header.readUInt32BE(68)).toBe(applicationId);
    expect(header.readUInt32BE(60)).toBe(migrations.length);
  });

  test('a path with characters that are special in a URI is just a path', async () => {
    const path = join(folder(), 'file:a?mode=ro#1 %41.db');
    const child = startChild(
      `const journal = await SqliteJournal.open(path);
      say(await outcome(journal.append([entries.beginning(...entries.run('a', 1, 2))])));
      await nextLine();`,
      path,
    );
    expect(await child.line()).toBe('appended');
    await child.kill();
    const journal = await SqliteJournal.open(path);
    expect(await journal.entriesAt([{ accountId: 'a', sequence: 2 }])).not.toEqual([null]);
    await journal.close();
    expect(existsSync(path)).toBe(true);
  });
});

describe('refused, with nothing changed:', () => {
  test('a file that is not a database', async () => {
    const path = join(folder(), 'letter.txt');
    writeFileSync(path, 'Dear Sir or Madam, '.repeat(500));
    await expectRefused(path, /is not a SQLite database/);
    writeFileSync(path, 'short');
    await expectRefused(path, /is not a SQLite database/);
  });

  test('a database of another program', async () => {
    const path = join(folder(), 'other.db');
    makeDatabase(path, 'CREATE TABLE entry (a); INSERT INTO entry VALUES (1)');
    await expectRefused(path, /another program/);
    makeDatabase(path, 'PRAGMA application_id = 42; PRAGMA journal_mode = WAL');
    await expectRefused(path, /another program/);
  });

  test('a ledger of a newer version', async () => {
    const path = join(folder(), 'ledger.db');
    await (await SqliteJournal.open(path)).close();
    await waitUntilClosed(path);
    makeDatabase(path, `PRAGMA user_version = ${migrations.length + 1}; PRAGMA wal_checkpoint`);
    await expectRefused(path, /of version 7, made by a newer program.*knows versions up to 6/);
  });

  test('a ledger whose newer version is only in the WAL', async () => {
    const path = join(folder(), 'ledger.db');
    const child = startChild(
      `const Database = require('libsql');
      await (await SqliteJournal.open(path)).close();
      new Database(path).exec('PRAGMA user_version = 7');
      say('newer');
      await nextLine();`,
      path,
    );
    await child.line();
    await child.kill();
    expect(readFileSync(path).readUInt32BE(60)).toBe(migrations.length);
    await expectRefused(path, /of version 7/);
  });

  test('a folder', async () => {
    const path = join(folder(), 'data');
    mkdirSync(path);
    await expectRefused(path, /is a folder/);
  });

  test('a path that is not a regular file', async () => {
    await expect(SqliteJournal.open('/dev/null')).rejects.toThrow('not a regular file');
  });

  test('a path under a file', async () => {
    writeFileSync(join(folder(), 'data'), 'a file');
    const path = join(folder(), 'data', 'ledger.db');
    await expect(SqliteJournal.open(path)).rejects.toThrow(
      /data.*ledger.db cannot be opened: .*\(ENOTDIR\)/,
    );
    expect(contents()).toEqual({ data: hashOf(Buffer.from('a file')) });
  });

  test('a folder that cannot be created', async () => {
    const path = process.platform === 'linux' ? '/proc/ledger/ledger.db' : '/dev/null/ledger.db';
    await expect(SqliteJournal.open(path)).rejects.toThrow(OperatorError);
    await expect(SqliteJournal.open(path)).rejects.toThrow(/The folder .* cannot be used/);
  });

  test('a WAL whose database is missing', async () => {
    const path = join(folder(), 'ledger.db');
    writeFileSync(`${path}-wal`, 'all that happened today');
    await expectRefused(path, /is missing or empty, but its log .* exists/);
  });

  test('a damaged ledger', async () => {
    const path = join(folder(), 'ledger.db');
    await (await SqliteJournal.open(path)).close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 100));
    const lock = `${path}.lock`;
    await expect(SqliteJournal.open(path)).rejects.toThrow(/is damaged.*restore a backup/);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(existsSync(lock)).toBe(true);
  });
});

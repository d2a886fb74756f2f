import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { migrations } from '../../../src/journal/sqlite/migrations';
import { SqliteReader } from '../../../src/journal/sqlite/reader';
import { transaction } from '../entries';
import { useFolder } from './fixture';

const folder = useFolder();
const file = () => join(folder(), 'ledger.db');
const all = { from: 1, to: 100, order: 'ascending', limit: 100 } as const;

function appendTo(journal: SqliteJournal, accountId: string) {
  const entry = transaction(accountId, 1);
  return journal.append([{ accountId, after: null, entries: [entry] }]);
}

test('it reads while a server writes, sees new entries, and locks no one out', async () => {
  const journal = await SqliteJournal.open(file());
  await appendTo(journal, 'a');
  const reader = await SqliteReader.open(file());
  expect(await reader.nextAccount(null)).toBe('a');
  expect(await appendTo(journal, 'b')).toEqual(['appended']);
  expect(await reader.nextAccount('a')).toBe('b');
  expect(await reader.nextAccount('b')).toBeNull();
  await journal.close();
  const next = await SqliteJournal.open(file());
  expect(await appendTo(next, 'c')).toEqual(['appended']);
  expect(await reader.entries({ accountId: 'c', ...all })).toHaveLength(1);
  await next.close();
  await reader.close();
});

test('a copy in a folder that may not be written is refused with what to do', async () => {
  const journal = await SqliteJournal.open(file());
  await appendTo(journal, 'a');
  await journal.close();
  const copies = join(folder(), 'copies');
  const copy = join(copies, 'ledger.db');
  mkdirSync(copies);
  copyFileSync(file(), copy);
  chmodSync(folder(), 0o755);
  chmodSync(copies, 0o555);
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    await expect(SqliteReader.open(copy)).rejects.toThrow('copy the file to a folder of your own');
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(copies, 0o755);
  }
});

test('it finds accounts whose first entry, or every entry, is missing', async () => {
  const journal = await SqliteJournal.open(file());
  const entries = [transaction('a', 1), transaction('a', 2)];
  await journal.append([{ accountId: 'a', after: null, entries }]);
  const parts = (async function* () {
    yield '{}';
  })();
  await journal.saveSnapshot({ accountId: 'b', id: 's', entry: { sequence: 1, id: 'x' } }, parts);
  await journal.close();
  const database = new Database(file());
  database.exec('DELETE FROM entry WHERE sequence = 1');
  database.close();
  const reader = await SqliteReader.open(file());
  expect(await reader.nextAccount(null)).toBe('a');
  expect(await reader.nextAccount('a')).toBe('b');
  expect(await reader.snapshotHead('b')).toMatchObject({ id: 's', parts: 1 });
  await reader.close();
});

test('a ledger of an older version is read, and not changed', async () => {
  const journal = await SqliteJournal.open(file());
  await appendTo(journal, 'a');
  await journal.close();
  const versionOf = (database: Database.Database) =>
    database.prepare('PRAGMA user_version').raw().get();
  const database = new Database(file());
  database.exec('PRAGMA user_version = 1');
  const reader = await SqliteReader.open(file());
  expect(await reader.nextAccount(null)).toBe('a');
  await reader.close();
  expect(versionOf(database)).toEqual([1]);
  database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
  database.close();
  await expect(SqliteReader.open(file())).rejects.toThrow('made by a newer program');
});

test('a file that is not a ledger is an error, and nothing is created', async () => {
  await expect(SqliteReader.open(file())).rejects.toThrow(`There is no ledger at ${file()}.`);
  expect(readdirSync(folder())).toEqual([]);
  writeFileSync(file(), 'payer,points,timestamp\n'.repeat(100));
  await expect(SqliteReader.open(file())).rejects.toThrow(`${file()} is not a SQLite database.`);
  const other = join(folder(), 'other.db');
  const database = new Database(other);
  database.exec('CREATE TABLE entry (x)');
  database.close();
  await expect(SqliteReader.open(other)).rejects.toThrow(
    `${other} is a SQLite database of another program.`,
  );
});

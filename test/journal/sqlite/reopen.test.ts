import { readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { JournalDamaged } from '../../../src/journal/journal-error';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { SqliteReader } from '../../../src/journal/sqlite/reader';
import { restoreSqlite } from '../../../src/journal/sqlite/restore';
import { startChild } from '../child-process';
import { everything } from '../contract/append';
import { beginning, run } from '../entries';
import { useFolder } from './fixture';
import { createOlderFile } from './older-file';

const folder = useFolder();
const pathOf = () => join(folder(), 'ledger.db');
const entries = run('a', 1, 3);

/** What this process does with the file, one after the other, and closes at its end. */
const uses = {
  async restore() {
    await restoreSqlite(pathOf(), async (journal) => {
      await journal.append([beginning(...entries)]);
    });
  },
  async create() {
    const journal = await SqliteJournal.open(pathOf());
    await journal.append([beginning(...entries)]);
    await journal.close();
  },
  async open() {
    const journal = await SqliteJournal.open(pathOf());
    expect(await everything(journal, 'a')).toEqual(entries);
    await journal.close();
  },
  async read() {
    const reader = await SqliteReader.open(pathOf());
    expect(await reader.nextAccount(null)).toBe('a');
    await reader.close();
  },
  async refuse() {
    const refused = restoreSqlite(pathOf(), async () => {});
    await expect(refused).rejects.toThrow('holds entries already');
  },
} as const;

/** Starts a process that has the ledger open, and has appended two entries of an account. */
async function startServer() {
  const server = startChild(
    `const journal = await SqliteJournal.open(path);
    await journal.append([entries.beginning(...entries.run('b', 1, 2))]);
    say('appended');
    await nextLine();`,
    pathOf(),
  );
  expect(await server.line()).toBe('appended');
  return server;
}

/** Opens the file as another program does, which removes a WAL that nobody has locked. */
async function readFromAnotherProgram(): Promise<void> {
  const child = startChild(
    `const Database = require('libsql');
    const database = new Database(path);
    database.exec('SELECT count(*) FROM entry');
    database.close();
    say('closed');`,
    pathOf(),
  );
  expect(await child.line()).toBe('closed');
}

test.each([
  [['create']],
  [['restore']],
  [['create', 'open']],
  [['restore', 'open', 'read']],
  [['restore', 'read']],
  [['create', 'read', 'refuse']],
] as const)(
  'after %j in one process, a journal is opened with its locks and its files',
  async (before) => {
    for (const use of before) await uses[use]();
    const journal = await SqliteJournal.open(pathOf());
    await readFromAnotherProgram();
    expect(await journal.append([beginning(...run('b', 1, 2))])).toEqual(['appended']);
    expect(await everything(journal, 'a')).toEqual(entries);
    const names = ['ledger.db', 'ledger.db-shm', 'ledger.db-wal', 'ledger.db.lock'];
    expect(readdirSync(folder())).toEqual(names);
    await journal.close();
  },
);

test.each([[['create']], [['restore']], [['restore', 'open']], [['restore', 'read']]] as const)(
  'after %j in one process, a reader sees what the server of another writes',
  async (before) => {
    for (const use of before) await uses[use]();
    const server = await startServer();
    const reader = await SqliteReader.open(pathOf());
    expect(await reader.nextAccount('a')).toBe('b');
    await reader.close();
    await server.kill();
  },
);

test('a file whose log was damaged is refused until the process is restarted', async () => {
  const journal = await SqliteJournal.open(pathOf());
  await journal.append([beginning(...entries)]);
  truncateSync(`${pathOf()}-wal`);
  await expect(journal.check()).rejects.toThrow(JournalDamaged);
  await journal.close();
  await expect(SqliteJournal.open(pathOf())).rejects.toThrow('Restart the process');
  const child = startChild("await SqliteJournal.open(path); say('opened');", pathOf());
  expect(await child.line()).toBe('opened');
});

async function killServer(): Promise<void> {
  await (await startServer()).kill();
}

test('after a kill of another process, a journal is opened with its locks and its files', async () => {
  await killServer();
  const journal = await SqliteJournal.open(pathOf());
  await readFromAnotherProgram();
  expect(readdirSync(folder())).toContain('ledger.db-wal');
  expect(await journal.append([beginning(...entries)])).toEqual(['appended']);
  expect(await everything(journal, 'b')).toHaveLength(2);
  await journal.close();
});

test.each([
  ['a start that upgraded the file', async () => void createOlderFile(pathOf(), 1).close()],
  ['a crash and a start', killServer],
])('a WAL that is removed after %s is created again', async (_what, before) => {
  await before();
  const journal = await SqliteJournal.open(pathOf());
  rmSync(`${pathOf()}-wal`);
  expect(await journal.append([beginning(...entries)])).toEqual(['appended']);
  await journal.close();
});

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { entryColumns, rowOf } from '../../../src/journal/entry-row';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { applicationId, migrations } from '../../../src/journal/sqlite/migrations';
import { run, spend } from '../entries';
import { useFolder } from '../sqlite/fixture';

const folder = useFolder();
const entries = [...run('a', 1, 2), spend('a', 3)];

/** Creates a ledger of the first version. It is open, so its entries are still in the WAL. */
function firstVersion(path: string): Database.Database {
  const database = new Database(path);
  database.exec(`${migrations[0]}
    PRAGMA application_id = ${applicationId};
    PRAGMA user_version = 1;
    PRAGMA journal_mode = WAL;
  `);
  const places = entryColumns
    .slice(1)
    .map(() => '?')
    .join(', ');
  const insert = database.prepare(`INSERT INTO entry VALUES (${places})`);
  for (const entry of entries) insert.run(...rowOf(entry).slice(0, -1));
  return database;
}

async function expectUpgraded(path: string): Promise<void> {
  const journal = await SqliteJournal.open(path);
  expect(journal.pragma('user_version')).toBe(migrations.length);
  const range = { accountId: 'a', from: 1, to: 9, order: 'ascending', limit: 9 } as const;
  expect(await journal.entries(range)).toEqual(entries);
  await journal.close();
  const reader = new Database(path);
  expect(reader.prepare('SELECT * FROM balance').all()).toEqual([
    { account_id: 'a', payer: 'DANNON', points: 195, held: 0, pending: 0 },
  ]);
  expect(reader.prepare('SELECT remaining FROM open_lot').all()).toHaveLength(2);
  expect(reader.prepare('SELECT points FROM allocation').all()).toHaveLength(1);
  reader.close();
}

test('a ledger without views gets them at the start, and keeps its entries', async () => {
  const path = join(folder(), 'ledger.db');
  firstVersion(path).close();
  await expectUpgraded(path);
  await expectUpgraded(path);
});

test('a ledger without views whose entries are in the WAL, as after a kill, gets them too', async () => {
  const path = join(folder(), 'ledger.db');
  const database = firstVersion(path);
  const left = join(folder(), 'left.db');
  cpSync(path, left);
  cpSync(`${path}-wal`, `${left}-wal`);
  database.close();
  await expectUpgraded(left);
});

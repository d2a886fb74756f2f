import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { Client } from 'pg';
import { entryColumns, rowOf } from '../../../src/journal/entry-row';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { applicationId, migrations } from '../../../src/journal/sqlite/migrations';
import { useFreshDatabases } from '../../support/fresh-databases';
import { run, spend } from '../entries';
import { createFirstPostgres, queryEach } from '../first-format';
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

describe('PostgreSQL: a database with the views of the first version', () => {
  const fresh = useFreshDatabases();

  test('keeps the privileges on them, and the views that others made of them', async () => {
    const url = await fresh();
    await createFirstPostgres(url, 2, 3);
    const role = `reader_${process.pid}`;
    await queryEach(url, [
      `CREATE ROLE ${role}`,
      `GRANT SELECT ON balance TO ${role}`,
      'CREATE VIEW owed AS SELECT payer, sum(points) AS points FROM balance GROUP BY payer',
    ]);
    try {
      await (await PostgresJournal.open(url)).close();
      const client = new Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query('SELECT payer, points::int FROM owed');
      expect(rows).toEqual([{ payer: 'DANNON', points: 38 }]);
      await client.query(`SET ROLE ${role}`);
      const balances = await client.query('SELECT held, pending FROM balance');
      expect(balances.rows).toHaveLength(2);
      await client.end();
    } finally {
      await queryEach(url, [`DROP OWNED BY ${role}`, `DROP ROLE ${role}`]);
    }
  });
});

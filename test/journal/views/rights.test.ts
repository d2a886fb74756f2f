import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { temporaryFolder } from '../../support/temporary-folder';
import { startChild } from '../child-process';
import { beginning, run, spend } from '../entries';
import { expiryRow, grant, hold, lapse } from '../life-entries';
import { useViewStore } from './store';

const views = [
  'balance',
  'open_lot',
  'allocation',
  'pending_lot',
  'hold',
  'lapse',
  'due',
  'movement',
];

/** Entries that leave rows in each view. */
const entries = [
  ...run('a', 1, 2),
  spend('a', 3),
  grant('a', 4, { availableFrom: Date.UTC(9000, 0) }),
  grant('a', 5, { expiresAt: 1 }),
  lapse('a', 6, [expiryRow(1)]),
  hold('a', 7),
];

/** Returns the statements of the document that create a role. */
function statementsForRole(role: string): string {
  const text = readFileSync(resolve(__dirname, '../../../docs/sql.md'), 'utf8');
  const [, statements] = /```sql\n(CREATE ROLE [^`]+)```/.exec(text)!;
  return statements!.replaceAll('accountant', role);
}

describe('PostgreSQL: a role as docs/sql.md creates it', () => {
  const store = useViewStore('PostgreSQL');
  const role = `accountant_${process.pid}`;

  beforeAll(async () => {
    await store().journal.append([beginning(...entries)]);
    // Never committed, so that no role remains.
    await store().write(`BEGIN; ${statementsForRole(role)} SET LOCAL ROLE ${role}`);
  });

  /** Returns the SQLSTATE with which PostgreSQL refuses a statement. */
  async function refusalOf(statement: string): Promise<unknown> {
    await store().write('SAVEPOINT attempt');
    try {
      return await store().query(statement);
    } catch (error) {
      return (error as { readonly code: string }).code;
    } finally {
      await store().write('ROLLBACK TO attempt');
    }
  }

  test.each(views)('reads %s', async (view) => {
    const rows = await store().query(`SELECT * FROM ${view} WHERE account_id = 'a'`);
    expect(rows.length).toBeGreaterThan(0);
  });

  test.each(['entry', 'snapshot', 'snapshot_part'])('does not read %s', async (table) => {
    expect(await refusalOf(`SELECT * FROM ${table}`)).toBe('42501');
  });

  test('writes nowhere', async () => {
    expect(await refusalOf('DELETE FROM entry')).toBe('42501');
    expect(await refusalOf('CREATE TABLE public.mine ()')).toBe('42501');
    for (const view of views) {
      expect(await refusalOf(`DELETE FROM ${view}`)).toMatch(/^(55000|42501)$/);
    }
  });
});

describe('SQLite: another user, who may read the files and not write them,', () => {
  let folder = '';
  let path = '';

  beforeEach(async () => {
    folder = temporaryFolder('views');
    path = join(folder, 'ledger.db');
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Returns the balances that the user can read. */
  function balancesSeen(options: string): Promise<string> {
    const child = startChild(
      `if (process.getuid() === 0) {
        process.setgroups([]);
        process.setgid(65534);
        process.setuid(65534);
      }
      const { pathToFileURL } = require('node:url');
      const Database = require('libsql');
      const database = new Database(pathToFileURL(path).href + '?${options}');
      say(JSON.stringify(database.prepare('SELECT payer, points FROM balance').all()));`,
      path,
    );
    return child.line();
  }

  test('reads the views while the server runs, and when it has stopped', async () => {
    const journal = await SqliteJournal.open(path);
    await journal.append([beginning(...run('a', 1, 2), spend('a', 3))]);
    const balances = JSON.stringify([{ payer: 'DANNON', points: 195 }]);
    expect(await balancesSeen('mode=ro')).toBe(balances);
    await journal.close();
    expect(await balancesSeen('immutable=1')).toBe(balances);
  });
});

describe('SQLite: nobody', () => {
  const store = useViewStore('SQLite');

  test.each(views)('writes %s', async (view) => {
    const statement = `DELETE FROM ${view}`;
    await expect(store().query(statement)).rejects.toThrow(/modify|readonly/);
    await expect(store().write(statement)).rejects.toThrow(/cannot modify/);
  });
});

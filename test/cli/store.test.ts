import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RestoredJournal } from '../../src/archive/restore-entries';
import { fillStore } from '../../src/cli/fill-store';
import { type DurableStore, openReader, storeOf } from '../../src/cli/store';
import { transaction } from '../journal/entries';
import { useFolder } from '../journal/sqlite/fixture';
import { PostgresServer } from '../support/postgres-server';

const folder = useFolder();
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await PostgresServer.start();
});
afterAll(() => postgres.dispose());

async function fillOne(journal: RestoredJournal): Promise<void> {
  await journal.append([{ accountId: 'a', after: null, entries: [transaction('a', 1)] }]);
}

/** Fills a store that is empty, or holds the entry of {@link fillOne}. */
async function fillEmptyStore(
  store: DurableStore,
  fill: (journal: RestoredJournal) => Promise<void>,
): Promise<number> {
  let hasBegun = false;
  return fillStore(store, 2, {
    async compare() {
      expect(hasBegun).toBe(false);
      return { entries: 1, leading: 1 };
    },
    begin() {
      hasBegun = true;
    },
    fill(journal) {
      expect(hasBegun).toBe(true);
      return fill(journal);
    },
  });
}

async function failHalfway(journal: RestoredJournal): Promise<void> {
  await fillOne(journal);
  throw new Error('The disk is full.');
}

test('an address of PostgreSQL that cannot be read is refused by the name of its option', () => {
  const address = 'postgres://me:secret@[/ledger';
  const problem = 'cannot be read; write postgres://USER:PASSWORD@HOST:PORT/DATABASE,';
  expect(() => storeOf(address)).toThrow(new RegExp(`^--database ${problem}(?!.*secret)`));
});

test('a failed restore leaves no SQLite file, and can be repeated', async () => {
  const store = { kind: 'file', path: join(folder(), 'ledger.db') } as const;
  await expect(fillEmptyStore(store, failHalfway)).rejects.toThrow('The disk is full.');
  expect(readdirSync(folder())).toEqual([]);
  // What a restore leaves that is killed.
  for (const name of ['', '-wal', '-shm', '.lock']) {
    writeFileSync(`${store.path}.restoring${name}`, '');
  }
  await fillEmptyStore(store, fillOne);
  const reader = await openReader(store);
  expect(await reader.nextAccount(null)).toBe('a');
  await reader.close();
  expect(readdirSync(folder()).filter((name) => name.includes('restoring'))).toEqual([]);
});

test('after a failed restore to PostgreSQL, the message says how to complete it', async () => {
  const url = await postgres.createDatabase('half');
  const store = { kind: 'postgres', url } as const;
  await expect(fillEmptyStore(store, failHalfway)).rejects.toThrow(
    'The restore failed after it had begun: The disk is full. Run `points restore` again with the ' +
      'same export: it adds what is missing. To restore another export, first empty the database ' +
      'with "TRUNCATE entry, lapse_row, snapshot, snapshot_part".',
  );
  await expect(openReader(store)).rejects.toThrow('entries are missing');
  const abort = () => Promise.reject(new Error('The operation was aborted'));
  await expect(fillEmptyStore(store, abort)).rejects.toThrow(
    'after it had begun: The operation was aborted. Run `points restore` again',
  );
  expect(await fillEmptyStore(store, async () => {})).toBe(1);
  const reader = await openReader(store);
  expect(await reader.nextAccount(null)).toBe('a');
  await reader.close();
});

test('a restore ends when another one begins, or when the database is emptied', async () => {
  const url = await postgres.createDatabase('contested');
  const store = { kind: 'postgres', url } as const;
  const message = 'Another restore has begun, or the database was emptied.';
  const emptied = fillEmptyStore(store, async (journal) => {
    await fillOne(journal);
    await postgres.query('TRUNCATE entry, lapse_row, snapshot, snapshot_part', 'contested');
    await fillOne(journal);
  });
  await expect(emptied).rejects.toThrow(message);
  const overtaken = fillEmptyStore(store, async (journal) => {
    await expect(fillEmptyStore(store, failHalfway)).rejects.toThrow('The disk is full.');
    await journal.append([{ accountId: 'b', after: null, entries: [transaction('b', 1)] }]);
  });
  await expect(overtaken).rejects.toThrow(message);
  const rows = await postgres.query('SELECT account_id FROM entry', 'contested');
  expect(rows).toEqual([{ account_id: 'a' }]);
});

test('an emptied database holds no trace of a failed restore', async () => {
  const url = await postgres.createDatabase('emptied');
  const store = { kind: 'postgres', url } as const;
  await expect(fillEmptyStore(store, failHalfway)).rejects.toThrow('The disk is full.');
  await postgres.query('TRUNCATE entry, lapse_row, snapshot, snapshot_part', 'emptied');
  const reader = await openReader(store);
  expect(await reader.nextAccount(null)).toBe(null);
  await reader.close();
  expect(await fillEmptyStore(store, fillOne)).toBe(0);
});

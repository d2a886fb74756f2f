import { type Database, readConfig, type SettingNames } from '../config';
import { type Journal, JournalUnusable } from '../journal/journal';
import type { JournalReader } from '../journal/journal-reader';
import { PostgresJournal } from '../journal/postgres/journal';
import { PostgresReader } from '../journal/postgres/reader';
import { SqliteReader } from '../journal/sqlite/reader';
import { restoreSqlite } from '../journal/sqlite/restore';
import { CommandError } from './command-error';

/** A store that lasts. */
type LastingStore = Exclude<Database, { kind: 'memory' }>;

export const databaseOption = '--database <url>';
export const databaseHelp =
  'the store: file:PATH or postgres://… (default: DATABASE_URL, else file:./data/ledger.db)';

/** Returns the store that the option names, or else the environment, as the server reads it. */
export function storeOf(database: string | undefined): LastingStore {
  const names: SettingNames = database === undefined ? {} : { DATABASE_URL: '--database' };
  const environment = { DATABASE_URL: database ?? process.env.DATABASE_URL };
  const store = readConfig(environment, names).database;
  if (store.kind !== 'memory') return store;
  throw new CommandError('memory: is gone with its server; name a file or a PostgreSQL database.');
}

/** Opens a store to read it beside the servers that may be using it. */
export async function openReader(store: LastingStore): Promise<JournalReader> {
  return store.kind === 'file' ? SqliteReader.open(store.path) : PostgresReader.open(store.url);
}

/** Fills an empty store; rejects and changes nothing if it is not. */
export async function fillEmptyStore(
  store: LastingStore,
  fill: (journal: Journal) => Promise<void>,
): Promise<void> {
  if (store.kind === 'file') return restoreSqlite(store.path, fill);
  const journal = await PostgresJournal.open(store.url);
  try {
    const accounts = { after: null, before: null, order: 'ascending', limit: 1 } as const;
    if ((await journal.accounts(accounts)).length > 0) {
      throw new JournalUnusable(
        'The database holds entries already. Nothing was changed; name an empty one.',
      );
    }
    await fillOrTell(journal, fill);
  } finally {
    await journal.close();
  }
}

/** PostgreSQL is filled batch by batch, so that a failure may leave it half full. */
async function fillOrTell(
  journal: Journal,
  fill: (journal: Journal) => Promise<void>,
): Promise<void> {
  try {
    await fill(journal);
  } catch (error) {
    const { message } = error as Error;
    throw new JournalUnusable(
      `The restore failed half done: ${message} Empty the database with ` +
        '"TRUNCATE entry, snapshot, snapshot_part", and restore again.',
      { cause: error },
    );
  }
}

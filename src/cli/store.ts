import { type Database, readConfig, type SettingNames } from '../config';
import type { Journal } from '../journal/journal';
import type { JournalReader } from '../journal/journal-reader';
import { OperatorError } from '../operator-error';
import { CommandError } from './command-error';
import { consoleLogger } from './console-logger';

/** A store that survives its server. */
export type DurableStore = Exclude<Database, { kind: 'memory' }>;

/**
 * Returns the store that the option names, or else the environment, as the server reads it.
 * @throws CommandError for `memory:`, and OperatorError for a text that names no store.
 */
export function storeOf(database: string | undefined): DurableStore {
  const names: SettingNames = database === undefined ? {} : { DATABASE_URL: '--database' };
  const environment = { DATABASE_URL: database ?? process.env.DATABASE_URL };
  const store = readConfig(environment, names).database;
  if (store.kind !== 'memory') return store;
  throw new CommandError('memory: ends with its server; name a file or a PostgreSQL database.');
}

/** Opens a store for reading. Servers may be using it. Loads the driver of this store only. */
export async function openReader(store: DurableStore): Promise<JournalReader> {
  if (store.kind === 'file') {
    const { SqliteReader } = await import('../journal/sqlite/reader.js');
    return SqliteReader.open(store.path);
  }
  const { PostgresReader } = await import('../journal/postgres/reader.js');
  return PostgresReader.open(store.url);
}

/**
 * Opens a store that exists, to record what is due in it. Opening a journal would make one.
 * @throws OperatorError if it holds no ledger, or if it is a file that a server uses.
 */
export async function openForSweep(store: DurableStore): Promise<Journal> {
  if (store.kind === 'file') {
    const { checkPresent } = await import('../journal/sqlite/file.js');
    checkPresent(store.path);
    const { SqliteJournal } = await import('../journal/sqlite/journal.js');
    return SqliteJournal.open(store.path, { logger: consoleLogger });
  }
  await (await openReader(store)).close();
  const { PostgresJournal } = await import('../journal/postgres/journal.js');
  return PostgresJournal.open(store.url, { logger: consoleLogger });
}

/** Fills an empty store. Rejects and changes nothing if it holds entries. */
export async function fillEmptyStore(
  store: DurableStore,
  fill: (journal: Journal) => Promise<void>,
): Promise<void> {
  if (store.kind === 'file') {
    const { restoreSqlite } = await import('../journal/sqlite/restore.js');
    return restoreSqlite(store.path, fill);
  }
  const { PostgresJournal } = await import('../journal/postgres/journal.js');
  const journal = await PostgresJournal.open(store.url);
  try {
    const accounts = { after: null, before: null, order: 'ascending', limit: 1 } as const;
    if ((await journal.accounts(accounts)).length > 0) {
      throw new OperatorError(
        'store',
        'The database already holds entries. Nothing was changed; name an empty one.',
      );
    }
    await fillInBatches(journal, fill);
  } finally {
    await journal.close();
  }
}

/** Says what a restore leaves if it ends while it fills a store, and how to go on. */
export function leftOfRestore(store: DurableStore): string {
  if (store.kind === 'postgres') return `The database may hold part of the export. ${emptying}`;
  return `${store.path} is unchanged: restore again, which removes ${store.path}.restoring.`;
}

const emptying =
  'Empty the database with "TRUNCATE entry, lapse_row, snapshot, snapshot_part", and restore again.';

/** Fills PostgreSQL batch by batch: after a failure, the message says how to empty it. */
async function fillInBatches(
  journal: Journal,
  fill: (journal: Journal) => Promise<void>,
): Promise<void> {
  try {
    await fill(journal);
  } catch (error) {
    // Those of Node, as of an interruption, end without a full stop.
    const message = (error as Error).message.replace(/[^.]$/, '$&.');
    throw new OperatorError(
      'store',
      `The restore failed after it had begun: ${message} ${emptying}`,
      { cause: error },
    );
  }
}

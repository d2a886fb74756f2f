import { type Database, readConfig, type SettingNames } from '../config';
import type { Journal } from '../journal/journal';
import type { JournalReader } from '../journal/journal-reader';
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
    const { presentPath } = await import('../journal/sqlite/file.js');
    const file = presentPath(store.path);
    const { SqliteJournal } = await import('../journal/sqlite/journal.js');
    return SqliteJournal.open(file, { logger: consoleLogger });
  }
  const { PostgresReader } = await import('../journal/postgres/reader.js');
  await PostgresReader.checkPresent(store.url);
  const { PostgresJournal } = await import('../journal/postgres/journal.js');
  return PostgresJournal.open(store.url, { logger: consoleLogger });
}

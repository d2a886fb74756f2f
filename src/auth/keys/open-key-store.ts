import type { Database } from '../../database-url';
import { KeyFile } from './key-file';
import type { KeyStore } from './key-store';
import { KeyTable } from './key-table';

/**
 * Opens the store of the keys of a ledger; null for `memory:`, which has none. Returns though the
 * database does not respond.
 *
 * @throws OperatorError if the folder of a file cannot be used.
 */
export function openKeyStore(database: Database): KeyStore | null {
  switch (database.kind) {
    case 'memory':
      return null;
    case 'file':
      return KeyFile.open(database.path);
    case 'postgres':
      return new KeyTable(database.url);
  }
}

/**
 * Opens the store of the keys of a ledger that exists, and creates nothing; null for `memory:`.
 *
 * @throws OperatorError if there is neither a ledger nor a key, JournalUnavailable if the database
 *   does not respond.
 */
export async function openExistingKeyStore(database: Database): Promise<KeyStore | null> {
  if (database.kind === 'file') return KeyFile.openExisting(database.path);
  if (database.kind === 'memory') return null;
  const table = new KeyTable(database.url);
  try {
    await table.checkExists();
    return table;
  } catch (error) {
    await table.close();
    throw error;
  }
}

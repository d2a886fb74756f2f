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

import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import type { Entry } from '../../src/ledger/entry';
import { groupBy } from './group-by';
import { type RecordedRow, recordedEntry } from './recorded-entry';

/** The entries of accounts, by account, in the order of their sequences. */
export type JournalContent = ReadonlyMap<string, readonly Entry[]>;

/**
 * Reads the accounts whose ids begin with a prefix directly from a ledger's file: read-only, while
 * the server runs, and without any of the server's code.
 */
export function readJournalFile(path: string, beginning = ''): JournalContent {
  const database = openReadOnly(path);
  try {
    const rows = database
      .prepare(
        'SELECT * FROM entry WHERE substr(account_id, 1, ?) = ? ORDER BY account_id, sequence',
      )
      .all(beginning.length, beginning) as RecordedRow[];
    return groupBy(rows.map(recordedEntry), ({ accountId }) => accountId);
  } finally {
    database.close();
  }
}

/**
 * Opens a database read-only. libsql 0.5 ignores its option `readonly`; the parameter in the file's
 * URI works.
 */
export function openReadOnly(path: string): Database.Database {
  return new Database(`${pathToFileURL(path)}?mode=ro`);
}

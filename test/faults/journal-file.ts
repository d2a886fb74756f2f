import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import type { Allocation, Entry } from '../../src/ledger/entry';
import { groupBy } from './group-by';

interface Row {
  readonly account_id: string;
  readonly sequence: number;
  readonly id: string;
  readonly payer: string | null;
  readonly points: number;
  readonly timestamp: number | null;
  readonly recorded_at: number;
  readonly reference: string | null;
  readonly idempotency_key: string | null;
  readonly digest: string;
  readonly allocations: string | null;
}

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
      .all(beginning.length, beginning) as Row[];
    return groupBy(rows.map(entryOf), ({ accountId }) => accountId);
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

function entryOf(row: Row): Entry {
  const common = {
    id: row.id,
    accountId: row.account_id,
    sequence: row.sequence,
    recordedAt: row.recorded_at,
    reference: row.reference,
    idempotencyKey: row.idempotency_key,
    points: row.points,
    digest: row.digest === '' ? null : row.digest,
  };
  if (row.allocations !== null) {
    const allocations = JSON.parse(row.allocations) as Allocation[];
    return { ...common, kind: 'spend', allocations };
  }
  return { ...common, kind: 'transaction', payer: row.payer!, timestamp: row.timestamp! };
}

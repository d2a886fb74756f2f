import type { Entry } from '../../ledger/entry';
import { type EntryRange, type SnapshotHead } from '../journal';
import type { JournalReader } from '../journal-reader';
import { waitUntilClosed } from './closed-files';
import { SqliteConnection } from './connection';
import { presentPath } from './file';
import { readEntries } from './read';
import { readSnapshotHead, readSnapshotPart } from './snapshot';

/** No account id is empty, so the empty text sorts before the first. */
const nextAccount = `
  SELECT min(account_id) FROM (
    SELECT min(account_id) AS account_id FROM entry WHERE account_id > ?1
    UNION ALL SELECT min(account_id) FROM snapshot WHERE account_id > ?1)`;

/** Reads a ledger's file while a server owns it. Acquires no lock that a server needs. */
export class SqliteReader implements JournalReader {
  private constructor(private readonly connection: SqliteConnection) {}

  /** Rejects with an OperatorError if there is no ledger, or a newer one. */
  static async open(path: string): Promise<SqliteReader> {
    const file = presentPath(path);
    await waitUntilClosed(file);
    return new SqliteReader(SqliteConnection.openReadOnly(file));
  }

  async entries(range: EntryRange): Promise<Entry[]> {
    return this.connection.read(() => readEntries(this.connection, range));
  }

  async nextAccount(after: string | null): Promise<string | null> {
    return this.connection.read(() => {
      const row = this.connection.statement(nextAccount).get(after ?? '');
      return (row as [string | null])[0];
    });
  }

  async snapshotHead(accountId: string): Promise<SnapshotHead | null> {
    return this.connection.read(() => readSnapshotHead(this.connection, accountId));
  }

  async snapshotPart(head: SnapshotHead, part: number): Promise<string | null> {
    return this.connection.read(() => readSnapshotPart(this.connection, head, part));
  }

  async close(): Promise<void> {
    this.connection.close();
  }
}

import type { Entry } from '../../ledger/entry';
import { compareCodePoints } from '../code-point-order';
import { type EntryRow, entryOf } from '../entry-row';
import type { EntryRange, SnapshotHead } from '../journal';
import type { JournalReader } from '../journal-reader';
import { headColumns, type SnapshotHeadRow, snapshotHeadOf } from '../snapshot-row';
import { PostgresConnections } from './connections';
import { portErrorOf } from './errors';
import { postgresLimits } from './limits';
import { entriesStatement } from './read';
import { checkRestored } from './restore-mark';
import { checkSchema, requireLedger } from './schema';
import type { Row, Statement } from './session';
import { readSnapshotPart } from './snapshot';

/** One table per statement, which a database distributed by account always accepts. */
const following = ['entry', 'snapshot'].map(
  (table) => `SELECT account_id FROM ${table} WHERE account_id > $1 ORDER BY account_id LIMIT 1`,
);
const selectHead = `SELECT ${headColumns.join(', ')} FROM snapshot WHERE account_id = $1`;

/** Reads a ledger in PostgreSQL over one connection, while any number of servers use it. */
export class PostgresReader implements JournalReader {
  private constructor(private readonly connections: PostgresConnections) {}

  /**
   * Opens a ledger.
   * @throws JournalUnavailable if the database does not respond, OperatorError if it holds no
   *   ledger, a newer one, or one that a restore has not completed.
   */
  static async open(url: string): Promise<PostgresReader> {
    const connections = new PostgresConnections(url, 1, postgresLimits);
    try {
      await checkSchema(connections);
      await checkRestored(connections);
      return new PostgresReader(connections);
    } catch (error) {
      await connections.close();
      throw error;
    }
  }

  /**
   * Checks that there is a ledger, which a caller then opens for writing.
   * @throws JournalUnavailable if the database does not respond, OperatorError if it holds none.
   */
  static async checkPresent(url: string): Promise<void> {
    const connections = new PostgresConnections(url, 1, postgresLimits);
    try {
      await checkSchema(connections, requireLedger);
    } finally {
      await connections.close();
    }
  }

  async entries(range: EntryRange): Promise<Entry[]> {
    const rows = await this.rows(entriesStatement(range));
    return rows.map((row) => entryOf(row as unknown as EntryRow));
  }

  async nextAccount(after: string | null): Promise<string | null> {
    // No account id is empty, so the empty text sorts before the first.
    const statements = following.map((text) => ({ text, values: [after ?? ''] }));
    const rows = await Promise.all(statements.map((statement) => this.rows(statement)));
    const accounts = rows.flat().map(([account]) => account as string);
    return accounts.sort(compareCodePoints)[0] ?? null;
  }

  async snapshotHead(accountId: string): Promise<SnapshotHead | null> {
    const [row] = await this.rows({ text: selectHead, values: [accountId] });
    return row === undefined ? null : snapshotHeadOf(accountId, row as unknown as SnapshotHeadRow);
  }

  async snapshotPart(head: SnapshotHead, part: number): Promise<string | null> {
    try {
      return await this.connections.withConnection((session) =>
        readSnapshotPart(session, head, part),
      );
    } catch (error) {
      throw portErrorOf(error);
    }
  }

  async close(): Promise<void> {
    await this.connections.close();
  }

  private async rows(statement: Statement): Promise<readonly Row[]> {
    try {
      return await this.connections.withConnection((session) => session.rows(statement));
    } catch (error) {
      throw portErrorOf(error);
    }
  }
}

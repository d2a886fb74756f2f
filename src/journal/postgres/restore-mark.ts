import { randomUUID } from 'node:crypto';
import { OperatorError } from '../../operator-error';
import { PostgresConnections } from './connections';
import { portErrorOf } from './errors';
import { postgresLimits } from './limits';
import { completing, emptying } from './restore-advice';
import type { Row, Statement } from './session';

/**
 * The mark is a part of a snapshot of an account that cannot exist, as no id is empty: a table of
 * its own would need an upgrade, after which older servers do not start. Whoever empties the tables
 * removes it too, and Citus stores it on a worker.
 */
const place = "account_id = '' AND snapshot_id = 'restore' AND part = 0";
const select = `SELECT 1 FROM snapshot_part WHERE ${place}`;
const replace = `
  INSERT INTO snapshot_part (account_id, snapshot_id, part, content) VALUES ('', 'restore', 0, $1)
  ON CONFLICT (account_id, snapshot_id, part) DO UPDATE SET content = excluded.content`;
const removeOwn = `DELETE FROM snapshot_part WHERE ${place} AND content = $1`;

/**
 * The mark of a ledger that a restore has begun to fill and not completed: servers and readers
 * refuse it. Each restore has its own; the last one that sets it can remove it. Every method
 * rejects as a journal does, and may be called again.
 */
export class RestoreMark {
  private readonly connections: PostgresConnections;
  private readonly run = randomUUID();

  constructor(url: string) {
    this.connections = new PostgresConnections(url, 1, postgresLimits);
  }

  /** True if a restore has begun, this one or another, and has not ended. */
  async isSet(): Promise<boolean> {
    return (await rows(this.connections, { text: select })).length > 0;
  }

  async set(): Promise<void> {
    await rows(this.connections, { text: replace, values: [this.run] });
  }

  /** Removes the mark unless another restore has set it since. */
  async remove(): Promise<void> {
    await rows(this.connections, { text: removeOwn, values: [this.run] });
  }

  async close(): Promise<void> {
    await this.connections.close();
  }
}

/**
 * Checks that no restore into the ledger is incomplete.
 * @throws OperatorError if one is, JournalUnavailable if the database does not respond.
 */
export async function checkRestored(connections: PostgresConnections): Promise<void> {
  if ((await rows(connections, { text: select })).length === 0) return;
  throw new OperatorError(
    'store',
    `A restore into the database was interrupted, or is running: entries are missing. ${completing} ${emptying}`,
  );
}

async function rows(
  connections: PostgresConnections,
  statement: Statement,
): Promise<readonly Row[]> {
  try {
    return await connections.withConnection((session) => session.rows(statement));
  } catch (error) {
    throw portErrorOf(error);
  }
}

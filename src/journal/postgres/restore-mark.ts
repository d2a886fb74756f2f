import { randomUUID } from 'node:crypto';
import { OperatorError } from '../../operator-error';
import { JournalUnavailable } from '../journal-error';
import { blankIds, readDistribution } from './citus';
import { PostgresConnections } from './connections';
import { portErrorOf } from './errors';
import { postgresLimits } from './limits';
import { completing, emptying } from './restore-advice';
import type { PostgresSession, Row, Statement } from './session';

/**
 * The mark is a part of a snapshot of accounts that cannot exist, as their ids are blank. A table
 * of its own would need an upgrade, after which older servers do not start. Whoever empties the
 * tables removes the mark too. On Citus every worker has one, so that any of them can tell.
 */
const place = "account_id = ANY ($1::text[]) AND snapshot_id = 'restore' AND part = 0";
const select = `SELECT 1 FROM snapshot_part WHERE ${place}`;
const replace = `
  INSERT INTO snapshot_part (account_id, snapshot_id, part, content)
  SELECT account_id, 'restore', 0, $2 FROM unnest($1::text[]) AS account_id
  ON CONFLICT (account_id, snapshot_id, part) DO UPDATE SET content = excluded.content`;
const selectOwn = `${select} AND content = $2`;
const removeOwn = `DELETE FROM snapshot_part WHERE ${place} AND content = $2`;

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
    const found = await rows(this.connections, { text: select, values: [blankIds] });
    return found.length > 0;
  }

  /** True unless another restore has set the mark since, or the tables were emptied. */
  async isOwn(): Promise<boolean> {
    const values = [[''], this.run];
    return (await rows(this.connections, { text: selectOwn, values })).length > 0;
  }

  async set(): Promise<void> {
    const { probes } = await call(this.connections, readDistribution);
    await rows(this.connections, { text: replace, values: [probes, this.run] });
  }

  /** Removes the mark unless another restore has set it since. */
  async remove(): Promise<void> {
    await rows(this.connections, { text: removeOwn, values: [blankIds, this.run] });
  }

  async close(): Promise<void> {
    await this.connections.close();
  }
}

/**
 * Checks that no restore into the ledger is incomplete. On Citus it is enough that one worker
 * responds: the others' accounts are served when they do.
 * @throws OperatorError if one is, JournalUnavailable if the database does not respond.
 */
export async function checkRestored(connections: PostgresConnections): Promise<void> {
  const { probes } = await call(connections, readDistribution);
  const failures: unknown[] = [];
  for (const probe of probes) {
    try {
      const found = await rows(connections, { text: select, values: [[probe]] });
      if (found.length > 0) throw incomplete();
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      failures.push(error);
    }
  }
  if (failures.length === probes.length) throw failures[0];
}

function incomplete(): OperatorError {
  return new OperatorError(
    'store',
    `A restore into the database was interrupted, or is running: entries are missing. ${completing} ${emptying}`,
  );
}

async function rows(
  connections: PostgresConnections,
  statement: Statement,
): Promise<readonly Row[]> {
  return call(connections, (session) => session.rows(statement));
}

async function call<Result>(
  connections: PostgresConnections,
  run: (session: PostgresSession) => Promise<Result>,
): Promise<Result> {
  try {
    return await connections.withConnection(run);
  } catch (error) {
    throw portErrorOf(error);
  }
}

import type Database from 'libsql';
import type { Logger } from '../../telemetry/logger';
import { dropFirstViews, firstViews } from '../views/first-views';
import { sqliteViews } from './view-dialect';

/** What a migration needs of the connection. */
export interface MigratedDatabase {
  exec(sql: string): void;
  statement(sql: string): Database.Statement;
}

/** A migration that is more than SQL. The caller has begun the transaction. */
export type MigrationStep = (database: MigratedDatabase, logger: Logger) => void;

/** Entries that are copied at a time. */
const copiedMax = 50_000;
/** Period of the progress in the log, in milliseconds. */
const progressMs = 2_000;

/**
 * Has rowids, unlike the table of the first version: rows are then appended, and only the smaller
 * entries of the indexes are inserted in order of the account. `digest` has no default, so that a
 * program that does not know it cannot insert a row.
 *
 * `input` is the input of the idempotency key as far as no other column holds it, `outcome` what an
 * entry did besides its points and allocations, both as JSON.
 */
const createEntries = `
  CREATE TABLE upgraded_entry (
    account_id TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    id TEXT NOT NULL,
    format INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payer TEXT,
    points INTEGER NOT NULL CHECK (points BETWEEN -9007199254740991 AND 9007199254740991),
    timestamp INTEGER,
    available_from INTEGER,
    expires_at INTEGER,
    recorded_at INTEGER NOT NULL,
    target_sequence INTEGER,
    reference TEXT,
    idempotency_key TEXT,
    input TEXT,
    actor TEXT,
    allocations TEXT,
    outcome TEXT,
    digest TEXT NOT NULL,
    PRIMARY KEY (account_id, sequence)
  ) STRICT`;

const copied = [
  'account_id',
  'sequence',
  'id',
  'format',
  'kind',
  'payer',
  'points',
  'timestamp',
  'recorded_at',
  'reference',
  'idempotency_key',
  'allocations',
].join(', ');

/** The first page begins before every key, since no account id is empty. */
const copyPage = `
  INSERT INTO upgraded_entry (${copied}, digest)
  SELECT ${copied}, '' FROM entry WHERE (account_id, sequence) > (?, ?)
  ORDER BY account_id, sequence LIMIT ${copiedMax}`;
const lastCopied = 'SELECT account_id, sequence FROM upgraded_entry ORDER BY rowid DESC LIMIT 1';

/** A view of this connection in place of the table, for one that may not upgrade it. */
export const upgradedView = `
  CREATE TEMP VIEW entry AS
  SELECT *, '' AS digest, NULL AS target_sequence, NULL AS available_from, NULL AS expires_at,
    NULL AS input, NULL AS outcome, NULL AS actor
  FROM main.entry`;

const replaceEntries = `
  DROP TABLE entry;
  ALTER TABLE upgraded_entry RENAME TO entry;

  CREATE UNIQUE INDEX entry_idempotency_key ON entry (account_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
  -- Lists the accounts without reading their other entries.
  CREATE INDEX entry_first ON entry (account_id) WHERE sequence = 1;
  -- Finds the newest entry that names another one.
  CREATE INDEX entry_target ON entry (account_id, target_sequence, sequence)
    WHERE target_sequence IS NOT NULL;
  -- List what is due, across all accounts.
  CREATE INDEX entry_expires_at ON entry (expires_at, account_id) WHERE expires_at IS NOT NULL;
  CREATE INDEX entry_available_from ON entry (available_from, account_id)
    WHERE available_from IS NOT NULL;

  -- What became due and was recorded with the entry of this sequence, in the order of processing.
  CREATE TABLE lapse_row (
    account_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    lot_sequence INTEGER,
    hold_sequence INTEGER,
    timestamp INTEGER,
    payer TEXT,
    points INTEGER,
    expired INTEGER,
    settled INTEGER,
    expired_total INTEGER,
    settled_total INTEGER,
    allocations TEXT,
    PRIMARY KEY (account_id, sequence, number)
  ) STRICT, WITHOUT ROWID;
  -- Finds the newest row of a lot, which has its totals.
  CREATE INDEX lapse_row_lot ON lapse_row (account_id, lot_sequence, sequence, number)
    WHERE lot_sequence IS NOT NULL;
`;

/**
 * Gives the table `entry` the columns and the layout of format 2, and creates `lapse_row`. Copies
 * every entry, within the caller's transaction: O(entries), some seconds for a million.
 */
export const upgradeEntries: MigrationStep = (database, logger) => {
  database.exec(createEntries);
  copyEntries(database, logger);
  // SQLite checks the views when a table that they read is renamed.
  database.exec(dropFirstViews);
  database.exec(replaceEntries);
  database.exec(firstViews(sqliteViews));
};

function copyEntries(database: MigratedDatabase, logger: Logger): void {
  const [entries] = rowOf(database, 'SELECT count(*) FROM entry') as [number];
  if (entries === 0) return;
  logger.info(
    { entries },
    'Upgrading the table of entries; if the process ends, the next start begins again',
  );
  let loggedAt = performance.now();
  let last: readonly unknown[] = ['', 0];
  for (let done = 0; done < entries; ) {
    done += database.statement(copyPage).run(...last).changes;
    last = rowOf(database, lastCopied);
    if (performance.now() - loggedAt < progressMs) continue;
    loggedAt = performance.now();
    logger.info({ entries, done }, 'Upgrading the table of entries');
  }
  logger.info({ entries }, 'Entries copied; creating the indexes');
}

/** Uses `all`, since `get` leaves the statement active, and no table is dropped while one is. */
function rowOf(database: MigratedDatabase, sql: string): readonly unknown[] {
  return (database.statement(sql).all() as (readonly unknown[])[])[0]!;
}

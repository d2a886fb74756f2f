import { firstViews } from '../views/first-views';
import { viewsOf } from '../views/views';
import { listDue } from './list-due';
import { type MigrationStep, upgradeEntries } from './upgrade-entries';
import { sqliteViews } from './view-dialect';

/** Identifies a ledger of this program in the header of a file: the letters `PLdg`. */
export const applicationId = 0x504c6467;

/**
 * Each migration, as SQL or as a function, by `user_version`. Released migrations are never
 * changed. All that a file lacks run in one transaction.
 */
export const migrations: readonly (string | MigrationStep)[] = [
  `
  CREATE TABLE entry (
    account_id TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    id TEXT NOT NULL,
    format INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payer TEXT,
    points INTEGER NOT NULL CHECK (points BETWEEN -9007199254740991 AND 9007199254740991),
    timestamp INTEGER,
    recorded_at INTEGER NOT NULL,
    reference TEXT,
    idempotency_key TEXT,
    allocations TEXT,
    PRIMARY KEY (account_id, sequence)
  ) STRICT, WITHOUT ROWID;

  CREATE UNIQUE INDEX entry_idempotency_key ON entry (account_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

  -- Lists the accounts without reading their other entries.
  CREATE INDEX entry_first ON entry (account_id) WHERE sequence = 1;

  CREATE TABLE snapshot (
    account_id TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    entry_id TEXT NOT NULL,
    parts INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE snapshot_part (
    account_id TEXT NOT NULL,
    snapshot_id TEXT NOT NULL,
    part INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (account_id, snapshot_id, part)
  ) STRICT, WITHOUT ROWID;
  `,
  firstViews(sqliteViews),
  upgradeEntries,
  `
  -- How far everything that became due is recorded, in one row.
  CREATE TABLE sweep (
    number INTEGER PRIMARY KEY CHECK (number = 1),
    mark INTEGER NOT NULL
  ) STRICT;
  -- Finds the end of a hold.
  CREATE INDEX lapse_row_hold ON lapse_row (account_id, hold_sequence)
    WHERE hold_sequence IS NOT NULL;
  DROP VIEW balance;
  DROP VIEW open_lot;
  ${viewsOf(sqliteViews, 'CREATE')}
  `,
  listDue,
  `
  -- The last entry whose dates are listed in due_row, in one row. The id shows whether it still has
  -- this rowid: SQLite may change rowids once somebody has deleted rows.
  CREATE TABLE due_mark (
    number INTEGER PRIMARY KEY CHECK (number = 1),
    entry_row INTEGER NOT NULL,
    entry_id TEXT NOT NULL
  ) STRICT;
  -- Until now, the statements that inserted entries listed them.
  INSERT INTO due_mark SELECT 1, rowid, id FROM entry ORDER BY rowid DESC LIMIT 1;
  `,
];

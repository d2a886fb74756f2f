import { firstViews } from '../views/first-views';
import { viewsOf } from '../views/views';
import { postgresViews } from './view-dialect';

/**
 * The SQL of each migration. Released migrations are never changed. Every key begins with the
 * account, so that all tables can be distributed by account.
 */
export const migrations: readonly string[] = [
  `
CREATE TABLE entry (
  account_id text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL CHECK (sequence >= 1),
  id text COLLATE "C" NOT NULL,
  format integer NOT NULL,
  kind text COLLATE "C" NOT NULL,
  payer text COLLATE "C",
  points bigint NOT NULL CHECK (points BETWEEN -9007199254740991 AND 9007199254740991),
  timestamp bigint,
  recorded_at bigint NOT NULL,
  reference text COLLATE "C",
  idempotency_key text COLLATE "C",
  allocations json,
  PRIMARY KEY (account_id, sequence)
);
CREATE UNIQUE INDEX entry_idempotency_key ON entry (account_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL;
-- Lists the accounts without reading their other entries.
CREATE INDEX entry_first ON entry (account_id) WHERE sequence = 1;
CREATE TABLE snapshot (
  account_id text COLLATE "C" PRIMARY KEY,
  id text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  entry_id text COLLATE "C" NOT NULL,
  parts integer NOT NULL
);
CREATE TABLE snapshot_part (
  account_id text COLLATE "C" NOT NULL,
  snapshot_id text COLLATE "C" NOT NULL,
  part integer NOT NULL,
  content text COLLATE "C" NOT NULL,
  PRIMARY KEY (account_id, snapshot_id, part)
);
${firstViews(postgresViews).trim()}
`,
  // Existing rows are not rewritten. `digest` has no default for new ones, so that a program that
  // does not know it cannot insert a row. `input` is the input of the idempotency key as far as no
  // other column holds it, `outcome` what an entry did besides its points and allocations.
  `
ALTER TABLE entry
  ADD COLUMN target_sequence bigint,
  ADD COLUMN available_from bigint,
  ADD COLUMN expires_at bigint,
  ADD COLUMN input json,
  ADD COLUMN outcome json,
  ADD COLUMN actor text COLLATE "C",
  ADD COLUMN digest text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE entry ALTER COLUMN digest DROP DEFAULT;
-- Finds the newest entry that names another one.
CREATE INDEX entry_target ON entry (account_id, target_sequence, sequence)
  WHERE target_sequence IS NOT NULL;
-- List what is due, across all accounts.
CREATE INDEX entry_expires_at ON entry (expires_at, account_id) WHERE expires_at IS NOT NULL;
CREATE INDEX entry_available_from ON entry (available_from, account_id)
  WHERE available_from IS NOT NULL;
-- What became due and was recorded with the entry of this sequence, in the order of processing.
CREATE TABLE lapse_row (
  account_id text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  number integer NOT NULL,
  kind text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  lot_sequence bigint,
  hold_sequence bigint,
  timestamp bigint,
  payer text COLLATE "C",
  points bigint,
  expired bigint,
  settled bigint,
  expired_total bigint,
  settled_total bigint,
  allocations json,
  PRIMARY KEY (account_id, sequence, number)
);
-- Finds the newest row of a lot, which has its totals.
CREATE INDEX lapse_row_lot ON lapse_row (account_id, lot_sequence, sequence, number)
  WHERE lot_sequence IS NOT NULL;
`,
  // One row, which the coordinator of Citus stores: all servers write to it.
  `
-- Who sweeps, and up to which instant everything that became due is recorded.
CREATE TABLE sweep (
  number integer PRIMARY KEY CHECK (number = 1),
  holder text COLLATE "C" NOT NULL,
  leased_until timestamptz NOT NULL,
  mark bigint,
  -- How often an operator said that the clock is right although it jumped.
  clock_acceptances bigint NOT NULL DEFAULT 0
);
-- Finds the end of a hold.
CREATE INDEX lapse_row_hold ON lapse_row (account_id, hold_sequence)
  WHERE hold_sequence IS NOT NULL;
${viewsOf(postgresViews, 'CREATE OR REPLACE').trim()}
`,
];

/** The version of the tables, in a table of one row, which a role with SELECT can read. */
export const versionTable = `
CREATE TABLE schema_version (version integer NOT NULL);
INSERT INTO schema_version (version) VALUES (0);
`;

/** The privileges that a server needs once the tables exist. */
export const grants = `
GRANT SELECT ON schema_version TO ROLE;
GRANT SELECT, INSERT, UPDATE, DELETE ON entry, lapse_row, snapshot, snapshot_part, sweep TO ROLE;
`;

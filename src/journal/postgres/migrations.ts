import { createViews } from './views';

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
${createViews.trim()}
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
GRANT SELECT, INSERT, UPDATE, DELETE ON entry, snapshot, snapshot_part TO ROLE;
`;

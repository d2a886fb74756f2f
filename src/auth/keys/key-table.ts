import { noLedger } from '../../journal/no-ledger';
import { hasCitus } from '../../journal/postgres/citus';
import { PostgresConnections } from '../../journal/postgres/connections';
import { portErrorOf, reasonOf, sqlStateOf } from '../../journal/postgres/errors';
import { postgresLimits } from '../../journal/postgres/limits';
import { findPlace } from '../../journal/postgres/place';
import type { PostgresSession, Row } from '../../journal/postgres/session';
import { OperatorError } from '../../operator-error';
import { hasTable, type KeyPlace, placeOf } from './key-place';
import type { KeyRecord } from './key-record';
import type { KeyStore } from './key-store';
import { type OtherTables, readKeys, type StoredKeys } from './read-keys';

const columns =
  'id, name, hash, scopes, account, prefix, created_at::float8, expires_at::float8, ' +
  'revoked_at::float8';

const createTable = (table: string) => `
CREATE TABLE IF NOT EXISTS ${table} (
  name text COLLATE "C" PRIMARY KEY,
  id text COLLATE "C" NOT NULL,
  hash text COLLATE "C" NOT NULL,
  scopes text[] NOT NULL,
  account text COLLATE "C",
  prefix text COLLATE "C",
  created_at bigint NOT NULL,
  expires_at bigint,
  revoked_at bigint
)`;

/**
 * Roles that add entries are those of servers, which have to read the keys. Returns those that may
 * not yet; PUBLIC is all roles, and no name.
 */
const serverRoles = `
SELECT DISTINCT CASE grantee WHEN 'PUBLIC' THEN grantee ELSE quote_ident(grantee) END
FROM information_schema.role_table_grants AS entry
WHERE quote_ident(table_schema) = $1 AND table_name = 'entry' AND privilege_type = 'INSERT'
  AND grantee <> current_user AND NOT EXISTS (
    SELECT FROM information_schema.table_privileges AS key
    WHERE key.table_schema = entry.table_schema AND key.table_name = 'api_key'
      AND key.privilege_type = 'SELECT' AND key.grantee = entry.grantee)`;

/** Another command created the table at the same time. */
const alreadyExists = new Set(['23505', '42P07', '42710']);
const insufficientPrivilege = '42501';

/**
 * What statements on a table of other columns fail with: a column that is missing, has another type
 * or values of another form, or one more that must not be null, and a relation that is no table.
 */
const otherColumns = new Set([
  '22P02',
  '23502',
  '42703',
  '42804',
  '42809',
  '42846',
  '42883',
  '55000',
]);

/**
 * Keys in a table beside the ledger's. The first key creates the table, so the role of a server
 * needs no right to create one.
 */
export class KeyTable implements KeyStore {
  private readonly connections: PostgresConnections;

  constructor(url: string) {
    this.connections = new PostgresConnections(url, 1, postgresLimits);
  }

  read(): Promise<StoredKeys> {
    return this.with(async (session) => {
      const place = await placeOf(session);
      if (!hasTable(place)) return readKeys([]);
      const rows = await session.rows({ text: `SELECT ${columns} FROM ${place.table}` });
      return { ...readKeys(rows.map(storedValueOf)), otherTables: otherTablesOf(place) };
    });
  }

  create(record: KeyRecord): Promise<boolean> {
    return this.with(async (session) => {
      const place = await placeOf(session);
      if (!place.exists) {
        await findPlace(session);
        await makeTable(session, place);
      }
      await letServersRead(session, place);
      const { name, id, hash, scopes, account, prefix, createdAt, expiresAt } = record;
      const rows = await session.rows({
        text: `
          INSERT INTO ${place.table}
            (name, id, hash, scopes, account, prefix, created_at, expires_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING name`,
        values: [name, id, hash, scopes, account, prefix, createdAt, expiresAt],
      });
      return rows.length > 0;
    });
  }

  revoke(name: string, at: number): Promise<boolean> {
    return this.with(async (session) => {
      const place = await placeOf(session);
      if (!hasTable(place)) return false;
      const rows = await session.rows({
        text: `
          UPDATE ${place.table} SET revoked_at = $2 WHERE name = $1 AND revoked_at IS NULL
          RETURNING name`,
        values: [name, at],
      });
      return rows.length > 0;
    });
  }

  /** @throws OperatorError if the database holds neither a ledger nor keys. */
  checkExists(): Promise<void> {
    return this.with(async (session) => {
      const { exists, visibleIn } = await placeOf(session);
      if (exists || visibleIn !== null || (await findPlace(session)) === 'ledger') return;
      throw noLedger('The database holds no ledger and no keys');
    });
  }

  close(): Promise<void> {
    return this.connections.close();
  }

  private async with<Result>(call: (session: PostgresSession) => Promise<Result>): Promise<Result> {
    try {
      return await this.connections.withConnection(call);
    } catch (error) {
      throw keyErrorOf(error);
    }
  }
}

function keyErrorOf(error: unknown): unknown {
  const state = sqlStateOf(error);
  if (state === insufficientPrivilege) return notAllowed(error);
  return state !== null && otherColumns.has(state) ? foreignTable(error) : portErrorOf(error);
}

function foreignTable(cause: unknown): OperatorError {
  return new OperatorError(
    'store',
    `The table api_key in the ledger's database has other columns than the keys of this version: ${reasonOf(cause)}; ` +
      'rename it if it is of another program, so that `points keys create` makes a new one, or run ' +
      'the version that made it.',
    { cause },
  );
}

function notAllowed(cause: unknown): OperatorError {
  return new OperatorError(
    'store',
    'The role lacks a right on the table of keys, api_key. The server needs ' +
      'GRANT SELECT ON api_key TO its role; `points keys` needs the role that owns the tables.',
    { cause },
  );
}

/** Creates the table, on every node of Citus. */
async function makeTable(session: PostgresSession, { table }: KeyPlace): Promise<void> {
  try {
    await session.rows({ text: createTable(table) });
    if (await hasCitus(session)) {
      await session.rows({ text: 'SELECT create_reference_table($1::regclass)', values: [table] });
    }
  } catch (error) {
    if (!alreadyExists.has(sqlStateOf(error) ?? '')) throw error;
  }
}

/**
 * With each key again: the command that created the table may have failed before, and roles may
 * have become those of servers since.
 */
async function letServersRead(
  session: PostgresSession,
  { schema, table }: KeyPlace,
): Promise<void> {
  for (const [role] of await session.rows({ text: serverRoles, values: [schema] })) {
    await session.rows({ text: `GRANT SELECT ON ${table} TO ${role}` });
  }
}

/** Returns a row as the file of keys has it. */
function storedValueOf(row: Row): object {
  const [id, name, hash, scopes, account, prefix, createdAt, expiresAt, revokedAt] = row;
  return { id, name, hash, scopes, account, prefix, createdAt, expiresAt, revokedAt };
}

function otherTablesOf({ table, otherTables }: KeyPlace): OtherTables | null {
  return otherTables.length === 0 ? null : { read: table, ignored: otherTables };
}

import { OperatorError } from '../../operator-error';
import type { Logger } from '../../telemetry/logger';
import { JournalUnavailable } from '../journal';
import { plainTables } from './citus';
import type { PostgresConnections } from './connections';
import { portErrorOf, reasonOf, sqlStateOf } from './errors';
import { grants, migrations, versionTable } from './migrations';
import { firstError, type PostgresSession } from './session';

/** The key of the advisory lock, unlikely to be another program's: the letters `PLdg`. */
const lockKey = 0x504c6467;
const serverVersionMin = 150_000;

const selectVersion = 'SELECT version FROM schema_version';
const undefinedTable = '42P01';
/** A privilege is missing on a table, or on its schema. */
const insufficientPrivilege = new Set(['42501', '3F000']);
const alreadyExists = new Set(['42P07', '42710', '42703']);
const authenticationFailed = new Set(['28000', '28P01', '3D000']);

/**
 * Brings the tables up to date. If several processes start at once, the first one migrates and the
 * others wait. If the tables are up to date, it only reads.
 * @throws OperatorError if an operator has to act, JournalUnavailable if the database does not
 *   respond.
 */
export async function prepareSchema(
  connections: PostgresConnections,
  logger: Logger,
): Promise<void> {
  try {
    const version = await connections.withConnection(async (session) => {
      await checkServer(session);
      await checkGrants(session);
      const found = await readVersion(session);
      if (found === migrations.length) return found;
      checkKnown(found ?? 0);
      return migrate(session);
    });
    logger.info({ version }, 'Ledger opened');
    const plain = await connections.withConnection(plainTables);
    if (plain.length > 0) {
      logger.warn(
        { tables: plain },
        'This is a Citus coordinator, and these tables are not distributed: run `points distribute`',
      );
    }
  } catch (error) {
    throw openingErrorOf(error);
  }
}

/**
 * Checks that the database holds a ledger that this program can read, and changes nothing.
 * @throws what {@link prepareSchema} throws, and OperatorError if there is no ledger.
 */
export async function checkSchema(connections: PostgresConnections): Promise<void> {
  try {
    const version = await connections.withConnection(readVersion);
    if (version === null) throw new OperatorError('store', 'The database holds no ledger.');
    checkKnown(version);
  } catch (error) {
    throw openingErrorOf(error);
  }
}

/** Returns the SQL that makes an empty database a ledger, for an operator to run. */
function schemaText(): string {
  const version = `UPDATE schema_version SET version = ${migrations.length};`;
  return ['BEGIN;', versionTable.trim(), ...migrations.map((each) => each.trim()), version]
    .concat(grants.trim(), 'COMMIT;')
    .join('\n');
}

async function checkServer(session: PostgresSession): Promise<void> {
  const [setting] = await session.rows({
    text: "SELECT current_setting('server_version_num')::int, current_setting('server_encoding')",
  });
  const [version, encoding] = setting!;
  if (Number(version) < serverVersionMin) {
    throw new OperatorError(
      'store',
      `The server is PostgreSQL ${Math.floor(Number(version) / 10_000)}; this program needs 15 or newer.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new OperatorError(
      'store',
      `The database's encoding is ${encoding}; make one with ENCODING 'UTF8'.`,
    );
  }
}

/** Lists the privileges of {@link grants} that the role lacks on existing tables. */
const selectMissing = `
  SELECT privilege || ' ON ' || name
  FROM (VALUES ('SELECT', 'schema_version'),
    ('SELECT', 'entry'), ('INSERT', 'entry'), ('UPDATE', 'entry'), ('DELETE', 'entry'),
    ('SELECT', 'snapshot'), ('INSERT', 'snapshot'), ('UPDATE', 'snapshot'), ('DELETE', 'snapshot'),
    ('SELECT', 'snapshot_part'), ('INSERT', 'snapshot_part'), ('UPDATE', 'snapshot_part'),
    ('DELETE', 'snapshot_part')) AS needed (privilege, name)
  WHERE to_regclass(name) IS NOT NULL AND NOT has_table_privilege(to_regclass(name), privilege)`;

/**
 * Checks the privileges at the start instead of at the first request that needs them.
 * @throws OperatorError if one is missing.
 */
async function checkGrants(session: PostgresSession): Promise<void> {
  const missing = await session.rows({ text: selectMissing });
  if (missing.length === 0) return;
  throw new OperatorError(
    'store',
    `The role lacks privileges that a server needs; it lacks ${missing.flat().join(', ')}. ` +
      `As the tables' owner, run this, with the server's role for ROLE:\n${grants}`,
  );
}

/** Returns null if there are no tables yet. */
async function readVersion(session: PostgresSession): Promise<number | null> {
  try {
    const [row] = await session.rows({ text: selectVersion });
    return row![0] as number;
  } catch (error) {
    if (sqlStateOf(error) === undefinedTable) return null;
    throw error;
  }
}

async function migrate(session: PostgresSession): Promise<number> {
  const locked = await session.send([
    { text: 'BEGIN' },
    // Citus otherwise alters shards in parallel, after which it refuses to alter a view. Other
    // servers take it as a setting without a meaning.
    { text: "SET LOCAL citus.multi_shard_modify_mode = 'sequential'" },
    { text: `SELECT pg_advisory_xact_lock(${lockKey})` },
    { text: "SELECT to_regclass('schema_version') IS NULL" },
  ]);
  const error = firstError(locked);
  if (error !== null) throw error;
  const isEmpty = locked[3].kind === 'done' && locked[3].rows[0]![0];
  try {
    const version = isEmpty ? 0 : (await readVersion(session))!;
    checkKnown(version);
    const texts = [isEmpty ? versionTable : '', ...migrations.slice(version)];
    await runTogether(session, [
      ...texts.flatMap(statementsOf),
      `UPDATE schema_version SET version = ${migrations.length}`,
      'COMMIT',
    ]);
  } catch (thrown) {
    await session.send([{ text: 'ROLLBACK' }]);
    throw thrown;
  }
  return migrations.length;
}

/**
 * Splits a migration into its statements, each of which ends a line. Citus does not alter a
 * distributed table in a text of several statements.
 */
function statementsOf(migration: string): string[] {
  return migration.split(/;[^\S\n]*(?:\n|$)/).filter((text) => text.trim() !== '');
}

/**
 * Runs statements. One round trip.
 * @throws the first error.
 */
async function runTogether(session: PostgresSession, texts: readonly string[]): Promise<void> {
  const results = await session.send(texts.map((text) => ({ text })));
  const error = firstError(results);
  if (error !== null) throw error;
}

function checkKnown(version: number): void {
  if (version <= migrations.length) return;
  throw new OperatorError(
    'store',
    `The database is of version ${version}, and this program knows versions up to ${migrations.length}. Run the version that wrote it, or a newer one.`,
  );
}

function openingErrorOf(error: unknown): unknown {
  const state = sqlStateOf(error instanceof JournalUnavailable ? error.cause : error) ?? '';
  if (authenticationFailed.has(state)) {
    const reason = reasonOf(error instanceof JournalUnavailable ? error.cause : error);
    return new OperatorError('store', `The database refused the connection: ${reason}.`, {
      cause: error,
    });
  }
  if (insufficientPrivilege.has(state))
    return new OperatorError('store', rightsMessage(reasonOf(error)));
  if (alreadyExists.has(state)) {
    return new OperatorError(
      'store',
      `Another program's objects have the names of the ledger's tables: ${reasonOf(error)}. Use a separate database or schema.`,
    );
  }
  return portErrorOf(error);
}

function rightsMessage(reason: string): string {
  return (
    `This role may not create or read the ledger's tables: ${reason}. ` +
    `As their owner, run this once, with the server's role for ROLE:\n\n${schemaText()}\n`
  );
}

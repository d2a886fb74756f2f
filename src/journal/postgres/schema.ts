import type { Logger } from '../../telemetry/logger';
import { JournalUnavailable, JournalUnusable } from '../journal';
import { plainTables } from './citus';
import type { PostgresConnections } from './connections';
import { portErrorOf, reasonOf, sqlStateOf } from './errors';
import { grants, migrations, versionTable } from './migrations';
import { firstError, type PostgresSession } from './session';

/** Any number will do, as long as no other program takes it for its own: the letters `PLdg`. */
const lockKey = 0x504c6467;
const serverVersionMin = 150_000;

const selectVersion = 'SELECT version FROM schema_version';
const notThere = '42P01';
/** No right, or not even to look into the schema. */
const noRight = new Set(['42501', '3F000']);
const thereAlready = new Set(['42P07', '42710', '42703']);
const notLetIn = new Set(['28000', '28P01', '3D000']);

/**
 * Brings the tables up to date, once, whichever of many processes comes first: the others wait and
 * find it done. Where all is there already, reading is all it takes. Rejects with {@link
 * JournalUnusable} where an operator has to act, with {@link JournalUnavailable} where the database
 * is away.
 */
export async function prepareSchema(
  connections: PostgresConnections,
  logger: Logger,
): Promise<void> {
  try {
    const version = await connections.lend(async (session) => {
      await checkServer(session);
      await checkGrants(session);
      const found = await versionNow(session);
      if (found === migrations.length) return found;
      checkKnown(found ?? 0);
      return migrate(session);
    });
    logger.info({ version }, 'Ledger opened');
    const plain = await connections.lend(plainTables);
    if (plain.length > 0) {
      logger.warn(
        { tables: plain },
        'This is a Citus coordinator, and these tables are not distributed: run `points distribute`',
      );
    }
  } catch (error) {
    throw explained(error);
  }
}

/**
 * Looks whether the database holds a ledger that this program can read, and changes nothing.
 * Rejects as {@link prepareSchema} does.
 */
export async function checkSchema(connections: PostgresConnections): Promise<void> {
  try {
    const version = await connections.lend(versionNow);
    if (version === null) throw new JournalUnusable('The database holds no ledger.');
    checkKnown(version);
  } catch (error) {
    throw explained(error);
  }
}

/** All that brings an empty database to the present version, for an operator to run. */
export function schemaText(): string {
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
    throw new JournalUnusable(
      `The server is PostgreSQL ${Math.floor(Number(version) / 10_000)}; this program needs 15 or newer.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new JournalUnusable(
      `The database's encoding is ${encoding}; make one with ENCODING 'UTF8'.`,
    );
  }
}

/** What the role lacks of {@link grants}, of the tables that are there. */
const selectMissing = `
  SELECT privilege || ' ON ' || name
  FROM (VALUES ('SELECT', 'schema_version'),
    ('SELECT', 'entry'), ('INSERT', 'entry'), ('UPDATE', 'entry'), ('DELETE', 'entry'),
    ('SELECT', 'snapshot'), ('INSERT', 'snapshot'), ('UPDATE', 'snapshot'), ('DELETE', 'snapshot'),
    ('SELECT', 'snapshot_part'), ('INSERT', 'snapshot_part'), ('UPDATE', 'snapshot_part'),
    ('DELETE', 'snapshot_part')) AS needed (privilege, name)
  WHERE to_regclass(name) IS NOT NULL AND NOT has_table_privilege(to_regclass(name), privilege)`;

/** At the start, when an operator looks, and not at the first request that needs it. */
async function checkGrants(session: PostgresSession): Promise<void> {
  const missing = await session.rows({ text: selectMissing });
  if (missing.length === 0) return;
  throw new JournalUnusable(
    `The database does not let this role do what a server does; it lacks ${missing.flat().join(', ')}. ` +
      `As the tables' owner, run this, with the server's role in the place of ROLE:\n${grants}`,
  );
}

/** Null where there are no tables yet. */
async function versionNow(session: PostgresSession): Promise<number | null> {
  try {
    const [row] = await session.rows({ text: selectVersion });
    return row![0] as number;
  } catch (error) {
    if (sqlStateOf(error) === notThere) return null;
    throw error;
  }
}

async function migrate(session: PostgresSession): Promise<number> {
  const locked = await session.send([
    { text: 'BEGIN' },
    { text: `SELECT pg_advisory_xact_lock(${lockKey})` },
    { text: "SELECT to_regclass('schema_version') IS NULL" },
  ]);
  const error = firstError(locked);
  if (error !== null) throw error;
  const isEmpty = locked[2].kind === 'done' && locked[2].rows[0]![0];
  try {
    const version = isEmpty ? 0 : (await versionNow(session))!;
    checkKnown(version);
    const texts = [isEmpty ? versionTable : '', ...migrations.slice(version)];
    await runTogether(session, [
      ...texts,
      `UPDATE schema_version SET version = ${migrations.length}`,
      'COMMIT',
    ]);
  } catch (thrown) {
    await session.send([{ text: 'ROLLBACK' }]);
    throw thrown;
  }
  return migrations.length;
}

/** A text of several statements takes no parameters and is sent as it is. */
async function runTogether(session: PostgresSession, texts: readonly string[]): Promise<void> {
  const answers = await session.send(texts.filter((text) => text !== '').map((text) => ({ text })));
  const error = firstError(answers);
  if (error !== null) throw error;
}

function checkKnown(version: number): void {
  if (version <= migrations.length) return;
  throw new JournalUnusable(
    `The database is of version ${version}, and this program knows versions up to ${migrations.length}. Run the version that wrote it, or a newer one.`,
  );
}

function explained(error: unknown): unknown {
  const state = sqlStateOf(error instanceof JournalUnavailable ? error.cause : error) ?? '';
  if (notLetIn.has(state)) {
    const reason = reasonOf(error instanceof JournalUnavailable ? error.cause : error);
    return new JournalUnusable(`The database does not let the server in: ${reason}.`, {
      cause: error,
    });
  }
  if (noRight.has(state)) return new JournalUnusable(rightsMessage(reasonOf(error)));
  if (thereAlready.has(state)) {
    return new JournalUnusable(
      `The database holds something of another program where the ledger's tables go: ${reasonOf(error)}. Use a database or a schema of its own.`,
    );
  }
  return portErrorOf(error);
}

function rightsMessage(reason: string): string {
  return (
    `The database does not let this role make or read the ledger's tables: ${reason}. ` +
    `As their owner, run this once, with the server's role in the place of ROLE:\n\n${schemaText()}\n`
  );
}

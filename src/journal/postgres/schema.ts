import { OperatorError } from '../../operator-error';
import type { Logger } from '../../telemetry/logger';
import { JournalUnavailable } from '../journal-error';
import { noLedger } from '../no-ledger';
import { plainTables } from './citus';
import type { PostgresConnections } from './connections';
import { portErrorOf, reasonOf, sqlStateOf } from './errors';
import { grants, migrations } from './migrations';
import type { PostgresSession } from './session';
import { checkKnown, isDistributed, readVersion, upgrade, upgradeText } from './upgrade';

const serverVersionMin = 150_000;

const undefinedTable = '42P01';
/** A privilege is missing on a table, or on its schema. */
const insufficientPrivilege = new Set(['42501', '3F000']);
const alreadyExists = new Set(['42P07', '42710', '42703']);
const authenticationFailed = new Set(['28000', '28P01', '3D000']);

/**
 * Brings the tables up to date. If several processes start at once, the first one migrates and the
 * others wait. If the tables are up to date, it only reads.
 * @param patient connections whose calls may take as long as a migration.
 * @throws OperatorError if an operator has to act, JournalUnavailable if the database does not
 *   respond.
 */
export async function prepareSchema(
  connections: PostgresConnections,
  patient: PostgresConnections,
  logger: Logger,
): Promise<void> {
  let found: Found = { version: null, isDistributed: false };
  try {
    found = await connections.withConnection(inspect);
    if (found.version !== migrations.length) {
      await patient.withConnection((session) => upgrade(session, logger));
    }
    logger.info({ version: migrations.length }, 'Ledger opened');
    const plain = await connections.withConnection(plainTables);
    if (plain.length > 0) {
      logger.warn(
        { tables: plain },
        'This is a Citus coordinator, and these tables are not distributed: run `points distribute`',
      );
    }
  } catch (error) {
    throw openingErrorOf(error, found);
  }
}

/** What is known of the tables when opening fails. */
interface Found {
  /** Null if there are no tables. */
  readonly version: number | null;
  readonly isDistributed: boolean;
}

async function inspect(session: PostgresSession): Promise<Found> {
  await checkServer(session);
  await checkGrants(session);
  const version = await versionOrNull(session);
  checkKnown(version ?? 0);
  const isUpgraded = version !== null && version < migrations.length;
  return { version, isDistributed: isUpgraded && (await isDistributed(session)) };
}

/**
 * Checks that the database holds a ledger that this program can read, and changes nothing.
 * @throws what {@link prepareSchema} throws, and OperatorError if there is no ledger.
 */
export async function checkSchema(connections: PostgresConnections): Promise<void> {
  try {
    const version = await connections.withConnection(versionOrNull);
    if (version === null) throw noLedger('The database holds no ledger');
    checkKnown(version);
    checkUpgraded(version);
  } catch (error) {
    throw openingErrorOf(error, { version: null, isDistributed: false });
  }
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
    ('SELECT', 'lapse_row'), ('INSERT', 'lapse_row'), ('UPDATE', 'lapse_row'),
    ('DELETE', 'lapse_row'),
    ('SELECT', 'snapshot'), ('INSERT', 'snapshot'), ('UPDATE', 'snapshot'), ('DELETE', 'snapshot'),
    ('SELECT', 'snapshot_part'), ('INSERT', 'snapshot_part'), ('UPDATE', 'snapshot_part'),
    ('DELETE', 'snapshot_part'),
    ('SELECT', 'sweep'), ('INSERT', 'sweep'), ('UPDATE', 'sweep'), ('DELETE', 'sweep')) AS needed (privilege, name)
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
async function versionOrNull(session: PostgresSession): Promise<number | null> {
  try {
    return await readVersion(session);
  } catch (error) {
    if (sqlStateOf(error) === undefinedTable) return null;
    throw error;
  }
}

/** @throws OperatorError if the tables lack columns that this program reads. */
function checkUpgraded(version: number): void {
  if (version === migrations.length) return;
  throw new OperatorError(
    'store',
    `The database is of version ${version}, and this program reads version ${migrations.length}: ` +
      'start its server once, which upgrades the tables.',
  );
}

function openingErrorOf(error: unknown, found: Found): unknown {
  const state = sqlStateOf(error instanceof JournalUnavailable ? error.cause : error) ?? '';
  if (authenticationFailed.has(state)) {
    const reason = reasonOf(error instanceof JournalUnavailable ? error.cause : error);
    return new OperatorError('store', `The database refused the connection: ${reason}.`, {
      cause: error,
    });
  }
  if (insufficientPrivilege.has(state))
    return new OperatorError('store', rightsMessage(reasonOf(error), found));
  if (alreadyExists.has(state)) {
    return new OperatorError(
      'store',
      `Another program's objects have the names of the ledger's tables: ${reasonOf(error)}. Use a separate database or schema.`,
    );
  }
  return portErrorOf(error);
}

function rightsMessage(reason: string, { version, isDistributed }: Found): string {
  const what = version === null ? 'create or read' : 'upgrade';
  return (
    `This role may not ${what} the ledger's tables: ${reason}. ` +
    "As their owner, run this once, with the server's role for ROLE:\n\n" +
    `${upgradeText(version, isDistributed)}\n`
  );
}

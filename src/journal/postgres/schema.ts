import { OperatorError } from '../../operator-error';
import type { Logger } from '../../telemetry/logger';
import { noLedger } from '../no-ledger';
import { plainTables } from './citus';
import type { PostgresConnections } from './connections';
import { portErrorOf, reasonOf, sqlStateOf } from './errors';
import { migrations } from './migrations';
import { NoConnection } from './no-connection';
import { findPlace, foreignObjects } from './place';
import { checkGrants, checkReadGrants, type Found, missingRights, nothingFound } from './rights';
import type { PostgresSession } from './session';
import { checkKnown, isDistributed, readVersion, upgrade } from './upgrade';

const serverVersionMin = 150_000;

/** A privilege is missing on a table, or on its schema. */
const insufficientPrivilege = new Set(['42501', '3F000']);
const alreadyExists = new Set(['42P07', '42710', '42703']);

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
  let found = nothingFound;
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

async function inspect(session: PostgresSession): Promise<Found> {
  await checkServer(session);
  if ((await findPlace(session)) === 'creatable') return nothingFound;
  await checkGrants(session);
  const version = await readVersion(session);
  checkKnown(version);
  const isBehind = version < migrations.length;
  return { version, isDistributed: isBehind && (await isDistributed(session)) };
}

/**
 * Checks that the database holds a ledger that this program can read, and changes nothing.
 * @param check less than that.
 * @throws what {@link prepareSchema} throws, and OperatorError if there is no ledger.
 */
export async function checkSchema(
  connections: PostgresConnections,
  check: (session: PostgresSession) => Promise<void> = checkReadable,
): Promise<void> {
  try {
    await connections.withConnection(check);
  } catch (error) {
    throw openingErrorOf(error, nothingFound);
  }
}

/** @throws OperatorError if the database holds no ledger. */
export async function requireLedger(session: PostgresSession): Promise<void> {
  if ((await findPlace(session)) === 'creatable') throw noLedger('The database holds no ledger');
}

async function checkReadable(session: PostgresSession): Promise<void> {
  await requireLedger(session);
  await checkReadGrants(session);
  const version = await readVersion(session);
  checkKnown(version);
  checkUpgraded(version);
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

/** @throws OperatorError if the tables lack columns that this program reads. */
function checkUpgraded(version: number): void {
  if (version === migrations.length) return;
  throw new OperatorError(
    'store',
    `The database is of version ${version}, and this program reads version ${migrations.length}: ` +
      'start its server once, which upgrades the tables.',
  );
}

/** Returns the error for the operator where waiting for the database would not help. */
function openingErrorOf(error: unknown, found: Found): unknown {
  if (error instanceof NoConnection) return error.isRefusal ? operatorErrorOf(error) : error;
  const state = sqlStateOf(error) ?? '';
  if (insufficientPrivilege.has(state)) return missingRights(reasonOf(error), found);
  return alreadyExists.has(state) ? foreignObjects(reasonOf(error)) : portErrorOf(error);
}

function operatorErrorOf(error: NoConnection): OperatorError {
  return new OperatorError('store', error.message, { cause: error });
}

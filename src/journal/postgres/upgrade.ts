import { OperatorError } from '../../operator-error';
import type { Logger } from '../../telemetry/logger';
import { distributedTables, distributionOf, hasCitus, plainTables } from './citus';
import { grants, migrations, versionTable } from './migrations';
import { firstError, type PostgresSession } from './session';

/** The key of the advisory lock, unlikely to be another program's: the letters `PLdg`. */
const lockKey = 0x504c6467;

const tablesOfVersion1 = distributedTables.filter((table) => table !== 'lapse_row');

/**
 * Runs the migrations that the database lacks, in one transaction under an advisory lock: other
 * processes wait, and if this one ends, nothing has changed. Existing entries are not rewritten,
 * but each new index reads them once. Tables that are distributed stay so, and new ones become so.
 * @throws the database's error, or OperatorError if the database is newer.
 */
export async function upgrade(session: PostgresSession, logger: Logger): Promise<void> {
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
    const version = isEmpty ? null : await readVersion(session);
    checkKnown(version ?? 0);
    await run(session, version, logger);
  } catch (thrown) {
    await session.send([{ text: 'ROLLBACK' }]);
    throw thrown;
  }
}

/**
 * Returns the version of the tables.
 * @throws the database's error if they are missing, OperatorError if the table is not a ledger's.
 */
export async function readVersion(session: PostgresSession): Promise<number> {
  const [row] = await session.rows({ text: 'SELECT version FROM schema_version' });
  if (row !== undefined) return row[0] as number;
  throw new OperatorError(
    'store',
    'The table schema_version is empty, which no version of this program leaves: it is of another ' +
      'program, or was emptied. Use a separate database or schema, or restore a backup.',
  );
}

/** @throws OperatorError if a newer program has changed the tables. */
export function checkKnown(version: number): void {
  if (version <= migrations.length) return;
  throw new OperatorError(
    'store',
    `The database is of version ${version}, and this program knows versions up to ${migrations.length}. Run the version that wrote it, or a newer one.`,
  );
}

/**
 * Returns the SQL that brings a database up to date, for its owner to run.
 * @param version null if there are no tables.
 */
export function upgradeText(version: number | null, isDistributed: boolean): string {
  const statements = statementsFrom(version, isDistributed).map((text) => `${text.trim()};`);
  return ['BEGIN;', ...statements, grants.trim(), 'COMMIT;'].join('\n');
}

/** True if the tables of the first version are distributed over the nodes of Citus. */
export async function isDistributed(session: PostgresSession): Promise<boolean> {
  if (!(await hasCitus(session))) return false;
  const plain = await plainTables(session);
  return !tablesOfVersion1.some((table) => plain.includes(table));
}

async function run(
  session: PostgresSession,
  version: number | null,
  logger: Logger,
): Promise<void> {
  const isAnyDistributed = version !== null && (await isDistributed(session));
  const statements = statementsFrom(version, isAnyDistributed);
  if (version === null) return runTogether(session, [...statements, 'COMMIT']);
  const to = migrations.length;
  if (version < to) logger.info({ from: version, to }, 'Upgrading the tables; writes wait');
  for (const [index, text] of statements.entries()) {
    const statement = text.split('\n').find((line) => /^[A-Z]/.test(line));
    logger.info({ step: index + 1, steps: statements.length, statement }, 'Upgrading the tables');
    await session.rows({ text });
  }
  await runTogether(session, ['COMMIT']);
}

function statementsFrom(version: number | null, areDistributed: boolean): string[] {
  const known = version ?? 0;
  if (known === migrations.length) return [];
  return [
    ...(version === null ? statementsOf(versionTable) : []),
    ...migrations
      .slice(known)
      .flatMap((migration, index) => [
        ...statementsOf(migration),
        ...(areDistributed ? distributionsAfter(known + index + 1) : []),
      ]),
    `UPDATE schema_version SET version = ${migrations.length}`,
  ];
}

/** Returns the statements that distribute the tables that a version adds to distributed ones. */
function distributionsAfter(version: number): string[] {
  return version === 2 ? [distributionOf('lapse_row')] : [];
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

import type { Logger } from '../../telemetry/logger';
import { applicationId, migrations } from './migrations';
import { type MigratedDatabase, upgradedView, upgradeEntries } from './upgrade-entries';

interface MigratedConnection extends MigratedDatabase {
  pragma(source: string): unknown;
  inTransaction(run: () => void): void;
}

/**
 * Runs the migrations that a file lacks, in one transaction: if the process ends, nothing has
 * changed. Returns true if there were any. SQLite then refuses checkpoints of this connection
 * (a renamed table, seen with libsql 0.5), so the file has to be opened again.
 * @throws the port's errors.
 */
export function migrate(connection: MigratedConnection, logger: Logger): boolean {
  const missing = missingOf(connection);
  if (missing.length === 0) return false;
  connection.inTransaction(() => {
    for (const migration of missing) {
      if (typeof migration === 'string') connection.exec(migration);
      else migration(connection, logger);
    }
    connection.exec(`PRAGMA application_id = ${applicationId}`);
    connection.exec(`PRAGMA user_version = ${migrations.length}`);
  });
  return true;
}

/**
 * Lets a connection that only reads see the entries of an older file as an upgraded one has them,
 * without a change to the file.
 */
export function showAsUpgraded(connection: MigratedConnection): void {
  if (missingOf(connection).includes(upgradeEntries)) connection.exec(upgradedView);
}

function missingOf(connection: MigratedConnection) {
  return migrations.slice(connection.pragma('user_version') as number);
}

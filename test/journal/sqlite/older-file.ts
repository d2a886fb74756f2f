import Database from 'libsql';
import { formFor } from '../../../src/journal/row-forms';
import { applicationId, migrations } from '../../../src/journal/sqlite/migrations';
import type { Entry } from '../../../src/ledger/entry';
import { silentLogger } from '../../../src/telemetry/logger';

/** Creates an empty file as the program of an older version left it. The caller closes it. */
export function createOlderFile(path: string, version: number): Database.Database {
  const database = new Database(path);
  const migrated = {
    exec: (sql: string) => void database.exec(sql),
    statement(sql: string) {
      const statement = database.prepare(sql);
      return statement.reader ? statement.raw() : statement;
    },
  };
  for (const migration of migrations.slice(0, version)) {
    if (typeof migration === 'string') database.exec(migration);
    else migration(migrated, silentLogger);
  }
  database.exec(`
    PRAGMA application_id = ${applicationId};
    PRAGMA user_version = ${version};
    PRAGMA journal_mode = WAL;`);
  return database;
}

/** Inserts entries as every program of format 2 does: several rows per statement, OR FAIL. */
export function insertPlainly(database: Database.Database, entries: readonly Entry[]): void {
  const { columns, rowOf } = formFor(entries);
  const row = `(${columns.map(() => '?').join(', ')})`;
  const rows = entries.map(() => row).join(', ');
  database
    .prepare(`INSERT OR FAIL INTO entry (${columns.join(', ')}) VALUES ${rows}`)
    .run(entries.flatMap((entry) => [...rowOf(entry)]));
}

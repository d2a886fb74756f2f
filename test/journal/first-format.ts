import Database from 'libsql';
import { Client } from 'pg';
import {
  migrations as postgresMigrations,
  versionTable,
} from '../../src/journal/postgres/migrations';
import { applicationId, migrations } from '../../src/journal/sqlite/migrations';

/** The statements of the last version that wrote format 1: what an older server runs. */

const columns =
  'account_id, sequence, id, format, kind, payer, points, timestamp, recorded_at, reference, ' +
  'idempotency_key, allocations';

/** The INSERT of an older server, with a row of an add. */
export function insertOfFirstFormat(accountId: string, sequence: number): string {
  return (
    `INSERT INTO entry (${columns}) VALUES ('${accountId}', ${sequence}, ` +
    `'old ${accountId} ${sequence}', 1, 'transaction', 'DANNON', 10, 1600000000000, 1700000000000, ` +
    'NULL, NULL, NULL)'
  );
}

/** The trial write of an older server, by which it learns whether it can write. */
export const trialOfFirstFormat =
  'INSERT INTO entry (account_id, sequence, id, format, kind, points, recorded_at) ' +
  "VALUES ('', 5, 'trial', 0, 'trial', 0, 0)";

/** The SELECT of an older server. */
export const selectOfFirstFormat = `SELECT ${columns} FROM entry WHERE account_id = 'account 1' ORDER BY sequence`;

/** Fills the table with adds, and a spend as the last entry of each account. */
function fillOfFirstFormat(perAccount: number, series: string): string {
  const last = perAccount - 1;
  const allocations = '\'[{"sequence":1,"timestamp":1600000000000,"payer":"DANNON","points":1}]\'';
  return `
    INSERT INTO entry (${columns})
    SELECT 'account ' || (value / ${perAccount}), value % ${perAccount} + 1, 'id ' || value, 1,
      CASE WHEN value % ${perAccount} = ${last} THEN 'spend' ELSE 'transaction' END,
      CASE WHEN value % ${perAccount} = ${last} THEN NULL ELSE 'DANNON' END,
      CASE WHEN value % ${perAccount} = ${last} THEN 1 ELSE 10 END,
      CASE WHEN value % ${perAccount} = ${last} THEN NULL
        ELSE 1600000000000 + value % ${perAccount} END,
      1700000000000, NULL,
      CASE WHEN value % 3 = 0 THEN 'key ' || value END,
      CASE WHEN value % ${perAccount} = ${last} THEN ${allocations} END
    FROM ${series}`;
}

/** Creates a SQLite file as an older server left it. */
export function createFirstSqlite(path: string, accounts: number, perAccount: number): void {
  const database = new Database(path);
  const rows = `(WITH RECURSIVE number (value) AS (
    SELECT 0 UNION ALL SELECT value + 1 FROM number WHERE value < ${accounts * perAccount - 1}
  ) SELECT value FROM number)`;
  database.exec(`
    ${migrations[0]}; ${migrations[1]};
    PRAGMA application_id = ${applicationId};
    PRAGMA user_version = 2;
    PRAGMA journal_mode = WAL;`);
  database.exec(fillOfFirstFormat(perAccount, rows));
  database.close();
}

/** The statements that create the tables of the first version in PostgreSQL, one by one. */
const firstPostgresStatements = [versionTable, postgresMigrations[0]!]
  .flatMap((text) => text.split(/;[^\S\n]*(?:\n|$)/))
  .filter((text) => text.trim() !== '')
  .concat('UPDATE schema_version SET version = 1');

/** Makes an empty PostgreSQL database one that an older server has filled. */
export async function createFirstPostgres(
  url: string,
  accounts: number,
  perAccount: number,
): Promise<void> {
  await queryEach(url, [
    ...firstPostgresStatements,
    fillOfFirstFormat(
      perAccount,
      `generate_series(0, ${accounts * perAccount - 1}) AS number (value)`,
    ).replace('points":1}]\' END', 'points":1}]\'::json END'),
  ]);
}

/** Runs statements one after another on a connection of their own. */
export async function queryEach(url: string, texts: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const text of texts) await client.query(text);
  } finally {
    await client.end();
  }
}

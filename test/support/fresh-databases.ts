import { Client } from 'pg';
import { PostgresServer } from './postgres-server';

/** Makes an empty database and returns its address. */
export type FreshDatabase = () => Promise<string>;

let elsewhere: FreshDatabase | null = null;

/**
 * Makes {@link useFreshDatabases} return these databases, to run suites on another kind of server.
 */
export function databasesFrom(fresh: FreshDatabase): void {
  elsewhere = fresh;
}

/** True if suites run on another kind of server, see {@link databasesFrom}. */
export function isElsewhere(): boolean {
  return elsewhere !== null;
}

/**
 * Makes databases for the tests of one file, on a server of its own, or on the one that
 * `TEST_DATABASE_URL` names; there they are dropped after the tests.
 */
export function useFreshDatabases(): FreshDatabase {
  if (elsewhere !== null) return elsewhere;
  const given = process.env.TEST_DATABASE_URL;
  const made: string[] = [];
  let server: PostgresServer | null = null;
  beforeAll(async () => {
    if (given === undefined) server = await PostgresServer.start();
  });
  afterAll(async () => {
    await server?.dispose();
    if (given === undefined) return;
    for (const name of made) await runOn(given, `DROP DATABASE "${name}" WITH (FORCE)`);
  });
  return async () => {
    const name = `ledger_test_${process.pid}_${Date.now()}_${made.length}`;
    made.push(name);
    if (server !== null) return server.createDatabase(name);
    await runOn(given!, `CREATE DATABASE "${name}" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`);
    const url = new URL(given!);
    url.pathname = `/${name}`;
    return url.href;
  };
}

async function runOn(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

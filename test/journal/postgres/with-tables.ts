import { Client } from 'pg';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { useFreshDatabases } from '../../support/fresh-databases';

/** Runs a function on a new database with the tables of a ledger. */
type WithTables = (run: (client: Client) => Promise<void>) => Promise<void>;

/** Call it outside of the tests. */
export function useTables(): WithTables {
  const fresh = useFreshDatabases();
  return async (run) => {
    const url = await fresh();
    const journal = await PostgresJournal.open(url);
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await run(client);
    } finally {
      await client.end();
      await journal.close();
    }
  };
}

/**
 * Like {@link useTables}, but fills the tables once, for all tests of a file that only read them.
 */
export function useFilledTables(fill: (client: Client) => Promise<void>): () => Client {
  let opened: { readonly client: Client; readonly journal: PostgresJournal };
  // Before the server's own end.
  afterAll(async () => {
    await opened.client.end();
    await opened.journal.close();
  });
  const fresh = useFreshDatabases();
  beforeAll(async () => {
    const url = await fresh();
    const journal = await PostgresJournal.open(url);
    const client = new Client({ connectionString: url });
    opened = { client, journal };
    await client.connect();
    await fill(client);
  });
  return () => opened.client;
}

/** Runs a check before the planner has statistics of the tables, and after. */
export async function withAndWithoutStatistics(
  client: Client,
  check: () => Promise<void>,
): Promise<void> {
  await check();
  await client.query('ANALYZE');
  await check();
}

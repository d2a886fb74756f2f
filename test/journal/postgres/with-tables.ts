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

/** Runs a check before the planner has statistics of the tables, and after. */
export async function withAndWithoutStatistics(
  client: Client,
  check: () => Promise<void>,
): Promise<void> {
  await check();
  await client.query('ANALYZE');
  await check();
}

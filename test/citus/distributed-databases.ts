import { distributeTables } from '../../src/journal/postgres/distribute';
import type { CitusCluster } from '../support/citus-cluster';
import type { FreshDatabase } from '../support/fresh-databases';

/** Returns a function that makes databases whose tables are distributed over the workers. */
export function distributedDatabases(citus: () => CitusCluster): FreshDatabase {
  let made = 0;
  return async () => {
    made += 1;
    const url = await citus().createDatabase(`ledger_${made}`);
    await distributeTables(url, () => {});
    return url;
  };
}

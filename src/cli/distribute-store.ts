import { distributeTables } from '../journal/postgres/distribute';
import { countOf } from '../ledger/count-of';
import { CommandError } from './command-error';
import { storeOf } from './store';

export interface DistributeOptions {
  readonly database?: string;
}

/**
 * Distributes the tables of a store over the nodes of Citus.
 *
 * @throws CommandError for a SQLite file.
 */
export async function distributeStore({ database }: DistributeOptions): Promise<void> {
  const store = storeOf(database);
  if (store.kind !== 'postgres') {
    throw new CommandError(
      'A SQLite file cannot be distributed; name the coordinator with --database postgres://….',
    );
  }
  const { distributed, nodes } = await distributeTables(store.url, (table) => {
    console.error(`Distributing ${table}; writes wait until it is done.`);
  });
  const result =
    distributed.length === 0
      ? 'All tables were already distributed'
      : `Distributed ${distributed.join(', ')}`;
  console.log(`${result}, over ${countOf(nodes.length, 'node')}: ${nodes.join(', ')}.`);
}

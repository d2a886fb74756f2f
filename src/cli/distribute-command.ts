import type { Command } from 'commander';
import { distributeTables } from '../journal/postgres/distribute';
import { CommandError } from './command-error';
import { databaseHelp, databaseOption, storeOf } from './store';

export function addDistribute(points: Command): void {
  points
    .command('distribute')
    .summary('distribute the tables over the nodes of Citus')
    .description(
      "Creates the ledger's tables on a Citus coordinator if they are missing, and distributes them " +
        'by account over its nodes. Distributed tables stay as they are, so it can be run again. ' +
        'Running servers need no restart, but their writes wait while a table is copied.',
    )
    .option(databaseOption, databaseHelp)
    .action(distribute);
}

async function distribute({ database }: { readonly database?: string }): Promise<void> {
  const store = storeOf(database);
  if (store.kind !== 'postgres') {
    throw new CommandError(
      'A SQLite file cannot be distributed; name the coordinator as postgres://….',
    );
  }
  const { distributed, nodes } = await distributeTables(store.url, (table) => {
    console.error(`Distributing ${table}; writes wait until it is done.`);
  });
  const result =
    distributed.length === 0
      ? 'All tables were already distributed'
      : `Distributed ${distributed.join(', ')}`;
  console.log(`${result}, over ${nodes.length} nodes: ${nodes.join(', ')}.`);
}

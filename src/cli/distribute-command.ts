import type { Command } from 'commander';
import { databaseHelp, databaseOption } from './database-option';
import type { DistributeOptions } from './distribute-store';

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
    .action(async (options: DistributeOptions) => {
      const { distributeStore } = await import('./distribute-store.js');
      await distributeStore(options);
    });
}

import type { Command } from 'commander';
import { databaseHelp, databaseOption } from './database-option';
import type { RestoreOptions } from './restore-file';

export function addRestore(points: Command): void {
  points
    .command('restore')
    .summary('restore an export into an empty store')
    .description(
      'Restores an export as NDJSON into an empty store that no server uses. Entries keep their ids, ' +
        'so balances, lots, history and idempotency keys are the same as before. The whole export ' +
        'is checked by replay before anything is written. A restore into PostgreSQL that was ' +
        'interrupted is completed by running it again.',
    )
    .argument('<file>', 'the export, or - for the standard input')
    .option(databaseOption, databaseHelp)
    .action(async (path: string, options: RestoreOptions) => {
      const { restoreFile } = await import('./restore-file.js');
      await restoreFile(path, options);
    });
}

import type { Command } from 'commander';
import { databaseHelp, databaseOption } from './database-option';
import type { DigestsOptions } from './digests-of-store';

export function addDigests(points: Command): void {
  points
    .command('digests')
    .summary('write the digest of the last entry of each account')
    .description(
      "Writes the account, sequence and digest of each account's last entry, as NDJSON, also while " +
        'a server uses the store. Keep the file where nobody who can write to the store can write: ' +
        '`points verify --against` then detects any change to the entries before.',
    )
    .option(databaseOption, databaseHelp)
    .option('-o, --output <file>', 'the file to write (default: the standard output)')
    .action(async (options: DigestsOptions) => {
      const { digestsOfStore } = await import('./digests-of-store.js');
      await digestsOfStore(options);
    });
}

import type { Command } from 'commander';
import { databaseHelp, databaseOption } from './database-option';
import type { VerifyOptions } from './verify-store';

export function addVerify(points: Command): void {
  points
    .command('verify')
    .summary('replay all accounts and report what is wrong')
    .description(
      'Replays the entries of every account and compares each with what the rule decides: ' +
        'sequences, instants, balances, allocations, keys, digests, snapshots. Changes nothing, and ' +
        'may run while a server uses the store. Prints a line for each finding.',
    )
    .option(databaseOption, databaseHelp)
    .option(
      '--against <file>',
      'compare with what `points digests` or `points export` wrote before; later entries are accepted',
    )
    .option('--json', 'print the findings and the counts as one JSON object')
    .action(async (options: VerifyOptions) => {
      const { verifyStore } = await import('./verify-store.js');
      process.exitCode = await verifyStore(options);
    });
}

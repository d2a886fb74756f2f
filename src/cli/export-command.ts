import { type Command, Option } from 'commander';
import { databaseHelp, databaseOption } from './database-option';
import type { ExportOptions } from './export-entries';
import { collected } from './repeatable';
import { tokenHelp, tokenOption } from './token';

export function addExport(points: Command): void {
  points
    .command('export')
    .summary('write all entries, from a server or from the store')
    .description(
      'Writes every entry of every account: from the store, also while a server uses it, or from ' +
        'a server. Both write the same bytes. `points restore` restores an export as NDJSON.',
    )
    .addOption(new Option(databaseOption, databaseHelp).conflicts('url'))
    .option('--url <url>', "a ledger's GraphQL address, such as http://127.0.0.1:4000/graphql")
    .option(tokenOption, tokenHelp)
    .addOption(
      new Option('--format <format>', 'the format of the export')
        .choices(['ndjson', 'csv'])
        .default('ndjson'),
    )
    .option('--account <id>', 'this account only; repeatable', collected, [])
    .option('--excel', 'write CSV with a byte order mark, so that Excel reads it as UTF-8')
    .option('-o, --output <file>', 'the file to write (default: the standard output)')
    .option('--json', 'print the result as JSON; needs --output')
    .action(async (options: ExportOptions) => {
      const { exportEntries } = await import('./export-entries.js');
      await exportEntries(options);
    });
}

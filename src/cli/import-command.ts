import { type Command, Option } from 'commander';
import type { ImportOptions } from './import-options';
import { collected } from './repeatable';
import { tokenHelp, tokenOption } from './token';
import { wholeNumber } from './whole-number';

export function addImport(points: Command): void {
  const command = points
    .command('import')
    .summary('add the transactions of a file, over HTTP')
    .description(
      'Adds the transactions of a CSV or NDJSON file to a ledger, over HTTP. Refused rows are ' +
        'written to a file, and the other rows are added. Run again after an interruption, it adds ' +
        'no row twice.',
    )
    .argument('<file>', 'the file, or - for the standard input');
  addSendingOptions(command);
  addReadingOptions(command);
  command.action(async (path: string, options: ImportOptions) => {
    const { importFile } = await import('./import-file.js');
    process.exitCode = await importFile(path, options);
  });
}

function addSendingOptions(command: Command): void {
  command
    .option('--url <url>', "the ledger's GraphQL address", 'http://127.0.0.1:4000/graphql')
    .option(tokenOption, tokenHelp)
    .option(
      '--name <name>',
      'the prefix of the idempotency keys (default: the SHA-256 of the file)',
    )
    .option(
      '--refusals <file>',
      'the file for refused rows (default: FILE.refused.csv in the same folder; of a pipe, import.refused.csv)',
    )
    .option(
      '--concurrency <calls>',
      'the most calls in flight, never two of one account',
      wholeNumber(1, 16),
      4,
    )
    .option(
      '--patience <seconds>',
      'how long to retry if the server becomes unreachable; it must be reachable at the start',
      wholeNumber(0, 86_400),
      120,
    )
    .option('--again', 'add all rows again, though they were added under another name')
    .option('--dry-run', 'check the file and print what it holds; send nothing')
    .option('--json', 'print the result as JSON');
}

function addReadingOptions(command: Command): void {
  command
    .addOption(
      new Option(
        '--format <format>',
        'the format of the file (default: detected from its name or its start)',
      ).choices(['csv', 'ndjson']),
    )
    .option(
      '--map <column=name>',
      'the name of a column in the file, such as payer=Brand; repeatable',
      collected,
      [],
    )
    .option(
      '--set <column=value>',
      'a value for all rows, such as account_id=member-1; repeatable',
      collected,
      [],
    )
    .option(
      '--accept-dates',
      'import timestamps before 1970 or more than a year ahead without asking',
    )
    .addOption(
      new Option(
        '--trim',
        'remove blanks around names and around quoted cells (default: such rows are refused)',
      ).conflicts('keepBlanks'),
    )
    .option('--keep-blanks', 'keep blanks around names, and quotes after a blank, as part of them')
    .option(
      '--skip-expired',
      'skip and count rows whose expires_at has passed (default: the server refuses them)',
    )
    .option(
      '--cut-digits',
      'drop digits of instants after the millisecond (default: such rows are refused)',
    );
}

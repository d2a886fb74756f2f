import { type Command, Option } from 'commander';
import { type ImportOptions, importFile } from './import-file';
import { wholeNumber } from './whole-number';

export function addImport(points: Command): void {
  points
    .command('import')
    .summary('add the transactions of a file, over HTTP')
    .description(
      'Adds the transactions of a CSV or NDJSON file to a ledger, over HTTP. Refused rows go to a ' +
        'file and the rest go on. Interrupted and run again, it doubles no row.',
    )
    .argument('<file>', 'the file, or - for the standard input')
    .option('--url <url>', "the ledger's GraphQL address", 'http://127.0.0.1:4000/graphql')
    .option(
      '--name <name>',
      'what the idempotency keys begin with (default: the SHA-256 of the file)',
    )
    .addOption(
      new Option(
        '--format <format>',
        'what the file is (default: as its name or its start tells)',
      ).choices(['csv', 'ndjson']),
    )
    .option(
      '--refusals <file>',
      'where refused rows go (default: beside the file, as FILE.refused.csv)',
    )
    .option(
      '--concurrency <calls>',
      'calls in flight, never two of one account',
      wholeNumber(1, 16),
      4,
    )
    .option(
      '--patience <seconds>',
      'how long to wait for a server that goes away while rows are sent; it must be there at the start',
      wholeNumber(0, 86_400),
      120,
    )
    .addOption(
      new Option(
        '--trim',
        'remove blanks around names and around quoted cells (default: such rows are refused)',
      ).conflicts('keepBlanks'),
    )
    .option('--keep-blanks', 'take blanks around names, and quotes after a blank, as part of them')
    .option(
      '--cut-digits',
      'drop digits of instants after the millisecond (default: such rows are refused)',
    )
    .action(async (path: string, options: ImportOptions) => {
      process.exitCode = await importFile(path, options);
    });
}

import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { csvWriter, ndjsonWriter } from '../archive/export-format';
import type { ExportedEntry } from '../archive/exported-entry';
import { storeEntries } from '../archive/store-entries';
import { writeExport } from '../archive/write-export';
import { CommandError, exitCodes } from './command-error';
import { interruption } from './interruption';
import { LedgerClient } from './ledger-client';
import { counted, createProgress, type Progress } from './progress';
import { serverEntries } from './server-entries';
import { databaseHelp, databaseOption, openReader, storeOf } from './store';

interface ExportOptions {
  readonly url?: string;
  readonly database?: string;
  readonly format: 'ndjson' | 'csv';
  readonly account?: string;
  readonly output?: string;
}

export function addExport(points: Command): void {
  points
    .command('export')
    .summary('write all entries, from a server or from the store')
    .description(
      'Writes every entry of every account: from the store, also while a server uses it, or from ' +
        'a server. Both write the same bytes. What is written as NDJSON, `points restore` puts back.',
    )
    .addOption(new Option(databaseOption, databaseHelp).conflicts('url'))
    .option('--url <url>', "a ledger's GraphQL address, such as http://127.0.0.1:4000/graphql")
    .addOption(
      new Option('--format <format>', 'how to write').choices(['ndjson', 'csv']).default('ndjson'),
    )
    .option('--account <id>', 'one account only')
    .option('-o, --output <file>', 'where to (default: the standard output)')
    .action(exportEntries);
}

async function exportEntries(options: ExportOptions): Promise<void> {
  const only = options.account ?? null;
  // What goes to the standard output ends with the process.
  const signal = options.output === undefined ? null : interruption();
  if (options.url !== undefined) {
    const client = new LedgerClient(options.url, signal);
    return write(serverEntries(client, only), options, signal);
  }
  const reader = await openReader(storeOf(options.database));
  try {
    await write(storeEntries(reader, only), options, signal);
  } finally {
    await reader.close();
  }
}

async function write(
  pages: AsyncIterable<ExportedEntry[]>,
  { output, format }: ExportOptions,
  signal: AbortSignal | null,
): Promise<void> {
  const writer = format === 'csv' ? csvWriter : ndjsonWriter;
  if (output === undefined || signal === null) return writeOut(writeExport(pages, writer));
  const progress = createProgress(0, 'Exporting');
  const counts = { accounts: 0, entries: 0 };
  const told = tellEach(writeExport(pages, writer, counts), () =>
    progress.show(counts.entries, { entries: counted(counts.entries) }),
  );
  await writeFile(told, output, progress, signal);
  console.error(
    `${counted(counts.entries)} entries of ${counted(counts.accounts)} accounts in ${output}.`,
  );
}

/** Whoever reads may have seen enough, as `head` does: that is no failure. */
async function writeOut(text: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(text, process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

/** The file gets its name when it is whole, so that nobody takes half an export for one. */
async function writeFile(
  text: AsyncIterable<string>,
  output: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const unfinished = `${output}.unfinished`;
  try {
    await pipeline(text, createWriteStream(unfinished, { flush: true }), { signal });
    renameSync(unfinished, output);
  } catch (error) {
    rmSync(unfinished, { force: true });
    if (signal.aborted) throw new CommandError('Interrupted.', exitCodes.interrupted);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !('syscall' in (error as object))) throw error;
    throw new CommandError(`${output} cannot be written: ${message}.`);
  } finally {
    progress.end();
  }
}

async function* tellEach<Item>(items: AsyncIterable<Item>, tell: () => void): AsyncGenerator<Item> {
  for await (const item of items) {
    yield item;
    tell();
  }
}

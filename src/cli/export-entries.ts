import { csvWriter, type ExportWriter, excelWriter, ndjsonWriter } from '../archive/export-format';
import { hasEntries, storeEntries } from '../archive/store-entries';
import { type WrittenCounts, writeExport } from '../archive/write-export';
import { countOf } from '../ledger/count-of';
import type { Entry } from '../ledger/entry';
import { CommandError, exitCodes } from './command-error';
import { accountsNamed, checkAccounts } from './export-accounts';
import { interruption } from './interruption';
import { LedgerClient } from './ledger-client';
import { outputPath } from './output-file';
import { createProgress } from './progress';
import { serverEntries, showsEntries } from './server-entries';
import { openReader, storeOf } from './store';
import { readToken } from './token';
import { writeFile, writeOut } from './write-text';

export interface ExportOptions {
  readonly url?: string;
  readonly tokenFile?: string;
  readonly database?: string;
  readonly format: 'ndjson' | 'csv';
  readonly account: readonly string[];
  readonly output?: string;
  readonly excel?: boolean;
  readonly json?: boolean;
}

/** Writes the entries of a server or a store to a file, or to the standard output. */
export async function exportEntries(given: ExportOptions): Promise<void> {
  const options = { ...given, output: outputPath(given.output) };
  checkOptions(options);
  const only = accountsNamed(options.account);
  // An export to the standard output ends with the process.
  const signal = options.output === undefined ? null : interruption();
  if (options.url !== undefined) {
    const client = new LedgerClient(options.url, readToken(options.tokenFile), signal);
    await unlessInterrupted(signal, async () => {
      await client.reach();
      await checkAccounts(only, (id) => showsEntries(client, id));
    });
    return write(serverEntries(client, only), options, signal);
  }
  const reader = await openReader(storeOf(options.database));
  try {
    await checkAccounts(only, (id) => hasEntries(reader, id));
    await write(storeEntries(reader, only), options, signal);
  } finally {
    await reader.close();
  }
}

/** What runs before anything is written. */
async function unlessInterrupted(
  signal: AbortSignal | null,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!signal?.aborted) throw error;
    throw new CommandError('Interrupted.', exitCodes.interrupted);
  }
}

async function write(
  pages: AsyncIterable<readonly Entry[]>,
  options: ExportOptions,
  signal: AbortSignal | null,
): Promise<void> {
  const { output } = options;
  const writer = writerOf(options);
  const counts = { accounts: 0, entries: 0, leftOut: 0 };
  if (output === undefined || signal === null) {
    await writeOut(writeExport(pages, writer, counts));
    return printLeftOut(counts);
  }
  const progress = createProgress(0, 'Exporting');
  const text = notifyEach(writeExport(pages, writer, counts), () =>
    progress.show(counts.entries, [countOf(counts.entries, 'entry', 'entries')]),
  );
  await writeFile(text, output, progress, signal);
  printResult(counts, output, options);
  printLeftOut(counts);
}

/** @throws CommandError for options that contradict each other. */
function checkOptions({ format, excel, json, output }: ExportOptions): void {
  if (excel && format !== 'csv') {
    throw new CommandError('--excel writes CSV: add --format csv, or omit it.');
  }
  if (json && output === undefined) {
    throw new CommandError(
      '--json needs --output FILE, as the export itself is written to the standard output.',
    );
  }
}

function writerOf({ format, excel }: ExportOptions): ExportWriter {
  if (format === 'ndjson') return ndjsonWriter;
  return excel ? excelWriter : csvWriter;
}

function printResult(counts: WrittenCounts, output: string, { json }: ExportOptions): void {
  const { accounts, entries } = counts;
  if (json) console.log(JSON.stringify({ accounts, entries, output }));
  else
    console.error(
      `${countOf(entries, 'entry', 'entries')} of ${countOf(accounts, 'account')} in ${output}.`,
    );
}

function printLeftOut({ leftOut }: WrittenCounts): void {
  if (leftOut === 0) return;
  console.error(
    `CSV holds transactions and spends: ${countOf(leftOut, 'other entry was', 'other entries were')} left out. ` +
      'NDJSON holds all.',
  );
}

async function* notifyEach<Item>(
  items: AsyncIterable<Item>,
  notify: () => void,
): AsyncGenerator<Item> {
  for await (const item of items) {
    yield item;
    notify();
  }
}

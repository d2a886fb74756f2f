import type { Command } from 'commander';
import { readExport } from '../archive/read-export';
import { restoreEntries } from '../archive/restore-entries';
import { CommandError, exitCodes } from './command-error';
import { type InputFile, openInput } from './input-file';
import { interruption } from './interruption';
import { counted, createProgress } from './progress';
import { databaseHelp, databaseOption, fillEmptyStore, storeOf } from './store';

export function addRestore(points: Command): void {
  points
    .command('restore')
    .summary('restore an export into an empty store')
    .description(
      'Restores an export as NDJSON into an empty store that no server uses. Entries keep their ids, ' +
        'so balances, lots, history and idempotency keys are the same as before. The whole export ' +
        'is checked by replay before anything is written.',
    )
    .argument('<file>', 'the export, or - for the standard input')
    .option(databaseOption, databaseHelp)
    .action(restore);
}

async function restore(path: string, { database }: { readonly database?: string }): Promise<void> {
  const store = storeOf(database);
  const signal = interruption();
  const input = await openInput(path, signal);
  try {
    const entries = await check(input, signal);
    await fillEmptyStore(store, (journal) => {
      const progress = createProgress(input.bytes, 'Restoring');
      return restoreEntries(journal, readExport(input.open(signal)), (count, bytes) =>
        progress.show(bytes, { entries: counted(count) }),
      ).finally(() => progress.end());
    });
    console.log(`${counted(entries)} entries restored.`);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new CommandError(`Interrupted. ${(error as Error).message}`, exitCodes.interrupted);
  } finally {
    input.dispose();
  }
}

/** Replays the whole export, so that a wrong one changes nothing. Returns the number of entries. */
async function check(input: InputFile, signal: AbortSignal): Promise<number> {
  const progress = createProgress(input.bytes, 'Checking');
  let count = 0;
  try {
    for await (const { entries, bytes } of readExport(input.open(signal))) {
      count += entries.length;
      progress.show(bytes, { entries: counted(count) });
    }
    return count;
  } finally {
    progress.end();
  }
}

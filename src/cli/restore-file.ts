import { readExport } from '../archive/read-export';
import { restoreEntries } from '../archive/restore-entries';
import { countOf } from '../ledger/count-of';
import { CommandError, exitCodes } from './command-error';
import { type InputFile, openInput } from './input-file';
import { interruption } from './interruption';
import { createProgress } from './progress';
import { fillEmptyStore, leftOfRestore, storeOf } from './store';

export interface RestoreOptions {
  readonly database?: string;
}

/**
 * Restores an export into an empty store.
 *
 * @throws CommandError if it was interrupted, ExportError if the export is wrong, and OperatorError
 *   if the store is not empty.
 */
export async function restoreFile(path: string, { database }: RestoreOptions): Promise<void> {
  const store = storeOf(database);
  let left = 'Nothing was changed.';
  const signal = interruption(() => left);
  const input = await openInput(path, signal);
  try {
    const entries = await check(input, signal);
    await fillEmptyStore(store, (journal) => {
      left = leftOfRestore(store);
      const progress = createProgress(input.bytes, 'Restoring');
      return restoreEntries(
        journal,
        readExport(() => input.open(signal)),
        (count, bytes) => progress.show(bytes, [countOf(count, 'entry', 'entries')]),
      ).finally(() => progress.end());
    });
    left = '';
    console.log(`${countOf(entries, 'entry', 'entries')} restored.`);
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
    for await (const { entries, bytes } of readExport(() => input.open(signal))) {
      count += entries.length;
      progress.show(bytes, [countOf(count, 'entry', 'entries')]);
    }
    return count;
  } finally {
    progress.end();
  }
}

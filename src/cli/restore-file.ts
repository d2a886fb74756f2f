import { type ExportStep, readExport } from '../archive/read-export';
import { restoreEntries } from '../archive/restore-entries';
import { storedPart } from '../archive/stored-part';
import { countOf } from '../ledger/count-of';
import { CommandError, exitCodes } from './command-error';
import { fillStore, leftOfRestore } from './fill-store';
import { type InputFile, openInput } from './input-file';
import { interruption } from './interruption';
import { createProgress } from './progress';
import { storeOf } from './store';

export interface RestoreOptions {
  readonly database?: string;
}

/**
 * Restores an export into an empty store, or completes a restore of it that was interrupted.
 *
 * @throws CommandError if it was interrupted, ExportError if the export is wrong, and OperatorError
 *   if the store holds anything else.
 */
export async function restoreFile(path: string, { database }: RestoreOptions): Promise<void> {
  const store = storeOf(database);
  let left = 'Nothing was changed.';
  const signal = interruption(() => left);
  const input = await openInput(path, signal);
  try {
    const entries = await withProgress(input, 'Checking', (onProgress) =>
      check(stepsOf(input, signal), onProgress),
    );
    const before = await fillStore(store, entries, {
      compare: (journal) =>
        withProgress(input, 'Comparing', (onProgress) =>
          storedPart(journal, stepsOf(input, signal), onProgress),
        ),
      begin() {
        left = leftOfRestore(store);
      },
      fill: (journal, leading) =>
        withProgress(input, 'Restoring', (onProgress) =>
          restoreEntries(journal, stepsOf(input, signal), onProgress, leading),
        ),
    });
    left = '';
    console.log(resultOf(entries, before));
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new CommandError(`Interrupted. ${(error as Error).message}`, exitCodes.interrupted);
  } finally {
    input.dispose();
  }
}

function stepsOf(input: InputFile, signal: AbortSignal): AsyncIterable<ExportStep> {
  return readExport(() => input.open(signal));
}

type OnProgress = (entries: number, bytes: number) => void;

/** Shows how far a pass over the export is. */
async function withProgress<Result>(
  input: InputFile,
  title: string,
  pass: (onProgress: OnProgress) => Promise<Result>,
): Promise<Result> {
  const progress = createProgress(input.bytes, title);
  try {
    return await pass((count, bytes) => progress.show(bytes, [countOf(count, 'entry', 'entries')]));
  } finally {
    progress.end();
  }
}

/** Replays the whole export, so that a wrong one changes nothing. Returns the number of entries. */
async function check(steps: AsyncIterable<ExportStep>, onProgress: OnProgress): Promise<number> {
  let count = 0;
  for await (const { entries, bytes } of steps) {
    count += entries.length;
    onProgress(count, bytes);
  }
  return count;
}

/** @param before how many entries the store held before. */
function resultOf(entries: number, before: number): string {
  const restored = countOf(entries, 'entry', 'entries');
  if (before === 0) return `${restored} restored.`;
  if (before === entries) return `The database held the whole export before: ${restored}.`;
  return `${restored} restored, ${before.toLocaleString('en-US')} of them before.`;
}

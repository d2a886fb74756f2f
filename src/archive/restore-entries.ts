import {
  type Append,
  AppendOutcomeUnknown,
  type Journal,
  JournalUnavailable,
} from '../journal/journal';
import type { Entry } from '../ledger/entry';
import { retry } from '../retry';
import type { ExportStep } from './read-export';

/** Entries of one append: one statement, one fsync. */
const batchSize = 1_000;
const attempts = 10;
const pauseMs = 500;

/** Entries did not go in: somebody else writes to the store. */
export class StoreInUse extends JournalUnavailable {}

/**
 * Appends the entries of an export, that was read to its end before, to an empty store. Rejects as
 * the journal does, or where somebody else writes to it meanwhile.
 */
export async function restoreEntries(
  journal: Journal,
  steps: AsyncIterable<ExportStep>,
  onProgress: (entries: number, bytes: number) => void,
): Promise<void> {
  let waiting: Entry[] = [];
  let last: Entry | null = null;
  let count = 0;
  const flush = async () => {
    if (waiting.length === 0) return;
    await append(journal, appendsOf(waiting, last));
    last = waiting[waiting.length - 1];
    count += waiting.length;
    waiting = [];
  };
  for await (const { entries, bytes } of steps) {
    for (const entry of entries) {
      waiting.push(entry);
      if (waiting.length >= batchSize) await flush();
    }
    onProgress(count, bytes);
  }
  await flush();
}

/** @param last the entry that was appended before these. */
function appendsOf(entries: readonly Entry[], last: Entry | null): Append[] {
  const appends: { accountId: string; after: Append['after']; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const { accountId } = entry;
    const current = appends[appends.length - 1];
    if (current?.accountId === accountId) current.entries.push(entry);
    else
      appends.push({
        accountId,
        after: last?.accountId === accountId ? last : null,
        entries: [entry],
      });
  }
  return appends;
}

/** Appends the same entries until they are stored, however their first append ended. */
async function append(journal: Journal, appends: readonly Append[]): Promise<void> {
  await retry(() => appendOnce(journal, appends), {
    attemptsMax: attempts,
    pauseMs: () => pauseMs,
    isRetryable: (error) =>
      !(error instanceof StoreInUse) &&
      (error instanceof JournalUnavailable || error instanceof AppendOutcomeUnknown),
  });
}

async function appendOnce(journal: Journal, appends: readonly Append[]): Promise<void> {
  const results = await journal.append(appends);
  const refused = appends.filter((_append, at) => results[at] === 'conflict');
  const stored = await journal.confirm(refused.flatMap(({ entries }) => entries));
  if (!stored.every((isStored) => isStored)) {
    throw new StoreInUse('Somebody else wrote to the store meanwhile.');
  }
}

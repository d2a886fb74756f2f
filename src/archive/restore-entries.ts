import type { Append, Journal } from '../journal/journal';
import { AppendOutcomeUnknown, JournalUnavailable } from '../journal/journal-error';
import { type Entry, lotsOf } from '../ledger/entry';
import { retry } from '../retry';
import type { ExportStep } from './read-export';

/** The most entries of one append: one statement, one fsync. */
const batchSize = 1_000;
/** An append ends with the entry that brings its lots to this number: lapses have rows of them. */
const lotsMax = 10_000;
const attempts = 10;
const pauseMs = 500;

/** Another process writes to the store, so that an append was refused. */
class StoreInUse extends JournalUnavailable {}

/**
 * Appends the entries of an export to an empty store. The export must have been checked to its end
 * before. Rejects as the journal does, or if another process writes to the store meanwhile.
 */
export async function restoreEntries(
  journal: Journal,
  steps: AsyncIterable<ExportStep>,
  onProgress: (entries: number, bytes: number) => void,
): Promise<void> {
  let batch: Entry[] = [];
  let last: Entry | null = null;
  let count = 0;
  let lots = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await append(journal, appendsOf(batch, last));
    last = batch[batch.length - 1];
    count += batch.length;
    batch = [];
    lots = 0;
  };
  for await (const { entries, bytes } of steps) {
    for (const entry of entries) {
      batch.push(entry);
      lots += lotsOf(entry);
      if (batch.length >= batchSize || lots >= lotsMax) await flush();
    }
    onProgress(count, bytes);
  }
  await flush();
}

/**
 * Groups entries by account.
 * @param last the entry that was appended before these.
 */
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

/** Retries the same append until its entries are stored, however the first attempt ended. */
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
    throw new StoreInUse('Another process wrote to the store meanwhile.');
  }
}

import type { Append, Journal } from '../journal/journal';
import type { Entry } from '../ledger/entry';
import { batchesOf } from './export-batches';
import type { ExportStep } from './read-export';
import { retryStore, StoreInUse } from './retry-store';

/** What a restore uses of a journal. */
export type RestoredJournal = Pick<Journal, 'append' | 'confirm'>;

/**
 * Appends the entries of an export to a store that holds none or some of them, see `storedPart`.
 * The export must have been checked to its end before. Rejects as the journal does, or if another
 * process writes to the store meanwhile.
 * @param stored how many of the export's first entries are stored; none of them is sent again,
 *   unless others of its batch are missing.
 */
export async function restoreEntries(
  journal: RestoredJournal,
  steps: AsyncIterable<ExportStep>,
  onProgress: (entries: number, bytes: number) => void,
  stored = 0,
): Promise<void> {
  let last: Entry | null = null;
  let count = 0;
  let skipped: readonly Entry[] = [];
  for await (const { entries, bytes } of batchesOf(steps)) {
    count += entries.length;
    if (count <= stored) {
      skipped = entries;
    } else {
      await confirm(journal, skipped);
      skipped = [];
      await append(journal, appendsOf(entries, last));
    }
    last = entries[entries.length - 1];
    onProgress(count, bytes);
  }
  await confirm(journal, skipped);
}

/**
 * Confirms the last batch that was stored before: the restore that sent it may have ended before it
 * knew the outcome, and a standby may lack it. That restore knew the outcome of all batches before.
 */
async function confirm(journal: RestoredJournal, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const stored = await retryStore(() => journal.confirm(entries));
  if (!stored.every((isStored) => isStored)) throw inUse();
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
async function append(journal: RestoredJournal, appends: readonly Append[]): Promise<void> {
  await retryStore(() => appendOnce(journal, appends));
}

/** Appends those of the entries that are not stored. Of each account, the first ones may be. */
async function appendOnce(journal: RestoredJournal, appends: readonly Append[]): Promise<void> {
  const results = await journal.append(appends);
  const refused = appends.filter((_append, at) => results[at] === 'conflict');
  if (refused.length === 0) return;
  const stored = await journal.confirm(refused.flatMap(({ entries }) => entries));
  let from = 0;
  const missing = refused.flatMap((each) => {
    const to = from + each.entries.length;
    const rest = restOf(each, stored.slice(from, to));
    from = to;
    return rest;
  });
  if (missing.length > 0) await appendOnce(journal, missing);
}

/**
 * Returns what is missing of a refused append; empty if all of it is stored.
 * @throws StoreInUse if its first entry is not stored: then another process caused the refusal.
 */
function restOf({ accountId, entries }: Append, stored: readonly boolean[]): Append[] {
  const count = stored.includes(false) ? stored.indexOf(false) : stored.length;
  if (count === 0 || stored.includes(true, count)) throw inUse();
  if (count === stored.length) return [];
  return [{ accountId, after: entries[count - 1]!, entries: entries.slice(count) }];
}

function inUse(): StoreInUse {
  return new StoreInUse('Another process wrote to the store meanwhile.');
}

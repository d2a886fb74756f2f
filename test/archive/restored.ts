import type { ExportStep } from '../../src/archive/read-export';
import type { Append } from '../../src/journal/journal';
import { MemoryJournal } from '../../src/journal/memory/journal';
import type { Entry } from '../../src/ledger/entry';

/** Passes entries on as an export is read: in steps that are no batches. */
export async function* stepsOf(all: readonly Entry[]): AsyncGenerator<ExportStep> {
  for (let at = 0; at < all.length; at += 700)
    yield { entries: all.slice(at, at + 700), bytes: at };
}

/** Returns a store of these entries, those of an account in their order. */
export async function storeOf(entries: readonly Entry[]): Promise<MemoryJournal> {
  const store = new MemoryJournal();
  const ids = [...new Set(entries.map(({ accountId }) => accountId))];
  const appends = ids.map((accountId): Append => {
    const own = entries.filter((entry) => entry.accountId === accountId);
    return { accountId, after: null, entries: own };
  });
  await store.append(appends);
  return store;
}

/** Returns all entries of a store, as an export has them. */
export async function heldBy(journal: MemoryJournal): Promise<Entry[]> {
  const all = { after: null, before: null, order: 'ascending', limit: 10_000 } as const;
  const range = { from: 1, to: 10_000, order: 'ascending', limit: 10_000 } as const;
  const found: Entry[] = [];
  for (const accountId of await journal.accounts(all)) {
    found.push(...(await journal.entries({ accountId, ...range })));
  }
  return found;
}

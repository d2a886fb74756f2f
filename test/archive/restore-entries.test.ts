import type { ExportStep } from '../../src/archive/read-export';
import { restoreEntries } from '../../src/archive/restore-entries';
import { MemoryJournal } from '../../src/journal/memory/journal';
import type { Entry } from '../../src/ledger/entry';
import { transaction } from '../journal/entries';
import { ScriptedJournal } from '../journal/scripted-journal';

/** Accounts of very different sizes, so that batches end within them and between them. */
const entries = [3, 2_500, 1, 996, 1_001].flatMap((count, account) =>
  Array.from({ length: count }, (_unused, at) => transaction(`a${account}`, at + 1)),
);

async function* stepsOf(all: readonly Entry[]): AsyncGenerator<ExportStep> {
  for (let at = 0; at < all.length; at += 700)
    yield { entries: all.slice(at, at + 700), bytes: at };
}

async function heldBy(journal: MemoryJournal): Promise<Entry[]> {
  const all = { after: null, before: null, order: 'ascending', limit: 100 } as const;
  const range = { from: 1, to: 10_000, order: 'ascending', limit: 10_000 } as const;
  const found: Entry[] = [];
  for (const accountId of await journal.accounts(all)) {
    found.push(...(await journal.entries({ accountId, ...range })));
  }
  return found;
}

test('entries of accounts of any size are all appended', async () => {
  const store = new MemoryJournal();
  await restoreEntries(store, stepsOf(entries), () => {});
  expect(await heldBy(store)).toEqual(entries);
});

test('an append that failed, or whose response was lost, is retried', async () => {
  const store = new MemoryJournal();
  const journal = new ScriptedJournal(store);
  journal.fail('append');
  journal.loseResponse();
  await restoreEntries(journal, stepsOf(entries), () => {});
  expect(await heldBy(store)).toEqual(entries);
});

test('a restore ends if another process writes to the store, and entries are not mixed', async () => {
  const store = new MemoryJournal();
  const journal = new ScriptedJournal(store);
  journal.loseRace();
  await expect(restoreEntries(journal, stepsOf(entries), () => {})).rejects.toThrow(
    'Another process wrote to the store meanwhile.',
  );
});

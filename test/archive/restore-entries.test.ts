import { restoreEntries } from '../../src/archive/restore-entries';
import { storedPart } from '../../src/archive/stored-part';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { transaction } from '../journal/entries';
import { ScriptedJournal } from '../journal/scripted-journal';
import { heldBy, stepsOf, storeOf } from './restored';

/** Accounts of very different sizes, so that batches end within them and between them. */
const entries = [3, 2_500, 1, 996, 1_001].flatMap((count, account) =>
  Array.from({ length: count }, (_unused, at) => transaction(`a${account}`, at + 1)),
);

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

const nothing = () => {};

test.each([0, 1, 3, 999, 1_000, 1_001, 2_503, 3_000, 3_500, 4_500, entries.length])(
  'a store with the first %d entries gets exactly the others',
  async (count) => {
    const store = await storeOf(entries.slice(0, count));
    const { leading } = await storedPart(store, stepsOf(entries), nothing);
    expect(leading).toBe(count);
    await restoreEntries(store, stepsOf(entries), nothing, leading);
    expect(await heldBy(store)).toEqual(entries);
  },
);

test('batches that are stored are not sent again, and the last of them is confirmed', async () => {
  const store = await storeOf(entries.slice(0, 2_000));
  const journal = new ScriptedJournal(store);
  await restoreEntries(journal, stepsOf(entries), nothing, 2_000);
  expect(journal.calls).toEqual(['confirm', 'append', 'append', 'append']);
  expect(journal.appended[0]![0]!.after?.id).toBe(entries[1_999]!.id);
  journal.calls.length = 0;
  await restoreEntries(journal, stepsOf(entries), nothing, entries.length);
  expect(journal.calls).toEqual(['confirm']);
});

test('entries of an interrupted restore that are committed late are not stored twice', async () => {
  const store = new MemoryJournal();
  const journal = new ScriptedJournal(store);
  // Of the first account all, of the second a part: as if the nodes of Citus committed apart.
  journal.loseRace(() => [
    { accountId: 'a0', after: null, entries: entries.slice(0, 3) },
    { accountId: 'a1', after: null, entries: entries.slice(3, 500) },
  ]);
  await restoreEntries(journal, stepsOf(entries), nothing);
  expect(await heldBy(store)).toEqual(entries);
});

test('a store that lost what was compared is not filled around the gap', async () => {
  const store = await storeOf(entries.slice(0, 999));
  await expect(restoreEntries(store, stepsOf(entries), nothing, 1_000)).rejects.toThrow(
    'Another process wrote to the store meanwhile.',
  );
  expect(await heldBy(store)).toEqual(entries.slice(0, 999));
});

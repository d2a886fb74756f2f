import { join } from 'node:path';
import Database from 'libsql';
import { digestOf } from '../../src/digest/entry-digest';
import type { Journal } from '../../src/journal/journal';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { SqliteJournal } from '../../src/journal/sqlite/journal';
import type { Entry } from '../../src/ledger/entry';
import { run as entriesOf } from '../journal/entries';
import { ScriptedJournal } from '../journal/scripted-journal';
import { useFolder } from '../journal/sqlite/fixture';
import { add, kinds, read, run, serviceOn, spend } from './service-fixture';

const folder = useFolder();

function stored(journal: Journal, accountId = 'm'): Promise<Entry[]> {
  return journal.entries({ accountId, from: 1, to: 1_000, order: 'ascending', limit: 1_000 });
}

/** The digests that these entries should have as one chain. */
function chainOf(entries: readonly Entry[]): (string | null)[] {
  const digests: string[] = [];
  for (const entry of entries) digests.push(digestOf(entry, digests.at(-1) ?? null));
  return digests;
}

const digestsOf = (entries: readonly Entry[]) => entries.map(({ digest }) => digest);

test('the entries of an account are one chain, also within a batch, and are returned with it', async () => {
  const journal = new MemoryJournal();
  const service = serviceOn(journal);
  const jobs = [add(5, { key: 'k' }), add(7), spend(3), add(1)].map((each) =>
    run(service, 'm', each),
  );
  const returned = (await Promise.all(jobs)).flatMap(({ outcomes }) =>
    outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? outcome.entry : [])),
  );
  await run(service, 'm', add(2), spend(9));
  await run(service, 'other', add(2));
  const entries = await stored(journal);
  expect(entries).toHaveLength(6);
  expect(digestsOf(entries)).toEqual(chainOf(entries));
  expect(returned).toEqual(entries.slice(0, 4));
  expect(digestsOf(await stored(journal, 'other'))).toEqual(
    chainOf(await stored(journal, 'other')),
  );
  const { outcomes } = await run(service, 'm', add(5, { key: 'k' }));
  expect(outcomes).toEqual([{ kind: 'replayed', entry: entries[0] }]);
});

test('a refused command leaves no gap in the chain', async () => {
  const journal = new MemoryJournal();
  const service = serviceOn(journal);
  const { outcomes } = await run(service, 'm', add(5), spend(6), spend(5), spend(1));
  expect(kinds(outcomes)).toEqual([
    'accepted',
    'INSUFFICIENT_POINTS',
    'accepted',
    'INSUFFICIENT_POINTS',
  ]);
  const entries = await stored(journal);
  expect(digestsOf(entries)).toEqual(chainOf(entries));
});

test('after an unknown outcome, the same entries with the same digests are sent again', async () => {
  const store = new MemoryJournal({ shared: true });
  const journal = new ScriptedJournal(store);
  const service = serviceOn(journal);
  await run(service, 'm', add(5));
  journal.delay();
  journal.delay();
  await run(service, 'm', add(6), spend(3));
  const [, first, second, third] = journal.appended.map(([append]) => append!.entries);
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  const entries = await stored(store);
  expect(entries.slice(1)).toEqual(first);
  expect(digestsOf(entries)).toEqual(chainOf(entries));
});

test('after a conflict, the digests are computed again after the entry of the other server', async () => {
  const store = new MemoryJournal({ shared: true });
  const [one, two] = [serviceOn(store), serviceOn(store)];
  await run(one, 'm', add(5));
  await read(two, 'm');
  await Promise.all(
    Array.from({ length: 40 }, (_each, index) => run(index % 2 === 0 ? one : two, 'm', add(1))),
  );
  const entries = await stored(store);
  expect(entries).toHaveLength(41);
  expect(digestsOf(entries)).toEqual(chainOf(entries));
});

test('the chain continues from the row of the last entry, not from a snapshot', async () => {
  const store = new MemoryJournal();
  const limits = { snapshotEntriesMin: 3 };
  for (let round = 1; round <= 4; round += 1) {
    const service = serviceOn(store, { limits });
    await run(service, 'm', ...Array.from({ length: 5 }, () => add(1)), spend(5));
    await service.close();
  }
  const [{ snapshot }] = await store.catchUp([{ accountId: 'm', known: null, keys: [] }], 10);
  expect(snapshot?.entry.sequence).toBeGreaterThan(3);
  const entries = await stored(store);
  expect(digestsOf(entries)).toEqual(chainOf(entries));
});

test('a chain begins at the first entry of format 2', async () => {
  const store = new MemoryJournal();
  const old = entriesOf('m', 1, 3);
  await store.append([{ accountId: 'm', after: null, entries: old }]);
  await run(serviceOn(store, { now: () => 1_800_000_000_000 }), 'm', add(5), spend(3));
  const entries = await stored(store);
  expect(entries.slice(0, 3)).toEqual(old);
  expect(digestsOf(entries.slice(3))).toEqual(chainOf(entries.slice(3)));
});

test('an entry of a kind that the program does not know blocks its account and no other', async () => {
  const path = join(folder(), 'ledger.db');
  const journal = await SqliteJournal.open(path);
  for (const accountId of ['m', 'n', 'o']) {
    await journal.append([{ accountId, after: null, entries: entriesOf(accountId, 1, 2) }]);
  }
  const database = new Database(path);
  database.exec("UPDATE entry SET kind = 'gift' WHERE account_id = 'm' AND sequence = 2");
  database.close();
  const service = serviceOn(journal);
  const results = await Promise.allSettled([
    read(service, 'n'),
    run(service, 'm', add(1)),
    read(service, 'm'),
    run(service, 'o', add(1)),
  ]);
  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
  ]);
  await expect(read(service, 'm')).rejects.toThrow(
    'Entry 2 of account "m" is of kind "gift", which this program does not know: ' +
      'run the version that wrote it, or a newer one.',
  );
  await service.close();
});

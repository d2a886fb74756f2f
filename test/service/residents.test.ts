import { MemoryJournal } from '../../src/journal/memory/journal';
import { add, read, run, serviceOn, spend, view } from './service-fixture';

/** Counts what a load costs: the entries and snapshot parts that are read. */
class MeteredJournal extends MemoryJournal {
  entriesRead = 0;
  partsRead = 0;

  override async catchUp(...args: Parameters<MemoryJournal['catchUp']>) {
    const caughtUp = await super.catchUp(...args);
    for (const { entries } of caughtUp) this.entriesRead += entries.length;
    return caughtUp;
  }

  override async entries(...args: Parameters<MemoryJournal['entries']>) {
    const entries = await super.entries(...args);
    this.entriesRead += entries.length;
    return entries;
  }

  override async snapshotPart(...args: Parameters<MemoryJournal['snapshotPart']>) {
    this.partsRead += 1;
    return super.snapshotPart(...args);
  }
}

test('accounts over the bound are evicted, least recently used first, and reload unchanged', async () => {
  const journal = new MeteredJournal();
  const service = serviceOn(journal, { limits: { residentWeightMax: 200 } });
  for (let index = 0; index < 50; index += 1) await run(service, `m${index}`, add(index + 1));
  for (let index = 0; index < 50; index += 1) {
    expect(await read(service, `m${index}`)).toMatchObject({ sequence: 1, points: index + 1 });
  }
  const before = journal.entriesRead;
  await read(service, 'm49');
  expect(journal.entriesRead).toBe(before);
  await read(service, 'm0');
  expect(journal.entriesRead).toBe(before + 1);
});

test('a request over more accounts than the cache holds is served', async () => {
  const service = serviceOn(new MemoryJournal(), { limits: { residentWeightMax: 1 } });
  const ids = Array.from({ length: 30 }, (_, index) => `m${index}`);
  const jobs = ids.map((accountId) => ({ accountId, commands: [add(1)], view: () => accountId }));
  await service.run(jobs);
  const again = await service.run(jobs);
  expect(again.map(({ view }) => view)).toEqual(ids);
  expect(await read(service, 'm7')).toMatchObject({ sequence: 2, points: 2 });
});

test('with a snapshot a load costs the open lots and not the history', async () => {
  const journal = new MeteredJournal();
  const service = serviceOn(journal, { limits: { snapshotEntriesMin: 50 } });
  await run(service, 'm', ...Array.from({ length: 20 }, () => add(1)));
  for (let round = 0; round < 100; round += 1) {
    await run(service, 'm', ...Array.from({ length: 10 }, () => [add(3), spend(3)]).flat());
  }
  const seen = await read(service, 'm');
  await service.close();
  journal.entriesRead = 0;
  expect(await read(serviceOn(journal), 'm')).toEqual(seen);
  expect(seen?.sequence).toBe(2_020);
  expect(journal.entriesRead).toBeLessThanOrEqual(50 + 20 + 2);
  expect(journal.partsRead).toBe(1);
});

test('without a usable snapshot all entries are replayed', async () => {
  const journal = new MeteredJournal();
  const service = serviceOn(journal, { limits: { snapshotEntriesMin: 5 } });
  for (let index = 0; index < 20; index += 1) await run(service, 'm', add(2), spend(1));
  const seen = await read(service, 'm');
  await service.close();
  journal.snapshotPart = async () => '{"format":99}';
  expect(await read(serviceOn(journal), 'm')).toEqual(seen);
  journal.snapshotPart = async () => null;
  expect(await read(serviceOn(journal), 'm')).toEqual(seen);
});

test('a long history without a snapshot is read in pages, and other accounts do not wait', async () => {
  const journal = new MeteredJournal();
  const service = serviceOn(journal, { limits: { snapshotEntriesMin: Number.MAX_SAFE_INTEGER } });
  for (let round = 0; round < 5; round += 1) {
    await run(service, 'long', ...Array.from({ length: 1_000 }, () => add(1)));
  }
  await run(service, 'short', add(1));
  await service.close();
  const later = serviceOn(journal);
  const resolved: string[] = [];
  await Promise.all([
    read(later, 'long').then((seen) => resolved.push(`long ${seen?.points}`)),
    read(later, 'short').then((seen) => resolved.push(`short ${seen?.points}`)),
  ]);
  expect(resolved).toEqual(['short 1', 'long 5000']);
});

test('requests that wait for a load are served in their order, none twice', async () => {
  const journal = new MeteredJournal();
  const service = serviceOn(journal, { limits: { snapshotEntriesMin: Number.MAX_SAFE_INTEGER } });
  for (let round = 0; round < 3; round += 1) {
    await run(service, 'm', ...Array.from({ length: 1_000 }, () => add(1)));
  }
  await service.close();
  const later = serviceOn(journal);
  const spends = await Promise.all(Array.from({ length: 20 }, () => run(later, 'm', spend(1))));
  expect(spends.map(({ view }) => view?.points)).toEqual(
    Array.from({ length: 20 }, (_, index) => 2_999 - index),
  );
});

test('many accounts are loaded in bounded steps, and other requests are served between them', async () => {
  const journal = new MeteredJournal();
  const limits = { snapshotEntriesMin: Number.MAX_SAFE_INTEGER, catchUpEntriesMax: 400 };
  const ids = Array.from({ length: 100 }, (_, index) => `m${index}`);
  const service = serviceOn(journal, { limits });
  const rows = Array.from({ length: 30 }, () => add(1));
  await service.run(ids.map((accountId) => ({ accountId, commands: rows, view: () => null })));
  await service.close();
  journal.entriesRead = 0;
  const later = serviceOn(journal, { limits });
  const jobs = ids.map((accountId) => ({ accountId, commands: [add(1)], view }));
  const bulk = later.run(jobs);
  expect(await read(later, 'other')).toBeNull();
  expect(journal.entriesRead).toBeLessThan(100 * 30);
  expect((await bulk).map(({ view }) => view?.points)).toEqual(ids.map(() => 31));
});

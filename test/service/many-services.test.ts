import { MemoryJournal } from '../../src/journal/memory/journal';
import { add, kinds, read, run, serviceOn, spend } from './service-fixture';

/** Services that share a journal, as processes share a database. */
function servicesOn(journal: MemoryJournal, count: number) {
  return Array.from({ length: count }, () => serviceOn(journal));
}

test('a read that begins after a response shows that change, whichever service responded', async () => {
  const [one, two] = servicesOn(new MemoryJournal({ shared: true }), 2);
  for (let round = 1; round <= 20; round += 1) {
    const writer = round % 2 === 0 ? one : two;
    const reader = round % 2 === 0 ? two : one;
    await run(writer, 'm', add(1));
    expect(await read(reader, 'm')).toMatchObject({ sequence: round, points: round });
  }
});

test('concurrent spends of several services never overdraw, and sequences have no gap', async () => {
  const journal = new MemoryJournal({ shared: true });
  const services = servicesOn(journal, 4);
  await run(services[0], 'm', add(100));
  const results = await Promise.all(
    Array.from({ length: 160 }, (_, index) => run(services[index % 4], 'm', spend(1))),
  );
  const counted = results.flatMap(({ outcomes }) => kinds(outcomes));
  expect(counted.filter((kind) => kind === 'accepted')).toHaveLength(100);
  expect(counted.filter((kind) => kind === 'INSUFFICIENT_POINTS')).toHaveLength(60);
  const range = { accountId: 'm', from: 1, to: 1_000, order: 'ascending', limit: 1_000 } as const;
  const entries = await journal.entries(range);
  expect(entries.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: 101 }, (_, index) => index + 1),
  );
});

test('equal requests with one key at several services count once', async () => {
  const services = servicesOn(new MemoryJournal({ shared: true }), 4);
  const results = await Promise.all(
    services.map((service) => run(service, 'm', add(7, { key: 'k' }))),
  );
  const counted = results.flatMap(({ outcomes }) => kinds(outcomes)).sort();
  expect(counted).toEqual(['accepted', 'replayed', 'replayed', 'replayed']);
  expect(await read(services[3], 'm')).toMatchObject({ points: 7 });
});

test('a conflict of one account does not undo the others of its batch', async () => {
  const journal = new MemoryJournal({ shared: true });
  const [one, two] = servicesOn(journal, 2);
  const ids = ['a', 'b', 'c', 'd'];
  const bulk = () => ids.map((accountId) => ({ accountId, commands: [add(1)], view: () => null }));
  await Promise.all([one.run(bulk()), run(two, 'b', add(10)), one.run(bulk()), two.run(bulk())]);
  for (const id of ids) {
    expect((await read(one, id))?.points).toBe(id === 'b' ? 13 : 3);
  }
});

test('services store snapshots of one account concurrently, and a third loads from them', async () => {
  const journal = new MemoryJournal({ shared: true });
  const options = { limits: { snapshotEntriesMin: 3 } };
  const services = [serviceOn(journal, options), serviceOn(journal, options)];
  for (let round = 0; round < 30; round += 1) {
    await Promise.all(services.map((service) => run(service, 'm', add(2), spend(2))));
  }
  await Promise.all(services.map((service) => service.close()));
  expect(await read(serviceOn(journal), 'm')).toMatchObject({ sequence: 120, points: 0 });
});

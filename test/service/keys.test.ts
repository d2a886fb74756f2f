import { MemoryJournal } from '../../src/journal/memory/journal';
import { add, kinds, read, run, serviceOn, spend } from './service-fixture';

test('the same command under the same key returns its first result, and counts once', async () => {
  const service = serviceOn(new MemoryJournal());
  const first = await run(service, 'm', add(5, { key: 'k' }));
  const again = await run(service, 'm', add(5, { key: 'k' }));
  expect(again.outcomes).toEqual([{ ...first.outcomes[0], kind: 'replayed' }]);
  expect(again.view).toMatchObject({ sequence: 1, points: 5 });
});

test('a key is known after eviction, a snapshot and a restart', async () => {
  const journal = new MemoryJournal();
  const service = serviceOn(journal, { limits: { snapshotEntriesMin: 2 } });
  await run(service, 'm', add(5, { key: 'k' }));
  for (let index = 0; index < 10; index += 1) await run(service, 'm', add(1), spend(1));
  await service.close();
  const later = serviceOn(journal);
  expect(kinds((await run(later, 'm', add(5, { key: 'k' }))).outcomes)).toEqual(['replayed']);
  expect(kinds((await run(later, 'm', add(6, { key: 'k' }))).outcomes)).toEqual([
    'IDEMPOTENCY_KEY_REUSED',
  ]);
});

test('of many equal concurrent requests one is accepted and the others are its replays', async () => {
  const service = serviceOn(new MemoryJournal());
  const results = await Promise.all(
    Array.from({ length: 50 }, () => run(service, 'm', add(5, { key: 'k' }))),
  );
  const counted = results.flatMap(({ outcomes }) => kinds(outcomes));
  expect(counted.filter((kind) => kind === 'accepted')).toHaveLength(1);
  expect(counted.filter((kind) => kind === 'replayed')).toHaveLength(49);
  expect(await read(service, 'm')).toMatchObject({ points: 5 });
});

test('of two equal commands in one job the later one is the replay', async () => {
  const service = serviceOn(new MemoryJournal());
  const command = add(5, { key: 'k' });
  expect(kinds((await run(service, 'm', command, command)).outcomes)).toEqual([
    'accepted',
    'replayed',
  ]);
});

test('a key belongs to its account', async () => {
  const service = serviceOn(new MemoryJournal());
  await run(service, 'm', add(5, { key: 'k' }));
  expect(kinds((await run(service, 'n', add(6, { key: 'k' }))).outcomes)).toEqual(['accepted']);
});

test('a refused command uses up no key', async () => {
  const service = serviceOn(new MemoryJournal());
  expect(kinds((await run(service, 'm', spend(5, 'k'))).outcomes)).toEqual(['INSUFFICIENT_POINTS']);
  await run(service, 'm', add(5));
  expect(kinds((await run(service, 'm', spend(5, 'k'))).outcomes)).toEqual(['accepted']);
});

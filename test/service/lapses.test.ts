import { digestOf } from '../../src/digest/entry-digest';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { ScriptedJournal } from '../journal/scripted-journal';
import { grant, historyOf, kindsOf, LifeService, reverseSpend } from './life-fixture';
import { add, kinds, read, run, spend } from './service-fixture';

test('what is due is recorded immediately before the accepted entry, in the same append', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const life = new LifeService(journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }), grant(5, { availableFrom: 50 }));
  const { outcomes, view } = await run(life.at(100), 'm', spend(5));
  expect(kinds(outcomes)).toEqual(['accepted']);
  expect(view).toMatchObject({ sequence: 4, points: 0 });
  const [, , lapse, spent] = await historyOf(journal, 'm');
  expect(lapse).toMatchObject({ kind: 'lapse', recordedAt: 100, points: 10 });
  expect(lapse).toHaveProperty('rows', [
    expect.objectContaining({ kind: 'beginning', at: 50 }),
    expect.objectContaining({ kind: 'expiry', at: 100 }),
  ]);
  expect(spent).toMatchObject({ kind: 'spend', sequence: 4 });
  expect(journal.appended.at(-1)).toHaveLength(1);
  expect(journal.appended.at(-1)![0].entries).toHaveLength(2);
});

test('the lapse is part of the chain of digests', async () => {
  const journal = new MemoryJournal();
  const life = new LifeService(journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }));
  await run(life.at(100), 'm', add(1));
  let previous: string | null = null;
  for (const entry of await historyOf(journal, 'm')) {
    expect(entry.digest).toBe(digestOf(entry, previous));
    previous = entry.digest;
  }
});

test('a read and a refusal show what is due and append nothing', async () => {
  const journal = new MemoryJournal();
  const life = new LifeService(journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }), add(2));
  expect(await read(life.at(99), 'm')).toMatchObject({ sequence: 2, points: 12 });
  expect(await read(life.at(100), 'm')).toMatchObject({ sequence: 2, points: 2 });
  const { outcomes, view } = await run(life.service, 'm', spend(3));
  expect(outcomes).toEqual([
    { kind: 'refused', refusal: expect.objectContaining({ available: 2 }) },
  ]);
  expect(view).toMatchObject({ sequence: 2, points: 2 });
  expect(await historyOf(journal, 'm')).toHaveLength(2);
});

test('a replay lapses nothing, and the account beside it is current', async () => {
  const journal = new MemoryJournal();
  const life = new LifeService(journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100, key: 'k' }));
  const again = await run(life.at(200), 'm', grant(10, { expiresAt: 100, key: 'k' }));
  expect(kinds(again.outcomes)).toEqual(['replayed']);
  expect(again.view).toMatchObject({ sequence: 1, points: 0 });
  expect(await kindsOf(journal, 'm')).toEqual(['transaction']);
});

test('what was processed for a read is recorded as if nobody had read', async () => {
  const stories = await Promise.all(
    [true, false].map(async (reads) => {
      const journal = new MemoryJournal();
      let ids = 0;
      const life = new LifeService(journal, { newId: () => `${++ids}` });
      const dates = [100, 150, 200].map((expiresAt) => grant(1, { expiresAt }));
      await run(life.at(0), 'm', ...dates);
      if (reads) for (const at of [100, 120, 150, 170]) await read(life.at(at), 'm');
      await run(life.at(250), 'm', add(1));
      return (await historyOf(journal, 'm')).map(({ id, digest, ...entry }) => entry);
    }),
  );
  expect(stories[0]).toEqual(stories[1]);
});

test('a clock that goes back does not record what is not due yet', async () => {
  const journal = new MemoryJournal();
  const life = new LifeService(journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }));
  expect(await read(life.at(100), 'm')).toMatchObject({ points: 0 });
  expect(await read(life.at(99), 'm')).toMatchObject({ points: 10 });
  expect((await run(life.service, 'm', spend(4))).view).toMatchObject({ sequence: 2, points: 6 });
});

test('a conflict undoes the lapse, and the entries of the other process are read first', async () => {
  const store = new MemoryJournal({ shared: true });
  const journal = new ScriptedJournal(store);
  const [life, other] = [new LifeService(journal), new LifeService(store)];
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }), grant(7));
  const gate = journal.hold('append');
  const spending = run(life.at(100), 'm', spend(4));
  await gate.reached;
  await run(other.at(100), 'm', spend(2));
  gate.open();
  expect((await spending).view).toMatchObject({ sequence: 5, points: 1 });
  expect(await kindsOf(store, 'm')).toEqual([
    'transaction',
    'transaction',
    'lapse',
    'spend',
    'spend',
  ]);
});

test('a failed append restores what was before the lapse', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const life = new LifeService(journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }), add(2));
  journal.fail('append');
  await expect(run(life.at(100), 'm', add(1))).rejects.toThrow('does not respond');
  expect(await read(life.at(100), 'm')).toMatchObject({ sequence: 2, points: 2 });
  expect((await run(life.at(100), 'm', add(1))).view).toMatchObject({ sequence: 4, points: 3 });
});

test('a lost response is settled with the same lapse', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const life = new LifeService(journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }));
  journal.loseResponse();
  expect((await run(life.at(100), 'm', add(1))).view).toMatchObject({ sequence: 3, points: 1 });
  expect(await kindsOf(journal, 'm')).toEqual(['transaction', 'lapse', 'transaction']);
});

test('a view that fails undoes the lapse of its own command, not what others see', async () => {
  const life = new LifeService(new MemoryJournal());
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }));
  const failing = life.at(100).run([
    {
      accountId: 'm',
      commands: [add(1)],
      view: () => {
        throw new Error('cannot look');
      },
    },
  ]);
  const other = run(life.service, 'm', add(2));
  await expect(failing).rejects.toThrow('cannot look');
  expect((await other).view).toMatchObject({ sequence: 3, points: 2 });
});

test('a snapshot has only what is recorded', async () => {
  const journal = new MemoryJournal({ shared: true });
  const [writer, reader, other] = [1_000, 4, 1_000].map(
    (snapshotEntriesMin) => new LifeService(journal, { limits: { snapshotEntriesMin } }),
  );
  const pairs = [1, 2, 3, 4].flatMap(() => [add(1), spend(1)]);
  await run(writer.at(0), 'm', grant(10, { timestamp: 5, expiresAt: 100 }), ...pairs);
  expect(await read(reader.at(100), 'm')).toMatchObject({ points: 0 });
  await read(reader.at(100), 'm');
  const [{ snapshot }] = await journal.catchUp([{ accountId: 'm', known: null, keys: [] }], 9);
  expect(snapshot).not.toBeNull();
  expect(await read(other.at(99), 'm')).toMatchObject({ points: 10 });
  await run(other.at(100), 'm', add(1));
  expect((await historyOf(journal, 'm')).at(-2)).toMatchObject({ kind: 'lapse', points: 10 });
});

test('a job that records appends what is due, and nothing if nothing is', async () => {
  const journal = new MemoryJournal();
  const life = new LifeService(journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }));
  const record = (now: number) =>
    life
      .at(now)
      .run([
        { accountId: 'm', commands: [], records: true, view: (account) => account?.sequence ?? 0 },
      ]);
  expect(await record(99)).toEqual([{ outcomes: [], view: 1 }]);
  expect(await record(100)).toEqual([{ outcomes: [], view: 2 }]);
  expect(await record(101)).toEqual([{ outcomes: [], view: 2 }]);
  expect(await kindsOf(journal, 'm')).toEqual(['transaction', 'lapse']);
});

test('a command of an unusable clock is rejected also where something is due', async () => {
  const life = new LifeService(new MemoryJournal());
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }));
  await expect(run(life.at(Number.NaN), 'm', reverseSpend(1), add(1))).rejects.toThrow('clock');
  expect(await read(life.at(0), 'm')).toMatchObject({ sequence: 1, points: 10 });
});

import { setTimeout as pause } from 'node:timers/promises';
import { MemoryJournal } from '../../src/journal/memory/journal';
import type { AddTransaction } from '../../src/ledger/command';
import type { LapseEntry } from '../../src/ledger/lapse-entry';
import { TooMuchDue } from '../../src/service/service-error';
import { ScriptedJournal } from '../journal/scripted-journal';
import { grant, historyOf, LifeService } from './life-fixture';
import { add, kinds, read, run, spend, view } from './service-fixture';

/** Returns grants of one point each that expire one after another, from 100 on. */
function grants(count: number): AddTransaction[] {
  return Array.from({ length: count }, (_, index) => grant(1, { expiresAt: 100 + index }));
}

async function lapsesOf(journal: MemoryJournal): Promise<number[]> {
  const entries = await historyOf(journal, 'm');
  return entries.flatMap((entry) => (entry.kind === 'lapse' ? [entry.rows.length] : []));
}

test('a thousand rows are recorded with the command, one more is recorded first', async () => {
  for (const [count, lapses] of [
    [1_000, [1_000]],
    [1_001, [1_000, 1]],
    [2_000, [1_000, 1_000]],
    [2_500, [1_000, 1_000, 500]],
  ] as const) {
    const journal = new MemoryJournal();
    const life = new LifeService(journal);
    await run(life.at(0), 'm', ...grants(count), add(5));
    const { view: after } = await run(life.at(1e6), 'm', add(1));
    expect(after).toMatchObject({ points: 6, sequence: count + lapses.length + 2 });
    expect(await lapsesOf(journal)).toEqual(lapses);
  }
});

test('a read waits until the rest fits in one entry, which is not recorded', async () => {
  const journal = new MemoryJournal();
  const life = new LifeService(journal);
  await run(life.at(0), 'm', ...grants(2_300), add(5));
  const reads = Array.from({ length: 5 }, () => read(life.at(1e6), 'm'));
  for (const account of await Promise.all(reads)) {
    expect(account).toMatchObject({ points: 5, sequence: 2_303 });
  }
  expect(await lapsesOf(journal)).toEqual([1_000, 1_000]);
});

test('what was recorded first is kept if the command is refused', async () => {
  const journal = new MemoryJournal();
  const life = new LifeService(journal);
  await run(life.at(0), 'm', ...grants(1_500));
  expect(kinds((await run(life.at(1e6), 'm', spend(1))).outcomes)).toEqual(['INSUFFICIENT_POINTS']);
  expect(await lapsesOf(journal)).toEqual([1_000]);
});

test('the rows are the same in one sweep and in steps', async () => {
  const rows = await Promise.all(
    [[1e6], [150, 700, 1_900, 1e6]].map(async (instants) => {
      const journal = new MemoryJournal();
      const life = new LifeService(journal);
      await run(life.at(0), 'm', ...grants(2_300), add(5));
      for (const now of instants) await run(life.at(now), 'm', add(1));
      const entries = await historyOf(journal, 'm');
      return entries.flatMap((entry) => (entry.kind === 'lapse' ? (entry as LapseEntry).rows : []));
    }),
  );
  expect(rows[0]).toEqual(rows[1]);
});

test('other accounts are served while one waits for its sweep', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const life = new LifeService(journal);
  await run(life.at(0), 'm', ...grants(3_000));
  const gate = journal.hold('append');
  const swept = run(life.at(1e6), 'm', add(1));
  await gate.reached;
  expect((await run(life.service, 'other', add(7))).view).toMatchObject({ points: 7 });
  gate.open();
  expect((await swept).view).toMatchObject({ points: 1 });
});

test.each([
  ['of one process', false],
  ['that is shared', true],
])('in a store %s, a batch of others is served between two steps of a sweep', async (_, shared) => {
  const journal = new ScriptedJournal(new MemoryJournal({ shared }));
  const life = new LifeService(journal);
  for (let count = 0; count < 6; count += 1) await run(life.at(0), 'm', ...grants(1_000));
  journal.appended.length = 0;
  let isDone = false;
  const swept = run(life.at(1e6), 'm', add(1)).then(() => {
    isDone = true;
  });
  const others = ['n', 'o', 'p'].map(async (accountId) => {
    while (!isDone) await run(life.service, accountId, add(1));
  });
  await Promise.all([swept, ...others]);
  const isStep = (index: number) =>
    journal.appended[index]?.some(({ accountId }) => accountId === 'm');
  const steps = journal.appended.map((_, index) => index).filter(isStep);
  expect(steps.length).toBeGreaterThan(5);
  expect(steps.filter((index) => isStep(index + 1))).toEqual([]);
});

test('two services that sweep one account at once record each row once', async () => {
  const store = new MemoryJournal({ shared: true });
  const journals = [new ScriptedJournal(store), new ScriptedJournal(store)];
  const lives = journals.map((journal) => new LifeService(journal));
  await run(lives[0].at(0), 'm', ...grants(3_500));
  await read(lives[1].at(0), 'm');
  const gates = journals.map((journal) => journal.hold('append'));
  const results = lives.map((life) => run(life.at(1e6), 'm', add(1)));
  await Promise.all(gates.map(({ reached }) => reached));
  for (const { open } of gates) open();
  const points = (await Promise.all(results)).map(({ view: after }) => after?.points);
  expect(points.sort()).toEqual([1, 2]);
  expect((await lapsesOf(store)).reduce((sum, rows) => sum + rows, 0)).toBe(3_500);
});

test('a sweep that fails rejects those that wait, and the next request resumes it', async () => {
  const store = new MemoryJournal();
  const journal = new ScriptedJournal(store);
  const life = new LifeService(journal);
  await run(life.at(0), 'm', ...grants(3_000), add(5));
  journal.next('append', (call) => call());
  journal.fail('append');
  const waiting = [run(life.at(1e6), 'm', add(1)), read(life.service, 'm')];
  for (const result of waiting) await expect(result).rejects.toThrow('does not respond');
  expect(await lapsesOf(store)).toEqual([1_000]);
  expect((await run(life.service, 'm', add(1))).view).toMatchObject({ points: 6 });
  expect(await lapsesOf(store)).toEqual([1_000, 1_000, 1_000]);
});

test('a response that is lost in a sweep is settled', async () => {
  const store = new MemoryJournal();
  const journal = new ScriptedJournal(store);
  const life = new LifeService(journal);
  await run(life.at(0), 'm', ...grants(2_500));
  journal.loseResponse();
  expect((await run(life.at(1e6), 'm', add(1))).view).toMatchObject({ points: 1 });
  expect(await lapsesOf(store)).toEqual([1_000, 1_000, 500]);
});

function readAt(life: LifeService, at: number) {
  return life.service.run([{ accountId: 'm', commands: [], at, view }]);
}

test('a read at a later instant shows the account as it will be, and changes nothing', async () => {
  const journal = new MemoryJournal();
  const life = new LifeService(journal);
  await run(life.at(0), 'm', ...grants(3_000), add(5));
  for (const [at, points] of [
    [-5, 3_005],
    [99, 3_005],
    [100, 3_004],
    [500, 2_604],
    [2_099, 1_005],
    [1e6, 5],
  ]) {
    expect(await readAt(life, at)).toEqual([
      { outcomes: [], view: expect.objectContaining({ points, sequence: 3_001 }) },
    ]);
    expect(await read(life.service, 'm')).toMatchObject({ points: 3_005 });
  }
  expect(await lapsesOf(journal)).toEqual([]);
});

test('an instant before the time of the account means that time', async () => {
  const life = new LifeService(new MemoryJournal());
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }));
  life.at(150);
  expect(await readAt(life, 50)).toMatchObject([{ view: { points: 0 } }]);
});

test('a read at an instant until which too much is due is rejected', async () => {
  const life = new LifeService(new MemoryJournal(), { limits: { previewRowsMax: 2_000 } });
  await run(life.at(0), 'm', ...grants(3_000));
  expect(await readAt(life, 2_099)).toMatchObject([{ view: { points: 1_000 } }]);
  await expect(readAt(life, 2_100)).rejects.toThrow(TooMuchDue);
  await expect(readAt(life, 2_100)).rejects.toThrow('More than 2000 lots expire or begin');
  expect(await read(life.service, 'm')).toMatchObject({ points: 3_000 });
});

test('reads at later instants and commands at once are each exact', async () => {
  const journal = new MemoryJournal({ shared: true });
  const life = new LifeService(journal);
  await run(life.at(0), 'm', ...grants(3_000));
  const seen: unknown[] = [];
  const readers = [1_500, 2_500, 1e6].map(async (at) => {
    for (let count = 0; count < 5; count += 1) {
      const [{ view: shown }] = await readAt(life, at);
      seen.push(shown);
      // What has not expired until then, and one point for each add.
      const left = Math.max(0, 3_100 - at - 1);
      expect(shown!.points - left).toBe(shown!.sequence - 3_000);
    }
  });
  const writer = async () => {
    for (let count = 0; count < 40; count += 1) {
      await run(life.service, 'm', add(1));
      await pause(1);
    }
  };
  await Promise.all([...readers, writer()]);
  expect(seen).toHaveLength(15);
  expect(await read(life.service, 'm')).toMatchObject({ points: 3_040, sequence: 3_040 });
});

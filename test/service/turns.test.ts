import { AppendOutcomeUnknown } from '../../src/journal/journal-error';
import { MemoryJournal } from '../../src/journal/memory/journal';
import type { BatchingLedgerService } from '../../src/service/batching-ledger-service';
import { OutcomeUnknown, ServiceUnavailable } from '../../src/service/service-error';
import { ScriptedJournal } from '../journal/scripted-journal';
import { add, kinds, read, run, serviceOn, spend, stopWaits } from './service-fixture';

afterEach(() => jest.useRealTimers());

const lostRacesMax = 2;

/** Makes a service whose account `m`, with 10 points, is about to be served alone. */
async function contended(): Promise<{
  store: MemoryJournal;
  journal: ScriptedJournal;
  service: BatchingLedgerService;
}> {
  const store = new MemoryJournal({ shared: true });
  const journal = new ScriptedJournal(store);
  const service = serviceOn(journal, { limits: { lostRacesMax } });
  await run(service, 'm', add(10));
  return { store, journal, service };
}

/** Makes appends lose as many races as it takes. */
function lose(journal: ScriptedJournal): void {
  for (let lost = 0; lost < lostRacesMax; lost += 1) journal.loseRace();
}

const turnsOf = ({ calls }: ScriptedJournal) => calls.filter((call) => call === 'appendAlone');

test('an account that lost too many races is served alone, and decided after catching up', async () => {
  const { journal, service } = await contended();
  lose(journal);
  const [spent, refused] = await Promise.all([
    run(service, 'm', spend(12)),
    run(service, 'm', spend(1)),
  ]);
  expect(kinds([...spent.outcomes, ...refused.outcomes])).toEqual([
    'accepted',
    'INSUFFICIENT_POINTS',
  ]);
  expect(spent.view).toMatchObject({ sequence: 4, points: 0 });
  expect(turnsOf(journal)).toHaveLength(1);
});

test('a key that another process used meanwhile is a replay in the turn too', async () => {
  const { journal, service, store } = await contended();
  journal.loseRace();
  const other = serviceOn(store);
  journal.next('append', async (append) => {
    await run(other, 'm', add(7, { key: 'k' }));
    return append();
  });
  const { outcomes, view } = await run(service, 'm', add(7, { key: 'k' }));
  expect(kinds(outcomes)).toEqual(['replayed']);
  expect(view).toMatchObject({ points: 18 });
});

test('an account gets turns while others append, and is batched again when they stop', async () => {
  const { journal, service, store } = await contended();
  const other = serviceOn(store);
  lose(journal);
  await run(service, 'm', add(1));
  for (let round = 1; round <= 3; round += 1) {
    await run(other, 'm', add(1));
    await run(service, 'm', add(1));
    expect(turnsOf(journal)).toHaveLength(1 + round);
  }
  await run(service, 'm', add(1));
  await run(service, 'm', add(1));
  expect(turnsOf(journal)).toHaveLength(5);
  expect(await read(service, 'm')).toMatchObject({ points: 21, sequence: 12 });
});

test('while a turn waits, other accounts are served, and requests for the account wait', async () => {
  const { journal, service } = await contended();
  lose(journal);
  const gate = journal.hold('appendAlone');
  const turn = run(service, 'm', add(1));
  await gate.reached;
  const behind = read(service, 'm');
  expect((await run(service, 'n', add(3))).view).toMatchObject({ points: 3 });
  gate.open();
  expect((await turn).view).toMatchObject({ sequence: 4, points: 13 });
  expect(await behind).toMatchObject({ sequence: 4, points: 13 });
});

test('a request that waits for a turn that hangs is rejected in time, and nothing was changed', async () => {
  stopWaits();
  const store = new MemoryJournal({ shared: true });
  const journal = new ScriptedJournal(store);
  const service = serviceOn(journal, { limits: { lostRacesMax, waitMsMax: 100 } });
  await run(service, 'm', add(10));
  lose(journal);
  const gate = journal.hold('appendAlone');
  const turn = run(service, 'm', add(1));
  await gate.reached;
  const behind = run(service, 'm', add(5));
  const refusal = expect(behind).rejects.toThrow(ServiceUnavailable);
  await new Promise(setImmediate);
  jest.advanceTimersByTime(1_000);
  await refusal;
  gate.open();
  expect((await turn).view).toMatchObject({ points: 13 });
  expect(await read(service, 'm')).toMatchObject({ sequence: 4, points: 13 });
});

test('the number of accounts served alone at a time is bounded, and all are served', async () => {
  const store = new MemoryJournal({ shared: true });
  const journal = new ScriptedJournal(store);
  const service = serviceOn(journal, { limits: { lostRacesMax, turnsMax: 2 } });
  const ids = ['a', 'b', 'c', 'd', 'e'];
  for (const id of ids) await run(service, id, add(10));
  lose(journal);
  let running = 0;
  let most = 0;
  for (const _id of ids) {
    journal.next('appendAlone', async (turn) => {
      running += 1;
      most = Math.max(most, running);
      for (let round = 0; round < 20; round += 1) await new Promise(setImmediate);
      running -= 1;
      return turn();
    });
  }
  const results = await Promise.all(ids.map((id) => run(service, id, add(1))));
  expect(results.map(({ view }) => view?.points)).toEqual(ids.map(() => 13));
  expect(most).toBe(2);
});

test('a request that only reads takes no turn', async () => {
  const { journal, service, store } = await contended();
  lose(journal);
  await run(service, 'm', add(1));
  await run(serviceOn(store), 'm', add(1));
  expect(await read(service, 'm')).toMatchObject({ sequence: 5 });
  expect(turnsOf(journal)).toHaveLength(1);
});

test('a turn that the store rejects returns SERVICE_UNAVAILABLE, and the cache matches the journal', async () => {
  const { journal, service } = await contended();
  lose(journal);
  journal.fail('appendAlone');
  await expect(run(service, 'm', add(1))).rejects.toThrow(ServiceUnavailable);
  expect(await read(service, 'm')).toMatchObject({ sequence: 3, points: 12 });
  expect((await run(service, 'm', add(1))).view).toMatchObject({ sequence: 4, points: 13 });
});

test('a turn that failed after it was decided is undone', async () => {
  const { journal, service } = await contended();
  lose(journal);
  journal.next('appendAlone', async () => {
    throw new Error('an error of an unknown kind');
  });
  await expect(run(service, 'm', add(1))).rejects.toThrow('an error of an unknown kind');
  expect(await read(service, 'm')).toMatchObject({ points: 12 });
});

describe('the response to a turn is lost', () => {
  test('and it was done: the call succeeds, once', async () => {
    const { journal, service } = await contended();
    lose(journal);
    journal.next('appendAlone', async (append) => {
      await append();
      throw new AppendOutcomeUnknown('lost');
    });
    const { outcomes, view } = await run(service, 'm', add(1));
    expect(kinds(outcomes)).toEqual(['accepted']);
    expect(view).toMatchObject({ sequence: 4, points: 13 });
    expect(await read(service, 'm')).toMatchObject({ sequence: 4, points: 13 });
    expect(journal.calls).toContain('confirm');
  });

  test('and the store stays away: the call rejects with OUTCOME_UNKNOWN', async () => {
    const { journal, service } = await contended();
    lose(journal);
    journal.next('appendAlone', async (append) => {
      await append();
      journal.away();
      throw new AppendOutcomeUnknown('lost');
    });
    await expect(run(service, 'm', add(1, { key: 'k' }))).rejects.toThrow(OutcomeUnknown);
    journal.back();
    const again = await run(service, 'm', add(1, { key: 'k' }));
    expect(kinds(again.outcomes)).toEqual(['replayed']);
    expect(again.view).toMatchObject({ points: 13 });
  });
});

test('an account on another history is reloaded, in a turn or in a batch', async () => {
  const { journal, service } = await contended();
  const restored = new MemoryJournal({ shared: true });
  await run(serviceOn(restored), 'm', add(500));
  lose(journal);
  journal.next('appendAlone', async (append) => {
    journal.fork(restored);
    return append();
  });
  expect((await run(service, 'm', add(1))).view).toMatchObject({ sequence: 2, points: 501 });
});

import { setTimeout as pause } from 'node:timers/promises';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import {
  HistoryChanged,
  OutcomeUnknown,
  ServiceUnavailable,
} from '../../../src/service/service-error';
import { ScriptedJournal } from '../../journal/scripted-journal';
import { recordingLogger } from '../recording-logger';
import { add, run, serviceOn, spend } from '../service-fixture';
import { numbers, Subscriber } from './feed-fixture';

const quick = { limits: { pollMs: 5 }, wait: (ms: number) => pause(ms) };

test('each change is sent with the account right after it, also if one write holds many', async () => {
  const service = serviceOn(new MemoryJournal());
  const subscriber = await Subscriber.on(service, 'm');
  await run(service, 'm', add(10), add(20), add(-5), spend(7));
  await Promise.all([run(service, 'm', add(1)), run(service, 'm', add(2))]);
  await subscriber.receives(6);
  expect(subscriber.sequences).toEqual(numbers(1, 6));
  expect(subscriber.received.map(({ points }) => points)).toEqual([10, 30, 25, 18, 19, 21]);
  await service.close();
});

test('changes of other accounts, refusals and replays send nothing', async () => {
  const service = serviceOn(new MemoryJournal());
  const subscriber = await Subscriber.on(service, 'm');
  await run(service, 'm', add(1, { key: 'k' }));
  await run(service, 'm', add(1, { key: 'k' }), spend(99));
  await run(service, 'other', add(1));
  await run(service, 'm', add(2));
  await subscriber.receives(2);
  expect(subscriber.sequences).toEqual([1, 2]);
  await service.close();
});

test('no change is sent before it is durable, or if the journal refused it', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const service = serviceOn(journal);
  const subscriber = await Subscriber.on(service, 'm');
  const gate = journal.hold('append');
  const adding = run(service, 'm', add(1));
  await gate.reached;
  await pause(20);
  expect(subscriber.received).toEqual([]);
  gate.open();
  await adding;
  await subscriber.receives(1);
  journal.fail('append');
  await expect(run(service, 'm', add(50))).rejects.toBeInstanceOf(ServiceUnavailable);
  await run(service, 'm', add(2));
  await subscriber.receives(2);
  expect(subscriber.received).toMatchObject([
    { sequence: 1, points: 1 },
    { sequence: 2, points: 3 },
  ]);
  await service.close();
});

test('an append of unknown outcome that was done is sent once', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const service = serviceOn(journal);
  const subscriber = await Subscriber.on(service, 'm');
  journal.loseResponse();
  await run(service, 'm', add(1));
  await run(service, 'm', add(2));
  await subscriber.receives(2);
  expect(subscriber.sequences).toEqual([1, 2]);
  await service.close();
});

test('an append that was done is sent, also if its caller got OUTCOME_UNKNOWN', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const service = serviceOn(journal, { limits: { pollMs: 2, settleMsMax: 0 } });
  const subscriber = await Subscriber.on(service, 'm');
  const sent = journal.delay();
  await expect(run(service, 'm', add(1))).rejects.toBeInstanceOf(OutcomeUnknown);
  await sent.commit();
  await subscriber.receives(1);
  expect(subscriber.received).toMatchObject([{ sequence: 1, points: 1 }]);
  await service.close();
});

test('after is the last sequence seen; null begins now, 0 with the first entry', async () => {
  const service = serviceOn(new MemoryJournal());
  await run(service, 'm', add(1), add(2), add(3));
  const [all, rest, none] = await Promise.all(
    [0, 2, null].map((after) => Subscriber.on(service, 'm', after)),
  );
  await run(service, 'm', add(4));
  await Promise.all([all.receives(4), rest.receives(2), none.receives(1)]);
  expect([all, rest, none].map(({ sequences }) => sequences)).toEqual([[1, 2, 3, 4], [3, 4], [4]]);
  const asking = Subscriber.on(service, 'm', 5);
  await expect(asking).rejects.toMatchObject({ code: 'HISTORY_CHANGED' });
  await expect(asking).rejects.toThrow('after is 5, but the last entry of account "m" is 4');
  await service.close();
});

test('a long history is sent whole, each entry with an account that is not older', async () => {
  const service = serviceOn(new MemoryJournal());
  await run(service, 'm', ...Array.from({ length: 3_000 }, () => add(1)));
  const subscriber = await Subscriber.on(service, 'm', 0);
  await run(service, 'm', ...Array.from({ length: 1_000 }, () => add(1)));
  await subscriber.receives(4_000);
  expect(subscriber.sequences).toEqual(numbers(1, 4_000));
  expect(subscriber.received.filter(({ sequence, points }) => points < sequence)).toEqual([]);
  expect(subscriber.received.at(-1)!.points).toBe(4_000);
  await service.close();
});

test('a change is sent to thousands of subscribers, and other requests are served meanwhile', async () => {
  const service = serviceOn(new MemoryJournal());
  const crowd = await Promise.all(Array.from({ length: 2_000 }, () => Subscriber.on(service, 'm')));
  await run(service, 'm', add(1));
  await run(service, 'other', add(1));
  expect(crowd.some(({ received }) => received.length === 0)).toBe(true);
  await run(service, 'm', add(2));
  await Promise.all(crowd.map((subscriber) => subscriber.receives(2)));
  expect(new Set(crowd.map(({ sequences }) => sequences.join()))).toEqual(new Set(['1,2']));
  // Subscribers that received the first change after the second was made see the newer account.
  const points = new Set(crowd.map((each) => each.received.map(({ points }) => points).join()));
  expect(['1,3', '3,3']).toEqual(expect.arrayContaining([...points]));
  await service.close();
});

test('close ends idle streams at once', async () => {
  const service = serviceOn(new MemoryJournal());
  const [left, closed] = [await Subscriber.on(service, 'm'), await Subscriber.on(service, 'm')];
  await left.changes.return();
  await left.ends();
  expect(closed.isOver).toBe(false);
  await service.close();
  await closed.ends();
  expect([left.error, closed.error]).toEqual([null, null]);
  await expect(Subscriber.on(service, 'm')).rejects.toBeInstanceOf(ServiceUnavailable);
});

describe('a store shared with other processes', () => {
  const store = () => new MemoryJournal({ shared: true });

  test('an entry of another process is sent within a poll, with the account right after it', async () => {
    const journal = store();
    const [mine, other] = [serviceOn(journal, quick), serviceOn(journal, quick)];
    const subscriber = await Subscriber.on(mine, 'm');
    await run(other, 'm', add(1));
    await subscriber.receives(1);
    await run(other, 'm', add(10), add(100));
    await subscriber.receives(3);
    expect(subscriber.received).toMatchObject([
      { sequence: 1, points: 1 },
      { sequence: 2, points: 11 },
      { sequence: 3, points: 111 },
    ]);
    await Promise.all([mine.close(), other.close()]);
  });

  test('an own append during a poll causes no gap, no duplicate and no other order', async () => {
    const journal = new ScriptedJournal(store());
    const service = serviceOn(journal, quick);
    const other = serviceOn(journal, { limits: { pollMs: 1_000_000 } });
    const subscriber = await Subscriber.on(service, 'm', 0);
    for (let round = 0; round < 5; round += 1) {
      const gate = journal.hold('idsAt');
      await gate.reached;
      await run(other, 'm', add(1));
      await run(service, 'm', add(1), add(1));
      gate.open();
      await subscriber.receives(3 * round + 3);
    }
    expect(subscriber.sequences).toEqual(numbers(1, 15));
    await Promise.all([service.close(), other.close()]);
  });

  test('subscribers that leave and resume receive every entry once while several processes write', async () => {
    const journal = store();
    const services = [1, 2, 3].map(() => serviceOn(journal, quick));
    const each = 60;
    const writing = services.map(async (service) => {
      for (let count = 0; count < each; count += 1) await run(service, 'hot', add(1));
    });
    const following = services.map(async (service) => {
      const seen: number[] = [];
      while (seen.length < 3 * each) {
        const subscriber = await Subscriber.on(service, 'hot', seen.at(-1) ?? 0);
        await subscriber.receives(Math.min(7, 3 * each - seen.length));
        await subscriber.changes.return();
        seen.push(...subscriber.sequences);
      }
      return seen;
    });
    await Promise.all(writing);
    for (const seen of await Promise.all(following)) expect(seen).toEqual(numbers(1, 3 * each));
    await Promise.all(services.map((service) => service.close()));
  });

  test('entries of another history are never sent as if it were the same', async () => {
    const journal = new ScriptedJournal(store());
    const service = serviceOn(journal, quick);
    await run(service, 'm', add(1), add(2));
    const subscriber = await Subscriber.on(service, 'm');
    const restored = store();
    await run(serviceOn(restored), 'm', add(1), add(2), add(3));
    journal.fork(restored);
    await subscriber.ends();
    expect(subscriber.received).toEqual([]);
    expect(subscriber.error).toBeInstanceOf(HistoryChanged);
    const fresh = await Subscriber.on(service, 'm', 3);
    await run(service, 'm', add(4));
    await fresh.receives(1);
    expect(fresh.received).toMatchObject([{ sequence: 4, points: 10 }]);
    await service.close();
  });

  test('no change is missing after the store was away', async () => {
    const journal = new ScriptedJournal(store());
    const [service, other] = [serviceOn(journal, quick), serviceOn(journal, quick)];
    const subscriber = await Subscriber.on(service, 'm');
    journal.away();
    await pause(30);
    journal.back();
    await run(other, 'm', add(1));
    await subscriber.receives(1);
    expect(subscriber.sequences).toEqual([1]);
    await Promise.all([service.close(), other.close()]);
  });

  test('a store that stays away ends the stream, and is logged in a line without a stack', async () => {
    const journal = new ScriptedJournal(store());
    const limits = { ...quick.limits, followAwayMsMax: 200 };
    const { lines, logger } = recordingLogger();
    const service = serviceOn(journal, { ...quick, limits, logger });
    const subscriber = await Subscriber.on(service, 'm');
    journal.away();
    await subscriber.ends();
    expect(subscriber.error).toBeInstanceOf(ServiceUnavailable);
    expect(lines).toContainEqual({
      level: 'warn',
      fields: { reason: 'The store is away, on cue.' },
      message: expect.stringMatching(/^Changes of other servers are not seen/),
    });
    await service.close();
  });
});

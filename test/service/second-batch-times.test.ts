import { setTimeout as pause } from 'node:timers/promises';
import { ServiceUnavailable } from '../../src/service/service-error';
import { start, stuckOn } from './second-batch-fixture';
import { add, read, run, stopWaits, view } from './service-fixture';

beforeEach(stopWaits);
afterEach(() => jest.useRealTimers());

test('requests that were held back too long are rejected and change nothing', async () => {
  const { journal, service } = start({ waitMsMax: 100 });
  const { gate, stuck } = await stuckOn(journal, service, 'm');
  const jobs = ['m', 'n'].map((accountId) => ({ accountId, commands: [add(10)], view }));
  const held = [run(service, 'm', add(10)), read(service, 'm'), service.run(jobs)];
  await run(service, 'o', add(1));
  jest.advanceTimersByTime(1_000);
  const results = await Promise.allSettled(held);
  expect(results.map((result) => result.status === 'rejected' && result.reason)).toEqual(
    held.map(() => expect.any(ServiceUnavailable)),
  );
  // What was refused holds back nothing.
  expect((await run(service, 'n', add(3))).view).toMatchObject({ sequence: 1, points: 3 });
  gate.open();
  expect((await stuck).view).toMatchObject({ sequence: 1, points: 1 });
  expect(await read(service, 'm')).toMatchObject({ sequence: 1, points: 1 });
});

test('what was held back only by a request that is rejected is served', async () => {
  const { journal, service } = start({ waitMsMax: 1_000 });
  const { gate, stuck } = await stuckOn(journal, service, 'm');
  const jobs = ['m', 'n'].map((accountId) => ({ accountId, commands: [add(10)], view }));
  const late = service.run(jobs);
  await run(service, 'o', add(1));
  jest.advanceTimersByTime(800);
  const later = run(service, 'n', add(3));
  await run(service, 'o', add(1));
  await pause(5);
  jest.advanceTimersByTime(500);
  await expect(late).rejects.toThrow(ServiceUnavailable);
  expect((await later).view).toMatchObject({ sequence: 1, points: 3 });
  gate.open();
  await stuck;
});

test('a second batch starts only when the first has taken its least time', async () => {
  const { journal, service } = start({ secondBatchMsMin: 4 });
  const { gate, stuck } = await stuckOn(journal, service, 'm');
  const other = run(service, 'n', add(1));
  await pause(20);
  expect(journal.appended).toHaveLength(1);
  jest.advanceTimersByTime(5);
  expect((await other).view).toMatchObject({ points: 1 });
  gate.open();
  await stuck;
});

test('where batches are slow, the first has half of their average time', async () => {
  const { journal, service } = start({ secondBatchMsMin: 4 });
  const slow = await stuckOn(journal, service, 'm');
  jest.advanceTimersByTime(400);
  slow.gate.open();
  await slow.stuck;
  const { gate, stuck } = await stuckOn(journal, service, 'm');
  const other = run(service, 'n', add(1));
  jest.advanceTimersByTime(19);
  await pause(40);
  expect(journal.appended).toHaveLength(2);
  jest.advanceTimersByTime(2);
  expect((await other).view).toMatchObject({ points: 1 });
  gate.open();
  await stuck;
});

test('without an end to the least time, no second batch starts', async () => {
  const { journal, service } = start({ secondBatchMsMin: Number.POSITIVE_INFINITY });
  const { gate, stuck } = await stuckOn(journal, service, 'm');
  const other = run(service, 'n', add(1));
  jest.advanceTimersByTime(50_000);
  await pause(20);
  expect(journal.appended).toHaveLength(1);
  gate.open();
  await Promise.all([stuck, other]);
});

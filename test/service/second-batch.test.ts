import { setTimeout as pause } from 'node:timers/promises';
import { ServiceUnavailable } from '../../src/service/service-error';
import { rivals } from '../journal/rivals';
import { noted, start, stuckOn } from './second-batch-fixture';
import { add, kinds, read, run, serviceOn, spend, view } from './service-fixture';

test('while an account is appended, others are appended, shown and refused', async () => {
  const { journal, service } = start();
  const { gate, stuck } = await stuckOn(journal, service, 'm');
  expect((await run(service, 'n', add(7))).view).toMatchObject({ points: 7 });
  expect(await read(service, 'n')).toMatchObject({ sequence: 1 });
  expect(kinds((await run(service, 'o', spend(1))).outcomes)).toEqual(['INSUFFICIENT_POINTS']);
  gate.open();
  expect((await stuck).view).toMatchObject({ sequence: 1, points: 1 });
});

test('requests of an account in flight wait for it, and are decided in their order', async () => {
  const { journal, service } = start();
  const { gate, stuck } = await stuckOn(journal, service, 'm');
  const behind = [run(service, 'm', add(10)), run(service, 'm'), run(service, 'm', spend(11))];
  const order: string[] = [];
  const firstBehind = noted(order, 'behind', Promise.race(behind));
  await run(service, 'n', add(1));
  await run(service, 'n', add(1));
  expect(order).toEqual([]);
  expect(journal.appended.map(([{ accountId }]) => accountId)).toEqual(['m', 'n', 'n']);
  gate.open();
  await Promise.all([stuck, firstBehind]);
  const points = (await Promise.all(behind)).map((result) => result.view?.points);
  expect(points).toEqual([11, 11, 0]);
});

test('a request over several accounts waits for each, and later ones do not overtake it', async () => {
  const { journal, service } = start();
  const { gate, stuck } = await stuckOn(journal, service, 'm');
  const jobs = ['m', 'n'].map((accountId) => ({ accountId, commands: [add(5)], view }));
  const both = service.run(jobs);
  const later = run(service, 'n', spend(5));
  await run(service, 'o', add(1));
  await run(service, 'o', add(1));
  expect(journal.appended.flat().map(({ accountId }) => accountId)).toEqual(['m', 'o', 'o']);
  gate.open();
  await stuck;
  expect((await both).map((result) => result.view?.points)).toEqual([6, 5]);
  expect((await later).view).toMatchObject({ sequence: 2, points: 0 });
});

test('what was held back for one batch is held back for the next one too', async () => {
  const { journal, service } = start();
  const first = await stuckOn(journal, service, 'm');
  const second = await stuckOn(journal, service, 'n');
  const jobs = ['m', 'n'].map((accountId) => ({ accountId, commands: [add(5)], view }));
  const both = service.run(jobs);
  first.gate.open();
  await first.stuck;
  await run(service, 'o', add(1));
  expect(journal.appended).toHaveLength(3);
  second.gate.open();
  expect((await both).map((result) => result.view?.points)).toEqual([6, 6]);
});

test('two batches at most are in flight', async () => {
  const { journal, service } = start();
  const gates = [await stuckOn(journal, service, 'm'), await stuckOn(journal, service, 'n')];
  const third = run(service, 'o', add(1));
  await pause(20);
  expect(journal.appended.flat().map(({ accountId }) => accountId)).toEqual(['m', 'n']);
  gates[1].gate.open();
  expect((await third).view).toMatchObject({ points: 1 });
  gates[0].gate.open();
  await Promise.all(gates.map(({ stuck }) => stuck));
});

test('a store of one process has one batch in flight', async () => {
  const { journal, service } = start({}, false);
  const { gate, stuck } = await stuckOn(journal, service, 'm');
  const behind = [run(service, 'n', add(1)), run(service, 'o', add(1))];
  await pause(20);
  expect(journal.appended).toHaveLength(1);
  gate.open();
  await Promise.all([stuck, ...behind]);
  expect(journal.appended.map((appends) => appends.length)).toEqual([1, 2]);
});

test('a request that lost its race is decided before those that were held back', async () => {
  const { store, journal, service } = start();
  const { gate, stuck } = await stuckOn(journal, service, 'm');
  const order: string[] = [];
  const first = noted(order, 'first', stuck);
  const held = noted(order, 'held', run(service, 'm', add(10)));
  await run(service, 'n', add(1));
  await store.append(rivals(journal.appended[0]));
  gate.open();
  await Promise.all([first, held]);
  expect(order).toEqual(['first', 'held']);
  expect((await stuck).view).toMatchObject({ sequence: 2 });
});

test('a batch that fails rejects its own requests, and the other one is recorded', async () => {
  const { journal, service } = start();
  const { gate, stuck } = await stuckOn(journal, service, 'm');
  journal.fail('append');
  await expect(run(service, 'n', add(1))).rejects.toThrow(ServiceUnavailable);
  gate.open();
  expect((await stuck).view).toMatchObject({ points: 1 });
  expect(await read(service, 'n')).toBeNull();
});

test('an account in flight is not evicted by the other batch', async () => {
  const { journal, service } = start({ residentWeightMax: 1 });
  const gate = journal.hold('catchUp');
  const stuck = run(service, 'm', add(1));
  await gate.reached;
  await run(service, 'n', add(1));
  const readsBefore = journal.calls.filter((call) => call === 'catchUp').length;
  gate.open();
  expect((await stuck).view).toMatchObject({ sequence: 1, points: 1 });
  expect(journal.calls.filter((call) => call === 'catchUp')).toHaveLength(readsBefore);
});

test('accounts of a batch that ended are evicted', async () => {
  const { journal, service } = start({ residentWeightMax: 1, quietReadsMin: 1 });
  const { gate, stuck } = await stuckOn(journal, service, 'm');
  await run(service, 'n', add(1));
  gate.open();
  await stuck;
  await run(service, 'n', add(1));
  const readsBefore = journal.calls.filter((call) => call === 'catchUp').length;
  // In memory it would be quiet by now, and be changed without a read.
  await run(service, 'm', add(1));
  expect(journal.calls.filter((call) => call === 'catchUp')).toHaveLength(readsBefore + 1);
});

test('a service that closes waits for both batches and for what they hold back', async () => {
  const { store, journal, service } = start();
  const first = await stuckOn(journal, service, 'm');
  const second = await stuckOn(journal, service, 'n');
  const held = run(service, 'm', add(10));
  const order: string[] = [];
  const closed = noted(order, 'closed', service.close());
  second.gate.open();
  await noted(order, 'second', second.stuck);
  first.gate.open();
  await noted(order, 'first', first.stuck);
  await noted(order, 'held', held);
  await closed;
  expect(order).toEqual(['second', 'first', 'held', 'closed']);
  expect(await read(serviceOn(store), 'm')).toMatchObject({ points: 11 });
});

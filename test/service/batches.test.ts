import { MemoryJournal } from '../../src/journal/memory/journal';
import { Overloaded, ServiceUnavailable } from '../../src/service/service-error';
import { add, kinds, read, run, serviceOn, spend } from './service-fixture';

/** Counts the appends and catch-up reads of a real journal. */
class CountingJournal extends MemoryJournal {
  readonly appends: number[] = [];
  reads = 0;

  override async append(...args: Parameters<MemoryJournal['append']>) {
    this.appends.push(args[0].reduce((sum, { entries }) => sum + entries.length, 0));
    return super.append(...args);
  }

  override async catchUp(...args: Parameters<MemoryJournal['catchUp']>) {
    this.reads += 1;
    return super.catchUp(...args);
  }
}

test('requests of one iteration of the event loop share one write and one read', async () => {
  const journal = new CountingJournal();
  const service = serviceOn(journal);
  await Promise.all(
    Array.from({ length: 100 }, (_, index) => run(service, `m${index % 7}`, add(1))),
  );
  expect(journal.appends).toEqual([100]);
  expect(journal.reads).toBe(1);
});

test('an account of a store that is not shared is read once and then cached', async () => {
  const journal = new CountingJournal();
  const service = serviceOn(journal);
  for (let index = 0; index < 5; index += 1) await run(service, 'm', add(1));
  expect(journal.reads).toBe(1);
  expect(await read(service, 'm')).toMatchObject({ sequence: 5, points: 5 });
});

test('a batch is bounded, and a request is never split', async () => {
  const journal = new CountingJournal();
  const service = serviceOn(journal, { limits: { batchRowsMax: 10 } });
  const bulk = Array.from({ length: 25 }, () => add(1));
  await Promise.all([
    ...Array.from({ length: 12 }, () => run(service, 'a', add(1))),
    run(service, 'b', ...bulk),
    run(service, 'c', add(1)),
  ]);
  expect(journal.appends).toEqual([10, 2, 25, 1]);
});

test('a batch ends where its entries would be too long for one write', async () => {
  const journal = new CountingJournal();
  const service = serviceOn(journal, { limits: { batchLengthMax: 300 } });
  const adds = Array.from({ length: 6 }, () => run(service, 'm', add(1)));
  const results = await Promise.all(adds);
  expect(journal.appends).toEqual([3, 3]);
  expect(results.map(({ view }) => view?.sequence)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a response shows the account right after its own command', async () => {
  const service = serviceOn(new MemoryJournal());
  const results = await Promise.all([5, 6, 7].map((points) => run(service, 'm', add(points))));
  expect(results.map(({ view }) => view?.points)).toEqual([5, 11, 18]);
});

test('commands of one job are decided one after another', async () => {
  const service = serviceOn(new MemoryJournal());
  const { outcomes, view } = await run(service, 'm', add(5), spend(6), spend(5), spend(1));
  expect(kinds(outcomes)).toEqual([
    'accepted',
    'INSUFFICIENT_POINTS',
    'accepted',
    'INSUFFICIENT_POINTS',
  ]);
  expect(view).toMatchObject({ sequence: 2, points: 0 });
});

test('an account is unknown until a change of it is accepted, also under an invalid id', async () => {
  const journal = new CountingJournal();
  const service = serviceOn(journal);
  expect(await read(service, 'm')).toBeNull();
  expect((await run(service, 'm', spend(1))).view).toBeNull();
  expect(await read(service, ' ')).toBeNull();
  expect(kinds((await run(service, '\ud800', add(1))).outcomes)).toEqual(['INVALID_ACCOUNT']);
  expect(journal.appends).toEqual([]);
});

test('a view that fails undoes its own commands and no others', async () => {
  const service = serviceOn(new MemoryJournal());
  const failing = service.run([
    {
      accountId: 'm',
      commands: [add(100)],
      view: () => {
        throw new Error('cannot look');
      },
    },
  ]);
  const other = run(service, 'm', add(1));
  await expect(failing).rejects.toThrow('cannot look');
  expect((await other).view).toMatchObject({ sequence: 1, points: 1 });
});

test('a request past the bound of the queue is rejected at once and changes nothing', async () => {
  const service = serviceOn(new MemoryJournal(), { limits: { queueRowsMax: 10 } });
  const waiting = Array.from({ length: 10 }, () => run(service, 'm', add(1)));
  await expect(run(service, 'm', add(1))).rejects.toThrow(Overloaded);
  await Promise.all(waiting);
  expect(await read(service, 'm')).toMatchObject({ points: 10 });
});

test('close resolves queued requests and rejects new ones', async () => {
  const service = serviceOn(new MemoryJournal());
  const waiting = run(service, 'm', add(1));
  const closed = service.close();
  await expect(run(service, 'm', add(1))).rejects.toThrow(ServiceUnavailable);
  expect((await waiting).view).toMatchObject({ points: 1 });
  await closed;
  await expect(service.check()).rejects.toThrow(ServiceUnavailable);
});

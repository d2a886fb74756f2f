import { AppendOutcomeUnknown } from '../../src/journal/journal-error';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { OutcomeUnknown, ServiceUnavailable } from '../../src/service/service-error';
import { ScriptedJournal } from '../journal/scripted-journal';
import { add, kinds, read, run, serviceOn, spend } from './service-fixture';

/**
 * Makes a store, its journal with planned failures, and a service; `shared` if other processes may
 * write too.
 */
function fixture(shared: boolean) {
  const store = new MemoryJournal({ shared });
  const journal = new ScriptedJournal(store);
  return { store, journal, service: serviceOn(journal) };
}

describe.each([
  ['that is not shared', false],
  ['shared with other processes', true],
])('a store %s', (_name, shared) => {
  test('a failed write rejects with SERVICE_UNAVAILABLE, and the cache matches the journal', async () => {
    const { store, journal, service } = fixture(shared);
    await run(service, 'm', add(10));
    const before = await read(service, 'm');
    journal.fail('append');
    const failing = [
      run(service, 'm', add(5)),
      run(service, 'm', spend(12)),
      run(service, 'n', add(1)),
    ];
    const settled = await Promise.allSettled(failing);
    expect(settled.map((one) => one.status === 'rejected' && one.reason)).toEqual([
      expect.any(ServiceUnavailable),
      expect.any(ServiceUnavailable),
      expect.any(ServiceUnavailable),
    ]);
    expect(await read(service, 'm')).toEqual(before);
    expect(await read(service, 'n')).toBeNull();
    expect(await read(serviceOn(store), 'm')).toEqual(before);
  });

  test('reads in the batch of a failed write show durable state', async () => {
    const { journal, service } = fixture(shared);
    await run(service, 'm', add(10));
    journal.fail('append');
    const write = run(service, 'm', add(5));
    const look = read(service, 'm');
    await expect(write).rejects.toThrow(ServiceUnavailable);
    expect(await look).toMatchObject({ sequence: 1, points: 10 });
  });

  test('the service recovers when the store does', async () => {
    const { journal, service } = fixture(shared);
    await run(service, 'm', add(10));
    journal.away();
    for (let round = 0; round < 3; round += 1) {
      await expect(run(service, 'm', add(1))).rejects.toThrow(ServiceUnavailable);
    }
    await expect(service.check()).rejects.toThrow(ServiceUnavailable);
    journal.back();
    await service.check();
    expect((await run(service, 'm', add(1))).view).toMatchObject({ sequence: 2, points: 11 });
  });

  test('a failed command does not use up its key', async () => {
    const { journal, service } = fixture(shared);
    journal.fail('append');
    await expect(run(service, 'm', add(5, { key: 'k' }))).rejects.toThrow(ServiceUnavailable);
    expect(kinds((await run(service, 'm', add(6, { key: 'k' }))).outcomes)).toEqual(['accepted']);
  });

  test('after a conflict the commands, refusals and reads of the account are decided again', async () => {
    const { journal, service } = fixture(shared);
    await run(service, 'm', add(10));
    journal.loseRace();
    const [spent, refused, seen] = await Promise.all([
      run(service, 'm', spend(10)),
      run(service, 'm', spend(1)),
      read(service, 'm'),
    ]);
    expect(kinds(spent.outcomes)).toEqual(['accepted']);
    expect(kinds(refused.outcomes)).toEqual(['accepted']);
    expect(seen).toMatchObject({ sequence: 4, points: 0 });
    expect(seen?.balances).toContainEqual({ payer: 'RIVAL', points: 0 });
  });

  test('a request that loses many races in a row still resolves', async () => {
    const { journal, service } = fixture(shared);
    for (let round = 0; round < 12; round += 1) journal.loseRace();
    const { outcomes, view } = await run(service, 'm', add(1));
    expect(kinds(outcomes)).toEqual(['accepted']);
    expect(view).toMatchObject({ points: view?.sequence });
    journal.clear();
    expect(await read(service, 'm')).toEqual(view);
  });

  test('a conflict does not delay the other accounts of its batch', async () => {
    const { journal, service } = fixture(shared);
    await run(service, 'a', add(1));
    await run(service, 'b', add(1));
    journal.loseRace((appends) =>
      appends
        .filter(({ accountId }) => accountId === 'b')
        .map((append) => ({ ...append, entries: [{ ...append.entries[0], id: 'rival' }] })),
    );
    const resolved: string[] = [];
    await Promise.all(
      ['a', 'b'].map((id) => run(service, id, add(1)).then(() => resolved.push(id))),
    );
    expect(resolved).toEqual(['a', 'b']);
    expect(await read(service, 'b')).toMatchObject({ sequence: 3, points: 3 });
  });

  test('an append whose response was lost is recognized as done, once', async () => {
    const { store, journal, service } = fixture(shared);
    await run(service, 'm', add(10));
    journal.loseResponse();
    expect((await run(service, 'm', add(5))).view).toMatchObject({ sequence: 2, points: 15 });
    expect((await run(service, 'm', add(1))).view).toMatchObject({ sequence: 3, points: 16 });
    expect(await read(serviceOn(store), 'm')).toMatchObject({ sequence: 3, points: 16 });
  });

  test('an append that was not done succeeds when retried, and a late commit of it then changes nothing', async () => {
    const { store, journal, service } = fixture(shared);
    const sent = journal.delay();
    expect((await run(service, 'm', add(5))).view).toMatchObject({ sequence: 1, points: 5 });
    expect(await sent.commit()).toEqual(['conflict']);
    expect(await read(serviceOn(store), 'm')).toMatchObject({ sequence: 1, points: 5 });
  });

  test('an append whose response is lost several times is recognized in the end', async () => {
    const { journal, service } = fixture(shared);
    journal.loseResponse();
    journal.fail('append', 2);
    journal.loseResponse();
    const { outcomes, view } = await run(service, 'm', add(5, { key: 'k' }));
    expect(kinds(outcomes)).toEqual(['accepted']);
    expect(view).toMatchObject({ sequence: 1, points: 5 });
  });

  test('the outcome is unknown only if the store stays away, and a retry with the key is safe', async () => {
    const { store, journal, service } = fixture(shared);
    await run(service, 'm', add(1));
    journal.next('append', async (done) => {
      await done();
      journal.away();
      throw new AppendOutcomeUnknown('The response was lost.');
    });
    await expect(run(service, 'm', add(5, { key: 'k' }))).rejects.toThrow(OutcomeUnknown);
    journal.back();
    expect(kinds((await run(service, 'm', add(5, { key: 'k' }))).outcomes)).toEqual(['replayed']);
    expect(await read(serviceOn(store), 'm')).toMatchObject({ sequence: 2, points: 6 });
  });

  test('a commit after OUTCOME_UNKNOWN is seen, and counts once', async () => {
    const { journal, service } = fixture(shared);
    await run(service, 'm', add(1));
    const sent = journal.delay();
    journal.fail('append', 1_000);
    await expect(run(service, 'm', add(5, { key: 'k' }))).rejects.toThrow(OutcomeUnknown);
    journal.clear();
    expect(await sent.commit()).toEqual(['appended']);
    const { outcomes, view } = await run(service, 'm', add(5, { key: 'k' }));
    expect(kinds(outcomes)).toEqual(['replayed']);
    expect(view).toMatchObject({ sequence: 2, points: 6 });
  });
});

describe('a store shared with other processes', () => {
  test('an account whose history changed is reloaded', async () => {
    const { journal, service } = fixture(true);
    for (let count = 0; count < 5; count += 1) await run(service, 'm', add(10));
    const restored = new MemoryJournal({ shared: true });
    await run(serviceOn(restored), 'm', add(3));
    journal.fork(restored);
    expect((await run(service, 'm', add(1))).view).toMatchObject({ sequence: 2, points: 4 });
  });

  test('an account that is missing from the store is unknown again', async () => {
    const { journal, service } = fixture(true);
    await run(service, 'm', add(10));
    journal.fork(new MemoryJournal({ shared: true }));
    expect(await read(service, 'm')).toBeNull();
  });

  test('a failed load rejects the requests that wait for it, and the next request loads again', async () => {
    const { store, journal, service } = fixture(true);
    const rows = Array.from({ length: 1_000 }, () => add(1));
    for (let round = 0; round < 2; round += 1) await run(serviceOn(store), 'm', ...rows);
    journal.fail('entries');
    const waiting = [read(service, 'm'), run(service, 'm', add(1))];
    for (const one of waiting) await expect(one).rejects.toThrow(ServiceUnavailable);
    expect(await read(service, 'm')).toMatchObject({ sequence: 2_000, points: 2_000 });
  });
});

test('an account whose entries do not follow rejects its own requests and no others', async () => {
  const store = new MemoryJournal();
  const entry = {
    kind: 'spend',
    id: 'x',
    accountId: 'm',
    sequence: 1,
    recordedAt: 1,
    reference: null,
    idempotencyKey: null,
    digest: null,
    points: 5,
    allocations: [{ payer: 'A', timestamp: 1, sequence: 1, points: 5 }],
  } as const;
  await store.append([{ accountId: 'm', after: null, entries: [entry] }]);
  const service = serviceOn(store);
  const others = run(service, 'n', add(1));
  await expect(read(service, 'm')).rejects.toThrow('has no payer A');
  await expect(run(service, 'm', add(1))).rejects.toThrow('has no payer A');
  expect((await others).view).toMatchObject({ points: 1 });
});

import { AppendOutcomeUnknown } from '../../src/journal/journal-error';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { OutcomeUnknown, ServiceUnavailable } from '../../src/service/service-error';
import { ScriptedJournal } from '../journal/scripted-journal';
import { add, kinds, read, run, serviceOn, spend } from './service-fixture';

const quietReadsMin = 2;

/**
 * Makes a service that has read account `m`, with 10 points added under the key `first`, often
 * enough without finding entries of other processes, and a second service on its store.
 */
async function quiet() {
  const store = new MemoryJournal({ shared: true });
  const journal = new ScriptedJournal(store);
  const service = serviceOn(journal, { limits: { quietReadsMin } });
  await run(service, 'm', add(10, { key: 'first' }));
  for (let count = 0; count < quietReadsMin; count += 1) await read(service, 'm');
  journal.calls.length = 0;
  return { journal, service, other: serviceOn(store) };
}

test('a change of a quiet account costs one call of the journal', async () => {
  const { journal, service } = await quiet();
  await Promise.all([run(service, 'm', add(1)), read(service, 'm'), run(service, 'm', spend(11))]);
  expect(journal.calls).toEqual(['append']);
});

test('a batch of reads always reads the journal, and shows entries of other processes', async () => {
  const { service, other } = await quiet();
  await run(other, 'm', add(5));
  expect(await read(service, 'm')).toMatchObject({ sequence: 2, points: 15 });
});

test('a change of a stale account is decided again on the new entries, and so is a read beside it', async () => {
  const { service, other } = await quiet();
  await run(other, 'm', spend(8));
  const [spent, seen] = await Promise.all([run(service, 'm', spend(5)), read(service, 'm')]);
  expect(kinds(spent.outcomes)).toEqual(['INSUFFICIENT_POINTS']);
  expect(seen).toMatchObject({ sequence: 2, points: 2 });
});

test('a refusal is returned only after the journal was read', async () => {
  const { service, other } = await quiet();
  await run(other, 'm', add(90));
  const { outcomes, view } = await run(service, 'm', spend(100));
  expect(kinds(outcomes)).toEqual(['accepted']);
  expect(view).toMatchObject({ sequence: 3, points: 0 });
});

test('a replay is found though the key was not looked up before the change was decided', async () => {
  const { service, other } = await quiet();
  expect(kinds((await run(service, 'm', add(10, { key: 'first' }))).outcomes)).toEqual([
    'replayed',
  ]);
  await run(other, 'm', add(7, { key: 'theirs' }));
  expect(kinds((await run(service, 'm', add(7, { key: 'theirs' }))).outcomes)).toEqual([
    'replayed',
  ]);
  expect(await read(service, 'm')).toMatchObject({ sequence: 2, points: 17 });
});

test('the key of a refused command is looked up even if another change of the batch is accepted', async () => {
  const { service } = await quiet();
  await run(service, 'm', spend(10, 'spent'));
  const { outcomes } = await run(service, 'm', add(1), spend(10, 'spent'));
  expect(kinds(outcomes)).toEqual(['accepted', 'replayed']);
  expect(await read(service, 'm')).toMatchObject({ sequence: 3, points: 1 });
});

test('one key twice in a batch is a replay, and counts once', async () => {
  const { journal, service } = await quiet();
  const { outcomes } = await run(service, 'm', add(4, { key: 'k' }), add(4, { key: 'k' }));
  expect(kinds(outcomes)).toEqual(['accepted', 'replayed']);
  expect(journal.calls).toEqual(['append']);
});

test('beside a failed append, no result is returned that is not proven', async () => {
  const { journal, service, other } = await quiet();
  await run(other, 'm', add(5));
  journal.fail('append');
  const [write, look] = await Promise.allSettled([run(service, 'm', add(1)), read(service, 'm')]);
  for (const settled of [write, look]) {
    expect(settled.status === 'rejected' && settled.reason).toEqual(expect.any(ServiceUnavailable));
  }
  expect(await read(service, 'm')).toMatchObject({ sequence: 2, points: 15 });
});

test('beside a change of unknown outcome, a read rejects with SERVICE_UNAVAILABLE', async () => {
  const { journal, service } = await quiet();
  journal.next('append', async () => {
    journal.away();
    throw new AppendOutcomeUnknown('lost');
  });
  const [write, look] = await Promise.allSettled([run(service, 'm', add(1)), read(service, 'm')]);
  expect(write.status === 'rejected' && write.reason).toEqual(expect.any(OutcomeUnknown));
  expect(look.status === 'rejected' && look.reason).toEqual(expect.any(ServiceUnavailable));
});

test('an account that others write is read before each change', async () => {
  const { journal, service, other } = await quiet();
  await run(other, 'm', add(1));
  await run(service, 'm', add(1));
  journal.calls.length = 0;
  await run(service, 'm', add(1));
  expect(journal.calls).toEqual(['catchUp', 'append']);
});

test('one conflict of an account that was not read is no contention', async () => {
  const { journal, service, other } = await quiet();
  for (let round = 0; round < 3; round += 1) {
    await run(other, 'm', add(1));
    await run(service, 'm', add(1));
    for (let count = 0; count < quietReadsMin; count += 1) await read(service, 'm');
  }
  expect(journal.calls).not.toContain('appendAlone');
});

test('an account on another history is reloaded after its append conflicts', async () => {
  const { journal, service } = await quiet();
  const restored = new MemoryJournal({ shared: true });
  await run(serviceOn(restored), 'm', add(500));
  journal.fork(restored);
  expect((await run(service, 'm', add(1))).view).toMatchObject({ sequence: 2, points: 501 });
});

import { MemoryJournal } from '../../src/journal/memory/journal';
import type { Entry } from '../../src/ledger/entry';
import { transaction } from '../journal/entries';
import { add, kinds, read, run, serviceOn, spend, view } from './service-fixture';

const hidden = 'OAK\u200b';
const key = 'k';
const hiddenAdd = (points: number, given: string | null = null) =>
  add(points, { payer: hidden, key: given });

/** Appends entries that an older version accepted. */
async function append(journal: MemoryJournal, ...entries: Entry[]): Promise<void> {
  for (const entry of entries) {
    const { accountId, sequence } = entry;
    const [last] = await journal.entries({
      accountId,
      from: sequence - 1,
      to: sequence - 1,
      order: 'ascending',
      limit: 1,
    });
    const after = last === undefined ? null : { sequence: last.sequence, id: last.id };
    const results = await journal.append([{ accountId, after, entries: [entry] }]);
    expect(results).toEqual(['appended']);
  }
}

const grant = (accountId: string, sequence: number, payer = hidden, idempotencyKey = key) =>
  transaction(accountId, sequence, { payer, points: 10, timestamp: 1, idempotencyKey });

async function outcomesOf(...commands: Parameters<typeof run>[2][]) {
  return kinds((await run(serviceOn(new MemoryJournal()), 'm', ...commands)).outcomes);
}

test('rows of one call are decided with the names that earlier rows made known', async () => {
  const service = serviceOn(new MemoryJournal());
  const job = (accountId: string, ...payers: string[]) => ({
    accountId,
    commands: payers.map((payer) => add(1, { payer })),
    view,
  });
  const results = await service.run([
    job(hidden, 'OAK', hidden),
    job('m', hidden, 'OAK', 'OAK', hidden),
    job(hidden, 'OAK'),
  ]);
  expect(results.map(({ outcomes }) => kinds(outcomes))).toEqual([
    ['INVALID_ACCOUNT', 'INVALID_ACCOUNT'],
    ['INVALID_PAYER', 'accepted', 'accepted', 'INVALID_PAYER'],
    ['INVALID_ACCOUNT'],
  ]);
  expect(await read(service, hidden)).toBeNull();
  expect(await read(service, 'm')).toMatchObject({ points: 2, sequence: 2 });
});

test('a refused name uses up no key, and the corrected row may carry it', async () => {
  const outcomes = await outcomesOf(hiddenAdd(1, key), add(1, { payer: 'OAK', key }));
  expect(outcomes).toEqual(['INVALID_PAYER', 'accepted']);
});

test('an account that exists under such a name is served as before', async () => {
  const journal = new MemoryJournal();
  await append(journal, grant(hidden, 1));
  const commands = [hiddenAdd(10, key), hiddenAdd(-4), spend(6), hiddenAdd(5), add(1)];
  const { outcomes } = await run(serviceOn(journal), hidden, ...commands);
  expect(kinds(outcomes)).toEqual(['replayed', 'accepted', 'accepted', 'accepted', 'accepted']);
});

test('an evicted account knows its payers when reloaded, one at zero too', async () => {
  const journal = new MemoryJournal();
  await append(journal, grant('m', 1));
  const service = serviceOn(journal, { limits: { residentWeightMax: 1 } });
  await run(service, 'm', spend(10));
  for (let index = 0; index < 20; index += 1) await run(service, `other ${index}`, add(1));
  expect(kinds((await run(service, 'm', hiddenAdd(3))).outcomes)).toEqual(['accepted']);
});

test('an account that is loaded from a snapshot knows its payers, one at zero too', async () => {
  const journal = new MemoryJournal();
  await append(journal, grant('m', 1));
  const first = serviceOn(journal, { limits: { snapshotEntriesMin: 3 } });
  await run(first, 'm', spend(10), add(1), spend(1), add(1), spend(1));
  await run(first, 'm', add(1));
  await first.close();
  const partsRead = jest.spyOn(journal, 'snapshotPart');
  const result = await run(serviceOn(journal), 'm', hiddenAdd(3), hiddenAdd(10, key));
  expect(kinds(result.outcomes)).toEqual(['accepted', 'replayed']);
  expect(partsRead).toHaveBeenCalled();
});

describe('beside a server of an older version', () => {
  /** Makes a service that has read the account before the older server writes. */
  async function staleService() {
    const journal = new MemoryJournal({ shared: true });
    const service = serviceOn(journal);
    await run(service, 'm', add(1));
    await append(journal, grant('m', 2));
    return service;
  }

  test('a payer that the older server added is known before a command is decided', async () => {
    const { outcomes } = await run(await staleService(), 'm', hiddenAdd(3));
    expect(kinds(outcomes)).toEqual(['accepted']);
  });

  test('a grant that the older server accepted is replayed by its key', async () => {
    const { outcomes } = await run(await staleService(), 'm', hiddenAdd(10, key));
    expect(kinds(outcomes)).toEqual(['replayed']);
  });

  test('a refusal among accepted commands is decided again after a conflict', async () => {
    const { outcomes } = await run(await staleService(), 'm', add(1), hiddenAdd(3), add(1));
    expect(kinds(outcomes)).toEqual(['accepted', 'accepted', 'accepted']);
  });

  test('an account that the older server creates at the same time is known', async () => {
    const journal = new MemoryJournal({ shared: true });
    const service = serviceOn(journal);
    expect(await read(service, hidden)).toBeNull();
    await append(journal, grant(hidden, 1));
    const { outcomes } = await run(service, hidden, add(1));
    expect(kinds(outcomes)).toEqual(['accepted']);
  });
});

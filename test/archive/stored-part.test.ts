import { storedPart } from '../../src/archive/stored-part';
import { seal } from '../../src/digest/entry-digest';
import type { Entry } from '../../src/ledger/entry';
import { transaction } from '../journal/entries';
import { ScriptedJournal } from '../journal/scripted-journal';
import { stepsOf, storeOf } from './restored';

const history = (accountId: string, count: number) =>
  Array.from({ length: count }, (_unused, at) => transaction(accountId, at + 1));

/** Accounts that end within a batch, with a batch, and after several. */
const entries = [history('a', 3), history('b', 997), history('c', 2_500), history('d', 2)].flat();

async function partOf(stored: readonly Entry[], exported: readonly Entry[] = entries) {
  return storedPart(await storeOf(stored), stepsOf(exported), () => {});
}

test.each([0, 1, 3, 4, 1_000, 1_001, 3_499, 3_500, 3_501, 3_502])(
  'the first %d entries of an export are a part of it',
  async (count) => {
    expect(await partOf(entries.slice(0, count))).toEqual({ entries: count, leading: count });
  },
);

test('the first entries of any of its accounts are a part, as Citus may leave them', async () => {
  const stored = [entries.slice(0, 2), entries.slice(1_000, 2_500), entries.slice(3_500, 3_501)];
  expect(await partOf(stored.flat())).toEqual({ entries: 1_503, leading: 2 });
});

test('a store is read up to its last account only', async () => {
  const journal = new ScriptedJournal(await storeOf(entries.slice(0, 3)));
  await storedPart(journal, stepsOf(entries), () => {});
  expect(journal.calls).toEqual(['accounts', 'entriesAt']);
});

test('a read that fails is retried', async () => {
  const journal = new ScriptedJournal(await storeOf(entries));
  journal.fail('accounts');
  journal.fail('entriesAt');
  const part = await storedPart(journal, stepsOf(entries), () => {});
  expect(part.entries).toBe(entries.length);
});

test('more accounts than a page are compared', async () => {
  const many = Array.from({ length: 2_500 }, (_unused, at) => transaction(`m${10_000 + at}`, 1));
  expect(await partOf(many, many)).toEqual({ entries: 2_500, leading: 2_500 });
  const other = transaction('m12001x', 1);
  await expect(partOf([...many, other], many)).rejects.toThrow('account "m12001x" is not in');
});

const other = transaction('b', 5);
const withOther = (change: object) =>
  entries.map((entry) =>
    entry.accountId === 'b' && entry.sequence === 5 ? { ...entry, ...change } : entry,
  );

test.each<[string, readonly Entry[], string]>([
  ['an account before all', [transaction('A', 1)], 'account "A" is not in the export'],
  ['an account between', [...entries, transaction('bb', 1)], 'account "bb" is not in the export'],
  ['an account after all', [...entries, transaction('e', 1)], 'account "e" is not in the export'],
  ['a later account alone', [transaction('e', 1)], 'account "e" is not in the export'],
  [
    'a further entry',
    [...entries, transaction('a', 4)],
    'entry 4 of account "a" is not in the export',
  ],
  [
    'a further entry of the last account',
    [...entries, transaction('d', 3)],
    'entry 3 of account "d" is not in the export',
  ],
  ['another id', withOther({ id: other.id }), 'entry 5 of account "b" is another one'],
  ['other points', withOther({ points: 99 }), 'entry 5 of account "b" is another one'],
  ['another reference', withOther({ reference: 'x' }), 'entry 5 of account "b" is another one'],
])('a store with %s is refused', async (_what, stored, message) => {
  await expect(partOf(stored)).rejects.toThrow(message);
});

test('a store with a gap in an account is refused', async () => {
  const journal = new ScriptedJournal(await storeOf(entries.slice(0, 1_000)));
  journal.next('entriesAt', async (run) => {
    const found = (await run()) as (Entry | null)[];
    return found.map((entry) => (entry?.sequence === 2 ? null : entry)) as never;
  });
  await expect(storedPart(journal, stepsOf(entries), () => {})).rejects.toThrow(
    'entry 3 of account "a" follows one that is missing',
  );
});

test('entries with digests are not those without, of an export of the first version', async () => {
  const sealed = history('a', 3);
  const unsealed = sealed.map((entry) => ({ ...entry }));
  seal(sealed, null);
  await expect(partOf(unsealed, sealed)).rejects.toThrow('entry 1 of account "a" is another one');
  await expect(partOf(sealed, unsealed)).rejects.toThrow('entry 1 of account "a" is another one');
  expect(await partOf(sealed, sealed)).toEqual({ entries: 3, leading: 3 });
});

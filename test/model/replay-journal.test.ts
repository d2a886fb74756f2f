import type { Entry, SpendEntry, TransactionEntry } from '../../src/ledger/entry';
import { add, debit, spend } from '../ledger/commands';
import { given, noon } from '../ledger/given';
import { replayJournal } from './replay-journal';

/** Three grants, a debit and a spend that takes from two lots. */
const journal = given(
  add('A', 5, 3, { idempotencyKey: 'k' }),
  add('B', 5, 1),
  debit('B', 2),
  add('A', 5, 2),
  spend(6),
).entries;

const spent = journal[4] as SpendEntry;
const debited = journal[2] as TransactionEntry;

/** Returns the journal with the entry of the same sequence replaced. */
function withEntry(entry: Entry): Entry[] {
  return journal.map((each) => (each.sequence === entry.sequence ? entry : each));
}

test('a journal that the rule wrote is replayed to its balances', () => {
  const { accountId } = spent;
  expect(replayJournal(accountId, journal).balances()).toEqual([
    { payer: 'A', points: 7 },
    { payer: 'B', points: 0 },
  ]);
  expect(replayJournal(accountId, []).balances()).toEqual([]);
});

const [first, second] = spent.allocations as [
  SpendEntry['allocations'][0],
  SpendEntry['allocations'][0],
];

describe('replay fails at the first entry that does not follow:', () => {
  const wrong: readonly [string, Entry[]][] = [
    ['a gap', journal.filter(({ sequence }) => sequence !== 2)],
    ['an entry twice', [...journal.slice(0, 2), ...journal.slice(1)]],
    ['another order', [journal[1]!, journal[0]!, ...journal.slice(2)]],
    ['a clock that went back', withEntry({ ...debited, recordedAt: noon - 1 })],
    ['a debit beyond the balance', withEntry({ ...debited, points: -6 })],
    ['a key used twice', withEntry({ ...debited, idempotencyKey: 'k' })],
    ['another account', withEntry({ ...debited, accountId: 'member-2' })],
    ['another order of allocations', withEntry({ ...spent, allocations: [second, first] })],
    ['an allocation too few', withEntry({ ...spent, allocations: [first] })],
    ['other lots', withEntry({ ...spent, allocations: [first, { ...second, sequence: 1 }] })],
    ['other points', withEntry({ ...spent, points: 7 })],
  ];

  test.each(wrong)('%s', (_what, entries) => {
    expect(() => replayJournal(spent.accountId, entries)).toThrow(/the journal has/);
  });
});

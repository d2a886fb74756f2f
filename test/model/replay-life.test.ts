import type { Entry } from '../../src/ledger/entry';
import type { LapseEntry } from '../../src/ledger/lapse-entry';
import { add, spend } from '../ledger/commands';
import { grant, reverseSpend } from '../ledger/life-commands';
import { NaiveLife } from './naive-life';
import { replayLife } from './replay-life';

const accountId = 'member-1';

/** Returns entries of all kinds but one: a spend, points that expire, and a reversal in part. */
function history(): Entry[] {
  const model = new NaiveLife(accountId);
  model.run(grant('A', 10, 1, { expiresAt: 100 }), 0, 'entry-1');
  model.run(add('B', 5, 2), 0, 'entry-2');
  model.run(spend(4), 50, 'entry-3');
  model.run(add('B', 1, 3), 100, 'entry-4');
  model.run(reverseSpend(3, 3), 120, 'entry-6');
  return model.entries;
}

test('a journal by the rule is replayed, with the account after each entry', () => {
  const states = replayLife(accountId, history());
  expect(states.map(({ books }) => books.points())).toEqual([0, 10, 15, 11, 5, 6, 6]);
  expect(states.at(-1)!.entries).toEqual(history());
});

test('a lapse may be split into entries at any row', () => {
  const model = new NaiveLife(accountId);
  for (const points of [1, 2, 3]) model.run(grant('A', points, 1, { expiresAt: 100 }), 0, 'grant');
  model.sweep(100, 'lapse-1', 2);
  model.sweep(100, 'lapse-2');
  expect(model.entries.map(({ points }) => points)).toEqual([1, 2, 3, 3, 3]);
  expect(replayLife(accountId, model.entries).at(-1)!.books.points()).toBe(0);
  const missing = model.entries.slice(0, -1);
  const next = new NaiveLife(accountId);
  for (const points of [1, 2, 3]) next.run(grant('A', points, 1, { expiresAt: 100 }), 0, 'grant');
  next.sweep(100, 'lapse');
  next.run(add('B', 1, 1), 100, 'next');
  missing.push(changed(next.entries.at(-1)!, { sequence: 5 }));
  expect(() => replayLife(accountId, missing)).toThrow('where the rule says');
});

const changed = (entry: Entry, change: object): Entry => ({ ...entry, ...change }) as Entry;

test.each<[string, (entries: Entry[]) => void]>([
  ['a lapse is missing', (entries) => entries.splice(3, 1)],
  [
    'a lapse is recorded before it is due',
    (entries) => {
      entries[3] = changed(entries[3]!, { recordedAt: 99 });
    },
  ],
  [
    'a lapse leaves a point',
    (entries) => {
      const [row] = (entries[3] as LapseEntry).rows;
      entries[3] = changed(entries[3]!, { rows: [{ ...row, expired: 5 }] });
    },
  ],
  ['a reversal occurs twice', (entries) => entries.push(changed(entries[5]!, { sequence: 7 }))],
  [
    'what came back to an expired lot did not lapse',
    (entries) => {
      entries[5] = changed(entries[5]!, { lapses: [] });
    },
  ],
])('a journal in which %s is refused', (_fault, plant) => {
  const entries = history();
  plant(entries);
  expect(() => replayLife(accountId, entries)).toThrow('where the rule says');
});

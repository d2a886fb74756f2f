import fc from 'fast-check';
import type { Entry } from '../../../src/ledger/entry';
import { RecentEntries } from '../../../src/service/feed/recent-entries';
import { run, spend } from '../../journal/entries';

const history = run('m', 1, 1_500);
const markAt = (sequence: number) => (sequence === 0 ? null : history[sequence - 1]);
const between = (after: number, to: number) => history.slice(after, to);

test('after runs in any order, the cached entries are a run without a gap', () => {
  const piece = fc.tuple(fc.nat({ max: 1_400 }), fc.integer({ min: 1, max: 100 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const recent = new RecentEntries();
      let highest = 0;
      for (const [after, count] of pieces) {
        recent.add(markAt(after), between(after, after + count));
        highest = Math.max(highest, after + count);
        expect(recent.newest!.sequence).toBe(highest);
        for (const place of [0, after, highest - 1, highest, highest + 5]) {
          const found = recent.after(markAt(Math.min(place, 1_500)));
          expect(found).not.toBe('forked');
          if (found !== null) expect(found).toEqual(between(place, highest));
        }
      }
    }),
  );
});

test('it caches a bounded number of entries, and of lots of their spends', () => {
  const recent = new RecentEntries();
  const lengths: number[] = [];
  for (let after = 0; after < 1_500; after += 50) {
    recent.add(markAt(after), between(after, after + 50));
    lengths.push(
      [...Array(after + 51).keys()].filter((at) => recent.after(markAt(at)) !== null).length,
    );
  }
  expect(Math.max(...lengths)).toBeLessThan(600);
  const base = spend('m', 1_501);
  if (base.kind !== 'spend') throw new Error('no spend');
  const huge: Entry = { ...base, allocations: Array(30_000).fill(base.allocations[0]) };
  recent.add(markAt(1_500), [huge]);
  expect(recent.newest).toEqual({ sequence: 1_501, id: huge.id });
  expect(recent.after(markAt(1_500))).toBe(null);
  expect(recent.after(huge)).toEqual([]);
});

test('another entry with the sequence of one that was seen is a fork', () => {
  const recent = new RecentEntries();
  recent.begin(markAt(3));
  expect(recent.after({ sequence: 3, id: 'other' })).toBe('forked');
  expect(recent.after(null)).toBe(null);
  const [foreign] = run('m', 4, 4);
  recent.add({ sequence: 3, id: 'other' }, [foreign]);
  expect(recent.after(markAt(3))).toBe('forked');
  expect(recent.after({ sequence: 3, id: 'other' })).toEqual([foreign]);
});

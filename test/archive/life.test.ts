import fc from 'fast-check';
import { readExport } from '../../src/archive/read-export';
import { restoreEntries } from '../../src/archive/restore-entries';
import { seal } from '../../src/digest/entry-digest';
import { MemoryJournal } from '../../src/journal/memory/journal';
import type { Entry } from '../../src/ledger/entry';
import { chunked } from '../import/read-all';
import { add } from '../ledger/commands';
import { grant } from '../ledger/life-commands';
import { LifeScenario } from '../ledger/life-scenario';
import { often } from '../model/runs';
import { exportOf, findingsOf } from './archives';
import { lifeOf } from './lives';

const lives = fc
  .record({ seed: fc.nat(), commands: fc.integer({ min: 1, max: 80 }) })
  .map(({ seed, commands }) => lifeOf(seed, commands));

test('verification has no findings in points that expire, begin and come back', async () => {
  await fc.assert(
    fc.asyncProperty(lives, async (entries) => {
      expect(await findingsOf(entries)).toEqual([]);
    }),
    often(60),
  );
});

test('what is exported and restored is the same, entry by entry', async () => {
  await fc.assert(
    fc.asyncProperty(lives, async (entries) => {
      fc.pre(entries.length > 0);
      const { accountId } = entries[0]!;
      const source = new MemoryJournal();
      await source.append([{ accountId, after: null, entries }]);
      const text = await exportOf(source);
      const target = new MemoryJournal();
      await restoreEntries(
        target,
        readExport(() => chunked(text, 100)),
        () => {},
      );
      expect(await exportOf(target)).toBe(text);
      const range = { accountId, from: 1, to: 1_000, order: 'ascending', limit: 1_000 } as const;
      expect(await target.entries(range)).toEqual(entries);
    }),
    often(40),
  );
});

/** Lots that expire and begin, recorded at 50 in entries of at most so many rows. */
function swept(rowsMax: number): Entry[] {
  const scenario = new LifeScenario();
  for (const [at, end] of [30, 10, 20, 20, 40].entries()) {
    const dates = at % 2 === 0 ? { expiresAt: end } : { availableFrom: end - 5, expiresAt: end };
    scenario.run(grant('A', 10, at, dates), 0, `grant-${at}`);
  }
  scenario.sweep(50, 'sweep', rowsMax);
  scenario.run(add('A', 1, 0), 50, 'add');
  seal(scenario.entries, null);
  return scenario.entries;
}

test.each([1, 2, 3, 6, 1_000])('rows in entries of at most %d are the same rows', async (max) => {
  const entries = swept(max);
  const rowsOf = (all: Entry[]) => all.flatMap((entry) => ('rows' in entry ? entry.rows : []));
  expect(rowsOf(entries)).toEqual(rowsOf(swept(1_000)));
  expect(await findingsOf(entries)).toEqual([]);
});

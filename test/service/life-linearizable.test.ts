import { MemoryJournal } from '../../src/journal/memory/journal';
import type { JournalFixture, MakeJournal } from '../journal/fixture';
import { postgresJournals } from '../journal/postgres/fixture';
import { makeSqliteJournal } from '../journal/sqlite/fixture';
import { useFreshDatabases } from '../support/fresh-databases';
import { expectLinearizable } from './life-story';

const fresh = useFreshDatabases();

async function makeMemoryJournal(): Promise<JournalFixture> {
  const journal = new MemoryJournal({ shared: true });
  return { journal, sibling: async () => journal, dispose: async () => {} };
}

/** A database for each story, since all stories use the same accounts. */
async function makePostgresJournal(): Promise<JournalFixture> {
  return postgresJournals(fresh)();
}

const cases: readonly (readonly [string, number, number, MakeJournal])[] = [
  ['in memory', 1, 50, makeMemoryJournal],
  ['in memory', 2, 50, makeMemoryJournal],
  ['in memory', 4, 50, makeMemoryJournal],
  ['in SQLite', 4, 40, makeSqliteJournal],
  ['in PostgreSQL', 1, 25, makePostgresJournal],
  ['in PostgreSQL', 4, 25, makePostgresJournal],
];

test.each(cases)(
  'with random clocks, conflicts and lost responses, results are linearizable %s: %d quiet reads',
  async (_store, quietReadsMin, callsPerCaller, make) => {
    const { journal, sibling, dispose } = await make();
    const others = sibling === undefined ? [] : [await sibling(), await sibling()];
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
    try {
      await expectLinearizable([journal, ...others], { seed, quietReadsMin, callsPerCaller });
    } finally {
      await dispose();
    }
  },
);

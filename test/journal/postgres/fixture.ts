import { PostgresJournal } from '../../../src/journal/postgres/journal';
import type { FreshDatabase } from '../../support/fresh-databases';
import type { JournalFixture } from '../fixture';

/**
 * Journals on one database per test file: each test uses its own accounts, and creating a database
 * takes longer than a test.
 */
export function postgresJournals(fresh: FreshDatabase): () => Promise<JournalFixture> {
  let address: Promise<string> | null = null;
  return async () => {
    address ??= fresh();
    return postgresJournal(await address);
  };
}

/** A journal, and others on the same database. */
export async function postgresJournal(url: string): Promise<JournalFixture> {
  const open: PostgresJournal[] = [];
  const another = async () => {
    const journal = await PostgresJournal.open(url);
    open.push(journal);
    return journal;
  };
  const journal = await another();
  return {
    journal,
    async reopen() {
      await journal.close();
      return another();
    },
    sibling: another,
    async dispose() {
      await Promise.all(open.map((each) => each.close()));
    },
  };
}

import type { Journal } from '../../src/journal/journal';

/** An empty journal to test, and its surroundings. */
export interface JournalFixture {
  readonly journal: Journal;
  /**
   * Restarts: closes the journal and opens another on the same store, if the store outlives it.
   */
  readonly reopen?: () => Promise<Journal>;
  /** Opens another process's journal on the same store, if there can be one. */
  readonly sibling?: () => Promise<Journal>;
  readonly dispose: () => Promise<void>;
}

export type MakeJournal = () => Promise<JournalFixture>;

/** Makes a journal for each test of the enclosing block. */
export function useJournal(make: MakeJournal): () => JournalFixture {
  let fixture: JournalFixture | null = null;
  beforeEach(async () => {
    fixture = await make();
  });
  afterEach(async () => {
    await fixture?.dispose();
    fixture = null;
  });
  return () => {
    if (fixture === null) throw new Error('There is a journal only while a test runs.');
    return fixture;
  };
}

import type { Journal } from '../../src/journal/journal';

/** A journal to be tested, empty, and what can be done around it. */
export interface JournalFixture {
  readonly journal: Journal;
  /**
   * Ends the journal's process and begins another on the same store, where the store outlives it.
   */
  readonly reopen?: () => Promise<Journal>;
  /** Another process's journal on the same store, where there can be one. */
  readonly sibling?: () => Promise<Journal>;
  readonly dispose: () => Promise<void>;
}

export type MakeJournal = () => Promise<JournalFixture>;

/** A journal for each test of the block it is called in. */
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

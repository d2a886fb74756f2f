import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { temporaryFolder } from '../../support/temporary-folder';
import type { JournalFixture } from '../fixture';

/** A folder for each test of the block it is called in, gone after it. */
export function useFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = temporaryFolder('sqlite');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

/** A journal on a file of its own. */
export async function makeSqliteJournal(): Promise<JournalFixture> {
  const folder = temporaryFolder('sqlite');
  const path = join(folder, 'ledger.db');
  let journal = await SqliteJournal.open(path);
  return {
    journal,
    async reopen() {
      await journal.close();
      journal = await SqliteJournal.open(path);
      return journal;
    },
    async dispose() {
      await journal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

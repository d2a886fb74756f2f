import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { type Logger, silentLogger } from '../../../src/telemetry/logger';
import { temporaryFolder } from '../../support/temporary-folder';
import type { JournalFixture } from '../fixture';

/** Makes a folder for each test of the enclosing block, and removes it afterwards. */
export function useFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = temporaryFolder('sqlite');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

/** Makes a journal on a new file. */
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

/** Makes a journal, and collects the errors that it logs. */
export async function openLogged(
  path: string,
): Promise<{ readonly journal: SqliteJournal; readonly errors: readonly string[] }> {
  const errors: string[] = [];
  const logger: Logger = {
    ...silentLogger,
    error: (_fields, message) => errors.push(message),
  };
  return { journal: await SqliteJournal.open(path, { logger }), errors };
}

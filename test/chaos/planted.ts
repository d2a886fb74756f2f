import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A mistake, put into one file of the built server. */
export interface Mistake {
  readonly name: string;
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

export const mistakes: readonly Mistake[] = [
  {
    name: 'a conflict is answered as success',
    file: 'journal/postgres-append.js',
    right: "accountIds.has(accountId) ? 'appended' : 'conflict'",
    wrong: "'appended'",
  },
  {
    name: 'what others appended is not read',
    file: 'service/account-keeper.js',
    right: 'journal.shared || !resident.isCurrent',
    wrong: '!resident.isCurrent',
  },
  {
    name: 'an unknown outcome is told as a failure',
    file: 'service/settled-append.js',
    right: 'return settleAppend(journal, appends, patience);',
    wrong: "throw new journal_1.JournalUnavailable('planted');",
  },
];

/** The main file of a copy of the server with a mistake in it; to be removed by the caller. */
export function plant(main: string, { file, right, wrong }: Mistake): string {
  const folder = mkdtempSync(`${dirname(main)}-planted-`);
  cpSync(dirname(main), folder, { recursive: true });
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(right)) throw new Error(`${file} has no ${right}`);
  writeFileSync(path, text.replace(right, wrong));
  return join(folder, basename(main));
}

export function uproot(main: string): void {
  rmSync(dirname(main), { recursive: true });
}

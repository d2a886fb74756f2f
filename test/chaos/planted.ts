import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A change to one file of the built server. */
interface Edit {
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

/** A mistake, put into the built server. */
export interface Mistake {
  readonly name: string;
  /** How many requests of a calm day it takes to show; null if it shows only where something breaks. */
  readonly calmAnswers: number | null;
  readonly edits: readonly Edit[];
}

const few = 300;

export const mistakes: readonly Mistake[] = [
  {
    name: 'a conflict is answered as success',
    calmAnswers: few,
    edits: [
      {
        file: 'journal/postgres/append.js',
        right: "appended.has(accountId) ? 'appended' : 'conflict'",
        wrong: "'appended'",
      },
    ],
  },
  {
    name: 'what others appended is not read',
    calmAnswers: few,
    edits: [
      {
        file: 'service/batches/demands.js',
        right: 'if (!journal.shared)',
        wrong: 'if (true)',
      },
    ],
  },
  {
    name: 'a read is answered from memory without catching up',
    calmAnswers: few,
    edits: [
      {
        file: 'service/batches/demands.js',
        right: 'demand.isCaughtUp = !isQuiet || !mayChange;',
        wrong: `if (!mayChange && resident.isCurrent) return false;
                demand.isCaughtUp = !isQuiet || !mayChange;`,
      },
    ],
  },
  {
    name: 'a refusal is answered from memory that no append has proven',
    // A server first has to believe that nobody else changes an account.
    calmAnswers: 1_500,
    edits: [
      {
        file: 'service/batches/draft.js',
        right: 'return this.isCaughtUp || (this.entries.length > 0 && !this.hasOpenKey);',
        wrong: 'return true;',
      },
    ],
  },
  {
    name: 'an account is shown as it was before its own change',
    calmAnswers: few,
    edits: [
      {
        file: 'service/batches/draft.js',
        right: 'const outcomes = job.commands.map',
        wrong: `const early = job.view(account.sequence === 0 ? null : account);
            const outcomes = job.commands.map`,
      },
      {
        file: 'service/batches/draft.js',
        right: 'view: job.view(account.sequence === 0 ? null : account) };',
        wrong: 'view: early };',
      },
    ],
  },
  {
    name: 'a key is looked up only before a conflict, and its index lets it in twice',
    calmAnswers: few,
    edits: [
      {
        file: 'service/batches/demands.js',
        right: 'for (const key of (0, pending_job_1.keysOf)([pending]))',
        wrong: `if (pending.wasAsked)
                    continue;
                pending.wasAsked = true;
                for (const key of (0, pending_job_1.keysOf)([pending]))`,
      },
      {
        file: 'journal/postgres/migrations.js',
        right: 'CREATE UNIQUE INDEX entry_idempotency_key',
        wrong: 'CREATE INDEX entry_idempotency_key',
      },
    ],
  },
  {
    name: 'a taken row is passed over where its account gets several',
    calmAnswers: few,
    edits: [
      {
        file: 'journal/postgres/append.js',
        right: 'return [...markChecks(firsts, isDistributed), ...',
        wrong: 'return [...',
      },
    ],
  },
  {
    name: 'an unknown outcome is told as a failure',
    calmAnswers: null,
    edits: [
      {
        file: 'service/batches/settled-append.js',
        right: 'return settleAppend(journal, appends, patience, error);',
        wrong: "throw new journal_1.JournalUnavailable('planted');",
      },
    ],
  },
  {
    name: 'what has an unknown outcome is appended again under new ids',
    calmAnswers: null,
    edits: [
      {
        file: 'service/batches/settled-append.js',
        right: 'return settleAppend(journal, appends, patience, error);',
        wrong: `return settleAppend(journal, appends.map((append) => ({
            ...append,
            entries: append.entries.map((entry) => ({ ...entry, id: entry.id + '-2' })),
        })), patience, error);`,
      },
    ],
  },
];

/** The main file of a copy of the server with a mistake in it; to be removed by the caller. */
export function plant(main: string, { edits }: Mistake): string {
  const folder = mkdtempSync(`${dirname(main)}-planted-`);
  cpSync(dirname(main), folder, { recursive: true });
  for (const { file, right, wrong } of edits) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(right)) throw new Error(`${file} has no ${right}`);
    writeFileSync(path, text.replace(right, wrong));
  }
  return join(folder, basename(main));
}

export function uproot(main: string): void {
  rmSync(dirname(main), { recursive: true });
}

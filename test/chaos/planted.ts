import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A change to one file of the built server. */
interface Edit {
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

/** A mistake, planted into the built server. */
interface Mistake {
  readonly name: string;
  /** How many requests without faults it takes to show; null if it shows only under faults. */
  readonly calmResponses: number | null;
  readonly edits: readonly Edit[];
}

const few = 300;

export const mistakes: readonly Mistake[] = [
  {
    name: 'a conflict is reported as success',
    calmResponses: few,
    edits: [
      {
        file: 'journal/postgres/append.js',
        right: "appended.has(accountId) ? 'appended' : 'conflict'",
        wrong: "'appended'",
      },
    ],
  },
  {
    name: 'entries of other processes are not read',
    calmResponses: few,
    edits: [
      {
        file: 'service/batches/demands.js',
        right: 'if (!journal.shared)',
        wrong: 'if (true)',
      },
    ],
  },
  {
    name: 'a read is served from the cache without catching up',
    calmResponses: few,
    edits: [
      {
        file: 'service/batches/demands.js',
        right: 'demand.isCaughtUp = !isQuiet || !mayChange ||',
        wrong: `if (!mayChange && resident.isCurrent) return false;
                demand.isCaughtUp = !isQuiet || !mayChange ||`,
      },
    ],
  },
  {
    name: 'a refusal is returned from a cache that no append has proven',
    // The server first has to treat the account as quiet.
    calmResponses: 1_500,
    edits: [
      {
        file: 'service/batches/draft.js',
        right: 'return this.isCaughtUp || (this.entries.length > 0 && !this.hasOpenKey);',
        wrong: 'return true;',
      },
    ],
  },
  {
    name: 'a response shows the account as it was before its own change',
    calmResponses: few,
    edits: [
      {
        file: 'service/batches/draft.js',
        right: 'const outcomes = job.commands.map',
        wrong: `const early = this.shown(job, []);
            const outcomes = job.commands.map`,
      },
      {
        file: 'service/batches/draft.js',
        right: 'return this.shown(job, outcomes);',
        wrong: 'return early === null ? null : { outcomes, view: early.view };',
      },
    ],
  },
  {
    name: 'a key is looked up only before a conflict, and its index is not unique',
    calmResponses: few,
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
    name: 'a conflicting row is skipped if its account gets several',
    calmResponses: few,
    edits: [
      {
        file: 'journal/postgres/append.js',
        right: '...markChecks(firsts, isDistributed),',
        wrong: '',
      },
    ],
  },
  {
    name: 'a hold ends half a second late',
    calmResponses: few,
    edits: [
      {
        file: 'ledger/open-holds.js',
        right: ': this.next.expiresAt;',
        wrong: ': this.next.expiresAt + 500;',
      },
      {
        file: 'ledger/open-holds.js',
        right: 'this.later.set(hold, hold.expiresAt, hold.sequence);',
        wrong: 'this.later.set(hold, hold.expiresAt + 500, hold.sequence);',
      },
    ],
  },
  {
    name: 'a capture gives back what was held and takes the oldest points',
    calmResponses: few,
    edits: [
      {
        file: 'ledger/decide-hold.js',
        right: 'allocations: hold.first(points),',
        wrong: `allocations: (0, taking_1.takingOf)(account, { points }).allocations
                ?? hold.first(points),`,
      },
      {
        file: 'ledger/entry-changes.js',
        right: 'const changes = [freeing(account, target, lots)];',
        wrong: `const held = account.holds.at(target).rest();
            let missing = entry.points;
            const first = held.flatMap((lot) => {
                const points = Math.min(lot.points, missing);
                missing -= points;
                return points > 0 ? [{ ...lot, points }] : [];
            });
            const isSame = JSON.stringify(first) === JSON.stringify(lots);
            const taken = lots.map((lot) => ({ kind: 'take', lot, availableFrom: null }));
            const changes = isSame ? [freeing(account, target, lots)]
                : [...freeingChanges(account, target, first), ...taken];`,
      },
    ],
  },
  {
    name: 'a preview ignores which payers are chosen',
    calmResponses: few,
    edits: [
      {
        file: 'ledger/preview.js',
        right: "kind: 'spendPoints', points, ...choices,",
        wrong: "kind: 'spendPoints', points,",
      },
    ],
  },
  {
    name: 'an unknown outcome is reported as a failure',
    calmResponses: null,
    edits: [
      {
        file: 'service/batches/per-account.js',
        right: 'return (0, settled_append_1.settleAppend)(journal, appends, patience, error);',
        wrong: "throw new journal_error_1.JournalUnavailable('planted');",
      },
    ],
  },
  {
    name: 'entries of unknown outcome are appended again under new ids',
    calmResponses: null,
    edits: [
      {
        file: 'service/batches/per-account.js',
        right: 'return (0, settled_append_1.settleAppend)(journal, appends, patience, error);',
        wrong: `return (0, settled_append_1.settleAppend)(journal, appends.map((append) => ({
            ...append,
            entries: append.entries.map((entry) => ({ ...entry, id: entry.id + '-2' })),
        })), patience, error);`,
      },
    ],
  },
];

/** Returns the main file of a copy of the server with a mistake in it; the caller removes it. */
export function plant(main: string, { edits }: Mistake): string {
  const folder = mkdtempSync(`${dirname(main)}-planted-`);
  // Links instead of copies: a disk may take seconds to remove a thousand files.
  execFileSync('cp', ['-al', `${dirname(main)}/.`, folder]);
  for (const { file, right, wrong } of edits) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8').replace(right, wrong);
    // Otherwise the mistake would be written into the build itself.
    rmSync(path);
    writeFileSync(path, text);
  }
  return join(folder, basename(main));
}

/** Returns the edits whose text the built server does not contain, so that they change nothing. */
export function misplaced(main: string, { edits }: Mistake): Edit[] {
  return edits.filter(
    ({ file, right }) => !readFileSync(join(dirname(main), file), 'utf8').includes(right),
  );
}

export function removePlanted(main: string): void {
  rmSync(dirname(main), { recursive: true });
}

import fc from 'fast-check';
import { readExport } from '../../src/archive/read-export';
import { restoreEntries } from '../../src/archive/restore-entries';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import { decide } from '../../src/ledger/decide';
import type { Entry } from '../../src/ledger/entry';
import { evolve } from '../../src/ledger/evolve';
import { chunked } from '../import/read-all';
import { exportOf, findingsOf } from './archives';

const payer = fc.constantFrom('A', 'B', 'C');
const reference = fc.option(fc.constantFrom('order 7', '"', 'ü'));
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constant('addTransaction' as const),
    payer,
    points: fc.integer({ min: -30, max: 60 }).filter((points) => points !== 0),
    timestamp: fc.integer({ min: -5, max: 5 }),
    reference,
    idempotencyKey: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('spendPoints' as const),
    points: fc.integer({ min: 1, max: 60 }),
    reference,
    idempotencyKey: fc.constant(null),
  }),
);

/** What an account accepts of the commands; every third has a key. */
function historyOf(accountId: string, commands: readonly Command[]): Entry[] {
  const account = new Account(accountId);
  return commands.flatMap((given, at) => {
    const keyed = { ...given, idempotencyKey: at % 3 === 0 ? `key ${at}` : null };
    const decision = decide(account, keyed, {
      now: at * 10,
      id: `${accountId}-${at}`,
      keyed: null,
    });
    if (decision.kind !== 'accepted') return [];
    evolve(account, decision.entry);
    return decision.entry;
  });
}

const history = fc.array(command, { maxLength: 40 }).map((commands) => historyOf('a', commands));

test('verification has no findings in whatever the ledger accepts', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (entries) => {
      expect(await findingsOf(entries)).toEqual([]);
    }),
  );
});

test('an entry whose points, place or key was changed is found', async () => {
  const changed = history
    .filter((entries) => entries.length > 0)
    .chain((entries) =>
      fc.record({
        entries: fc.constant(entries),
        at: fc.nat(entries.length - 1),
        change: fc.constantFrom<(entry: Entry) => Entry | null>(
          ({ ...entry }) => ({ ...entry, sequence: entry.sequence + 100 }),
          ({ ...entry }) => ({ ...entry, points: 0 }),
          ({ ...entry }) => ({ ...entry, points: -1_000 }),
          ({ ...entry }) => ({ ...entry, points: entry.points + 0.5 }),
          ({ ...entry }) => ({ ...entry, idempotencyKey: '' }),
          ({ ...entry }) => ({ ...entry, reference: '\n' }),
          ({ ...entry }) => ({ ...entry, recordedAt: -1 }),
          ({ ...entry }) => ({ ...entry, recordedAt: Number.NaN }),
          ({ ...entry }) => ({ ...entry, id: '' }),
          (entry) => (entry.kind === 'spend' ? { ...entry, allocations: [] } : null),
          (entry) =>
            entry.kind === 'spend'
              ? {
                  ...entry,
                  allocations: entry.allocations.map((each) => ({ ...each, payer: 'nobody' })),
                }
              : null,
        ),
      }),
    );
  await fc.assert(
    fc.asyncProperty(changed, async ({ entries, at, change }) => {
      const wrong = change(entries[at]);
      // A first entry may be recorded at any instant.
      fc.pre(wrong !== null && !(wrong.recordedAt === -1 && at === 0));
      const findings = await findingsOf(entries.with(at, wrong));
      expect(findings[0]?.sequence).toBe(wrong.sequence);
    }),
  );
});

test('what is exported and restored is the same, entry by entry', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.constantFrom('a', 'b', '\u{10000}', '\u{e000}'), { minLength: 1 }),
      fc.array(command, { maxLength: 30 }),
      async (ids, commands) => {
        const all = ids.map((id) => historyOf(id, commands));
        const source = new MemoryJournal();
        for (const entries of all) {
          if (entries.length === 0) continue;
          await source.append([{ accountId: entries[0].accountId, after: null, entries }]);
        }
        const text = await exportOf(source);
        const target = new MemoryJournal();
        await restoreEntries(
          target,
          readExport(() => chunked(text, 100)),
          () => {},
        );
        expect(await exportOf(target)).toBe(text);
        const range = { from: 1, to: 100, order: 'ascending', limit: 100 } as const;
        for (const [at, accountId] of ids.entries()) {
          expect(await target.entries({ accountId, ...range })).toEqual(all[at]);
        }
      },
    ),
    { numRuns: 50 },
  );
});

import fc from 'fast-check';
import type { Append, CatchUp, EntryMark, Journal } from '../../../src/journal/journal';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import { anyCharacter } from '../../support/any-character';
import { freshId, markOf, partsOf } from '../entries';
import { type MakeJournal, useJournal } from '../fixture';
import { everything } from './append';
import { modelEntry, type Words } from './model-entry';

type Order = 'ascending' | 'descending';

/** A place relative to the account's last entry: 0 is the last one, 1 the next. */
interface Standpoint {
  readonly account: number;
  readonly offset: number;
  /** Names the entry of another history. */
  readonly isForeign: boolean;
}

interface AppendPlan extends Standpoint {
  readonly count: number;
  /** The kind of the first entry; the others follow in their order. */
  readonly kind: number;
  readonly keys: readonly (string | null)[];
  readonly words: readonly Words[];
  readonly isQuiet: boolean;
}

interface CatchUpPlan extends Standpoint {
  readonly keys: string[];
  readonly targets: number[] | null;
}

type Action =
  | { readonly kind: 'append'; readonly plans: readonly AppendPlan[] }
  | { readonly kind: 'catchUp'; readonly asked: readonly CatchUpPlan[] }
  | { readonly kind: 'snapshot'; readonly at: Standpoint; readonly parts: string[] }
  | { readonly kind: 'accounts'; readonly order: Order; readonly limit: number }
  | {
      readonly kind: 'entries';
      readonly account: number;
      readonly from: number;
      readonly to: number;
      readonly limit: number;
      readonly order: Order;
    };

const accountsMax = 4;
const dueMax = Number.MAX_SAFE_INTEGER;
const account = fc.nat({ max: accountsMax - 1 });
const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const order = fc.constantFrom<Order>('ascending', 'descending');
const standpoint = {
  account,
  offset: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: -3, max: 2 })),
  isForeign: fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, fc.constant(true)),
};
const text = fc.string({ unit: anyCharacter }).map(withoutNul);
const words: fc.Arbitrary<Words> = fc.record({
  payer: fc.option(text),
  reference: fc.option(text),
  actor: fc.option(text),
});
const plan: fc.Arbitrary<AppendPlan> = fc.record({
  ...standpoint,
  count: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 40 })),
  kind: fc.nat({ max: 99 }),
  keys: fc.array(fc.option(key, { freq: 1 }), { maxLength: 3 }),
  words: fc.array(words, { maxLength: 3 }),
  isQuiet: fc.boolean(),
});
const distinctPlans = { minLength: 1, maxLength: accountsMax, selector: accountOf };
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      plans: fc.uniqueArray(plan, distinctPlans),
    }),
  },
  fc.record({
    kind: fc.constant('catchUp' as const),
    asked: fc.array(
      fc.record({
        ...standpoint,
        keys: fc.array(key),
        targets: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 6 })),
      }),
      { maxLength: 4 },
    ),
  }),
  fc.record({
    kind: fc.constant('snapshot' as const),
    at: fc.record(standpoint),
    parts: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('accounts' as const), order, limit: fc.nat({ max: 5 }) }),
  fc.record({
    kind: fc.constant('entries' as const),
    account,
    from: fc.integer({ min: -2, max: 30 }),
    to: fc.integer({ min: -2, max: 60 }),
    limit: fc.nat({ max: 40 }),
    order,
  }),
);

/** Compares random histories of calls with the journal in memory. A failure prints its seed. */
export function describeLikeModel(make: MakeJournal, numRuns: number): void {
  describe('against the journal in memory', () => {
    const fixture = useJournal(make);
    test('every call of a random history has the same result', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
          const pair = new JournalPair(fixture().journal);
          for (const each of actions) await pair.run(each);
          await pair.compareAll();
        }),
        { numRuns },
      );
    });
  });
}

/** Runs each action on a journal and on the model, and expects the same results. */
class JournalPair {
  private readonly model = new MemoryJournal();
  private readonly prefix = freshId('pair');

  constructor(private readonly journal: Journal) {}

  async run(action: Action): Promise<void> {
    switch (action.kind) {
      case 'append': {
        const appends = await Promise.all(action.plans.map((each) => this.appendOf(each)));
        return this.compare((journal) => journal.append(appends));
      }
      case 'catchUp': {
        const requests = await Promise.all(action.asked.map((each) => this.catchUpOf(each)));
        return this.compare((journal) => caughtUp(journal, requests));
      }
      case 'snapshot': {
        const entry = await this.markAt(action.at);
        if (entry === null) return;
        const mark = { accountId: this.idOf(action.at.account), id: freshId('snapshot'), entry };
        return this.compare((journal) => journal.saveSnapshot(mark, partsOf(...action.parts)));
      }
      case 'accounts': {
        const bounds = { after: this.prefix, before: `${this.prefix}~` };
        return this.compare((journal) => journal.accounts({ ...bounds, ...action }));
      }
      case 'entries': {
        const range = { ...action, accountId: this.idOf(action.account) };
        return this.compare((journal) => journal.entries(range));
      }
    }
  }

  async compareAll(): Promise<void> {
    for (let index = 0; index < accountsMax; index += 1) {
      const accountId = this.idOf(index);
      await this.compare((journal) => everything(journal, accountId));
      const places = [1, 2, 30].map((sequence) => ({ accountId, sequence }));
      await this.compare((journal) => journal.idsAt(places));
      const targets = Array.from({ length: 12 }, (_, at) => ({ accountId, sequence: at + 1 }));
      await this.compare((journal) => journal.newestNaming(targets));
      await this.compare(async (journal) => {
        const [{ snapshot }] = await journal.catchUp([{ accountId, known: null, keys: [] }], 100);
        return snapshot === null ? null : journal.snapshotPart(snapshot, snapshot.parts - 1);
      });
    }
    await this.compare(async (journal) => {
      const due = await journal.due({ after: null, until: dueMax, limit: 1_000_000 });
      return due.filter(({ accountId }) => accountId.startsWith(this.prefix));
    });
  }

  private async compare(call: (journal: Journal) => Promise<unknown>): Promise<void> {
    expect(await call(this.journal)).toEqual(await call(this.model));
  }

  private idOf(index: number): string {
    return this.prefix + ['\u{e000}', '', 'é', '\u{1f600}'][index];
  }

  private async markAt({ account, offset, isForeign }: Standpoint): Promise<EntryMark | null> {
    const entries = await everything(this.model, this.idOf(account));
    const sequence = entries.length + offset;
    if (sequence < 1) return null;
    const there = entries.at(sequence - 1);
    return { sequence, id: isForeign ? freshId('foreign') : (there?.id ?? freshId('ahead')) };
  }

  private async appendOf(plan: AppendPlan): Promise<Append> {
    const { count, kind, keys, words, isQuiet, ...at } = plan;
    const accountId = this.idOf(at.account);
    const after = await this.markAt(at);
    const entries = Array.from({ length: count }, (_, index) => {
      const sequence = (after?.sequence ?? 0) + 1 + index;
      return modelEntry(accountId, sequence, kind + index, keys[index] ?? null, words[index]);
    });
    return { accountId, after, entries, isQuiet };
  }

  private async catchUpOf({ keys, targets, ...at }: CatchUpPlan): Promise<CatchUp> {
    const request = { accountId: this.idOf(at.account), known: await this.markAt(at), keys };
    return targets === null ? request : { ...request, targets };
  }
}

/** Returns what `catchUp` returns, with the keyed entries and the targets sorted. */
async function caughtUp(journal: Journal, requests: readonly CatchUp[]): Promise<unknown> {
  const results = await journal.catchUp(requests, 5);
  return results.map(({ keyed, targets, ...rest }) => ({
    ...rest,
    keyed: keyed.map(markOf).sort(bySequence),
    targets: targets?.toSorted((left, right) => bySequence(left.entry, right.entry)),
  }));
}

function bySequence(left: EntryMark, right: EntryMark): number {
  return left.sequence - right.sequence;
}

function accountOf({ account }: AppendPlan): number {
  return account;
}

function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}

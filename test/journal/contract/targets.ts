import type { CatchUp, CaughtUp, Journal } from '../../../src/journal/journal';
import { hasTurns } from '../../../src/journal/journal';
import type { Entry } from '../../../src/ledger/entry';
import type { Target } from '../../../src/ledger/target';
import { beginning, following, freshId, markOf, transaction } from '../entries';
import { type MakeJournal, useJournal } from '../fixture';
import {
  beginningRow,
  expiryRow,
  grant,
  lapse,
  spendOf,
  spendReversal,
  transactionReversal,
} from '../life-entries';

const entriesMax = 100;

/** What is recorded of entries that are to be reversed: `targets` of a catch-up, `newestNaming`. */
export function describeTargets(make: MakeJournal): void {
  describe('targets', () => {
    const fixture = useJournal(make);
    let account = '';
    let stored: Entry[] = [];

    beforeEach(async () => {
      account = freshId('account');
      stored = historyOf(account);
      await fixture().journal.append([beginning(...stored)]);
    });

    const read = async (request: Partial<CatchUp>, journal: Journal = fixture().journal) => {
      const known = markOf(stored.at(-1)!);
      const whole = { accountId: account, known, keys: [], ...request };
      const [caughtUp] = await journal.catchUp([whole], entriesMax);
      return caughtUp!;
    };
    const at = (sequence: number): Entry => stored[sequence - 1]!;

    test('an entry comes with the newest that names it, and the totals of its lots', async () => {
      const { targets } = await read({ targets: [1, 4, 3] });
      expect(bySequence(targets)).toEqual([
        { entry: at(1), newest: null, lapsed: new Map([[1, { expired: 20, settled: 1 }]]) },
        { entry: at(3), newest: at(9), lapsed: new Map() },
        { entry: at(4), newest: at(8), lapsed: new Map([[1, { expired: 20, settled: 1 }]]) },
      ]);
    });

    test('only grants and spends have lots, and only rows of expiries have totals', async () => {
      const { targets } = await read({ targets: [2, 5, 6] });
      expect(bySequence(targets)).toEqual([
        { entry: at(2), newest: null, lapsed: new Map() },
        { entry: at(5), newest: null, lapsed: new Map() },
        { entry: at(6), newest: null, lapsed: new Map() },
      ]);
    });

    test('without a cached account, the result is the same', async () => {
      const request = { known: null, targets: [1, 3, 4] };
      const { entries, more, targets } = await read(request);
      expect([entries, more]).toEqual([stored, false]);
      expect(targets).toHaveLength(3);
      expect(bySequence(targets)).toEqual(bySequence((await read({ targets: [1, 3, 4] })).targets));
    });

    test('missing entries, other accounts and no request have no targets', async () => {
      expect((await read({ targets: [0, 10, 99] })).targets).toEqual([]);
      expect((await read({ targets: [] })).targets).toEqual([]);
      expect(await read({})).not.toHaveProperty('targets');
      const unknown = { accountId: freshId('account'), known: null };
      expect((await read({ ...unknown, targets: [1] })).targets).toEqual([]);
      expect(await read(unknown)).not.toHaveProperty('targets');
    });

    test('each request gets its own, in one call', async () => {
      const other = freshId('other');
      const others = [grant(other, 1, { expiresAt: 5 }), lapse(other, 2, [expiryRow(1, 7)])];
      const plain = freshId('plain');
      const { journal } = fixture();
      await journal.append([beginning(...others), beginning(transaction(plain, 1))]);
      const request = (accountId: string, targets?: number[]): CatchUp => ({
        accountId,
        known: null,
        keys: [],
        ...(targets === undefined ? {} : { targets }),
      });
      const results = await journal.catchUp(
        [request(plain), request(other, [1]), request(account, [4]), request(plain, [1])],
        entriesMax,
      );
      expect(results.map(({ targets }) => targets?.map(({ entry }) => entry))).toEqual([
        undefined,
        [others[0]],
        [at(4)],
        [transactionOf(results[3]!)],
      ]);
      expect(results[1]!.targets![0]!.lapsed).toEqual(new Map([[1, { expired: 7, settled: 1 }]]));
    });

    test('of a spend from many lots come with the totals of all of them', async () => {
      const accountId = freshId('many');
      const lots = 10_000;
      const taken = Array.from({ length: lots }, (_, index) => [index + 2, 1, 5] as const);
      const rows = Array.from({ length: lots }, (_, index) => expiryRow(index + 2, index));
      const entries = [
        spendOf(accountId, 1, taken),
        lapse(accountId, 2, rows.slice(0, lots / 2)),
        lapse(accountId, 3, rows.slice(lots / 2)),
      ];
      const { journal } = fixture();
      await journal.append([beginning(...entries)]);
      const request = { accountId, known: markOf(entries[2]!), keys: [], targets: [1] };
      const [{ targets }] = await journal.catchUp([request], entriesMax);
      const { lapsed } = targets![0]!;
      expect(lapsed.size).toBe(lots);
      for (const [lot, { expired }] of lapsed) expect(expired).toBe(lot - 2);
    });

    test('an entry appended by another process counts from the next catch-up on', async () => {
      const sibling = (await fixture().sibling?.()) ?? fixture().journal;
      const next = spendReversal(account, 10, 4, { total: 5, lapses: [expiryRow(1, 21)] });
      await sibling.append([following(at(9), next)]);
      const { targets, entries, more } = await read({ targets: [4] });
      expect([entries, more]).toEqual([[at(9), next], false]);
      expect(targets).toEqual([
        { entry: at(4), newest: next, lapsed: new Map([[1, { expired: 21, settled: 1 }]]) },
      ]);
    });

    test('they are never older than the entries, while others append', async () => {
      const { journal } = fixture();
      const sibling = (await fixture().sibling?.()) ?? journal;
      let last = at(9);
      const append = async () => {
        for (let sequence = 10; sequence < 40; sequence += 1) {
          const lapses = [expiryRow(1, 20 + sequence)];
          const next = spendReversal(account, sequence, 4, { total: sequence, lapses });
          await sibling.append([following(last, next)]);
          last = next;
        }
      };
      const appending = append();
      let seen = 0;
      while (seen < 39) {
        const { entries, more, targets } = await read({ targets: [4] });
        seen = entries.at(-1)!.sequence;
        if (more || seen === 9) continue;
        const [{ newest, lapsed }] = targets as [Target];
        expect(newest).toEqual(entries.at(-1));
        expect(lapsed.get(1)).toEqual({ expired: 20 + seen, settled: 1 });
      }
      await appending;
    });

    test('a decision in turn gets them too', async () => {
      const { journal } = fixture();
      if (!hasTurns(journal)) return;
      const request = { accountId: account, known: markOf(at(9)), keys: [], targets: [4, 10] };
      const next = spendReversal(account, 10, 4, { total: 9, lapses: [expiryRow(1, 30)] });
      const found: CaughtUp[] = [];
      const result = await journal.appendAlone(request, entriesMax, (caughtUp) => {
        found.push(caughtUp);
        return following(at(9), next);
      });
      expect(result).toBe('appended');
      expect(found[0]!.targets).toEqual([
        { entry: at(4), newest: at(8), lapsed: new Map([[1, { expired: 20, settled: 1 }]]) },
      ]);
      const [after] = (await read({ targets: [4] })).targets!;
      expect(after).toMatchObject({ newest: next });
      expect(after!.lapsed.get(1)).toEqual({ expired: 30, settled: 1 });
    });

    test('newestNaming returns results in the order of the places, null if there is none', async () => {
      const { journal } = fixture();
      const sequences = [4, 1, 3, 99, 4, 0];
      const places = sequences.map((sequence) => ({ accountId: account, sequence }));
      const nowhere = { accountId: freshId('account'), sequence: 4 };
      const newest = await journal.newestNaming([...places, nowhere]);
      expect(newest).toEqual([at(8), null, at(9), null, at(8), null, null]);
      expect(await journal.newestNaming([])).toEqual([]);
    });

    test('newestNaming finds entries in many accounts', async () => {
      const { journal } = fixture();
      const accounts = Array.from({ length: 100 }, (_, index) => freshId(`${index}`));
      const appends = accounts.map((accountId) => beginning(...historyOf(accountId)));
      await journal.append(appends);
      const places = accounts.map((accountId) => ({ accountId, sequence: 4 }));
      const eighth = appends.map(({ entries }) => entries[7]);
      expect(await journal.newestNaming(places)).toEqual(eighth);
    });
  });
}

/** A spend is reversed twice, and its first lot lapses again each time. */
function historyOf(accountId: string): Entry[] {
  return [
    grant(accountId, 1, { expiresAt: 1_750_000_000_000 }),
    grant(accountId, 2, { availableFrom: 1_750_000_000_000, expiresAt: 1_760_000_000_000 }),
    transaction(accountId, 3),
    spendOf(accountId, 4, [
      [1, 5, 1_750_000_000_000],
      [2, 1, 1_760_000_000_000],
      [3, 2],
    ]),
    lapse(accountId, 5, [expiryRow(1, 10), beginningRow(2)]),
    spendReversal(accountId, 6, 4, { total: 2, lapses: [expiryRow(1, 15), expiryRow(1, 16)] }),
    transaction(accountId, 7),
    spendReversal(accountId, 8, 4, { total: 4, lapses: [expiryRow(1, 20)] }),
    transactionReversal(accountId, 9, 3),
  ];
}

function bySequence(targets: readonly Target[] = []): Target[] {
  return targets.toSorted((left, right) => left.entry.sequence - right.entry.sequence);
}

function transactionOf({ entries }: CaughtUp): Entry {
  return entries[0]!;
}

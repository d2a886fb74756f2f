import type { AccountRange, EntryRange } from '../../../src/journal/journal';
import type { Entry } from '../../../src/ledger/entry';
import { beginning, following, freshId, run, transaction } from '../entries';
import { type MakeJournal, useJournal } from '../fixture';

/** Reading: ranges of entries, entries at places, accounts by code point. */
export function describeReading(make: MakeJournal): void {
  describe('entries, entriesAt and idsAt', () => {
    const fixture = useJournal(make);
    let account = '';
    let stored: Entry[] = [];

    beforeEach(async () => {
      account = freshId('account');
      stored = run(account, 1, 9);
      await fixture().journal.append([
        beginning(...stored),
        beginning(...run(`${account}!`, 1, 3)),
      ]);
    });

    const sequences = async (range: Partial<EntryRange>) => {
      const whole = { accountId: account, from: 1, to: 100, limit: 100 };
      const entries = await fixture().journal.entries({ ...whole, order: 'ascending', ...range });
      return entries.map(({ sequence }) => sequence);
    };

    test('bounds are inclusive, and the limit counts from where the order begins', async () => {
      expect(await sequences({ from: 3, to: 6 })).toEqual([3, 4, 5, 6]);
      expect(await sequences({ from: 3, to: 6, order: 'descending' })).toEqual([6, 5, 4, 3]);
      expect(await sequences({ from: 3, limit: 2 })).toEqual([3, 4]);
      expect(await sequences({ from: 3, limit: 2, order: 'descending' })).toEqual([9, 8]);
    });

    test('bounds outside the account, or crossed, return the entries that exist', async () => {
      expect(await sequences({ from: -4, to: 2 })).toEqual([1, 2]);
      expect(await sequences({ from: 8, to: Number.MAX_SAFE_INTEGER })).toEqual([8, 9]);
      for (const order of ['ascending', 'descending'] as const) {
        expect(await sequences({ from: 6, to: 5, order })).toEqual([]);
        expect(await sequences({ from: 10, order })).toEqual([]);
        expect(await sequences({ to: 0, order })).toEqual([]);
        expect(await sequences({ limit: 0, order })).toEqual([]);
        expect(await sequences({ accountId: freshId('account'), order })).toEqual([]);
      }
    });

    test('entriesAt and idsAt return results in the order of the places, null if there is no entry', async () => {
      const places = [5, 10, 1, 0, 5, -1, 9].map((sequence) => ({ accountId: account, sequence }));
      const [fifth, first, ninth] = [stored[4], stored[0], stored[8]];
      const nowhere = { accountId: freshId('account'), sequence: 1 };
      const found = await fixture().journal.entriesAt([...places, nowhere]);
      expect(found).toEqual([fifth, null, first, null, fifth, null, ninth, null]);
      expect(await fixture().journal.entriesAt([])).toEqual([]);
      const ids = await fixture().journal.idsAt([...places, nowhere]);
      expect(ids).toEqual(found.map((entry) => entry?.id ?? null));
      expect(await fixture().journal.idsAt([])).toEqual([]);
    });

    test('check resolves while the store responds', async () => {
      await expect(fixture().journal.check()).resolves.toBeUndefined();
    });
  });

  describe('accounts', () => {
    const fixture = useJournal(make);
    let prefix = '';

    // U+1F600 follows U+FF5E by code point, and precedes it in JavaScript's order of code units.
    const endings = ['', ' ', 'A', 'B', 'a', 'é', '\u{e000}', '～', '\u{1f600}', '\u{1f600}a'];

    beforeEach(async () => {
      prefix = freshId('account');
      const shuffled = endings.toSorted((a, b) => b.length - a.length || (a < b ? 1 : -1));
      for (const ending of shuffled) {
        const [first, ...more] = run(prefix + ending, 1, 3);
        await fixture().journal.append([beginning(first)]);
        await fixture().journal.append([following(first, ...more)]);
      }
    });

    const listed = async (range: Partial<AccountRange>) => {
      const whole = { after: `${prefix.slice(0, -1)}`, before: `${prefix}\u{10fffd}` };
      const asked = { ...whole, order: 'ascending' as const, limit: 100, ...range };
      const ids = await fixture().journal.accounts(asked);
      return ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length));
    };

    test('each is listed once, by code point', async () => {
      expect(await listed({})).toEqual(endings);
      expect(await listed({ order: 'descending' })).toEqual(endings.toReversed());
    });

    test('bounds are exclusive, and the limit counts from where the order begins', async () => {
      const between = { after: `${prefix}A`, before: `${prefix}～` };
      expect(await listed(between)).toEqual(['B', 'a', 'é', '\u{e000}']);
      expect(await listed({ ...between, limit: 2 })).toEqual(['B', 'a']);
      const last = await listed({ ...between, limit: 2, order: 'descending' });
      expect(last).toEqual(['\u{e000}', 'é']);
      expect(await listed({ after: `${prefix}aa`, limit: 1 })).toEqual(['é']);
      expect(await listed({ after: `${prefix}a`, before: `${prefix}B` })).toEqual([]);
    });

    test('with a prefix, the accounts whose ids start with it are listed', async () => {
      const everywhere = { after: null, before: null };
      expect(await listed({ ...everywhere, startsWith: prefix })).toEqual(endings);
      const startsWith = `${prefix}\u{1f600}`;
      const both = ['\u{1f600}', '\u{1f600}a'];
      expect(await listed({ ...everywhere, startsWith })).toEqual(both);
      expect(await listed({ ...everywhere, startsWith, order: 'descending' })).toEqual(
        both.toReversed(),
      );
      expect(await listed({ startsWith, after: startsWith })).toEqual(['\u{1f600}a']);
      expect(await listed({ startsWith, before: `${startsWith}a` })).toEqual(['\u{1f600}']);
      expect(await listed({ startsWith: `${prefix}B`, after: `${prefix}a` })).toEqual([]);
      expect(await listed({ startsWith: `${prefix}a`, before: `${prefix}B` })).toEqual([]);
    });

    test('without bounds, all accounts are listed', async () => {
      const everywhere = { after: null, before: null, limit: 1_000_000 };
      expect(await listed(everywhere)).toEqual(endings);
      expect(await listed({ ...everywhere, order: 'descending' })).toEqual(endings.toReversed());
    });

    test('an account without entries is not listed', async () => {
      const nobody = `${prefix}nobody`;
      const stale = following(transaction(nobody, 1), transaction(nobody, 2));
      expect(await fixture().journal.append([stale])).toEqual(['conflict']);
      expect(await listed({})).not.toContain('nobody');
    });
  });
}

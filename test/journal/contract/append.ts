import type { Append, Journal } from '../../../src/journal/journal';
import type { Entry } from '../../../src/ledger/entry';
import { beginning, following, freshId, markOf, run, transaction } from '../entries';
import { type MakeJournal, useJournal } from '../fixture';

/** Appending: conditional, per account, all or none. */
export function describeAppending(make: MakeJournal): void {
  describe('append', () => {
    const fixture = useJournal(make);
    const append = (...appends: Append[]) => fixture().journal.append(appends);
    let account = '';
    let stored: Entry[] = [];

    beforeEach(async () => {
      account = freshId('account');
      stored = run(account, 1, 3);
      expect(await append(beginning(...stored))).toEqual(['appended']);
    });

    const storedIn = (accountId = account) => everything(fixture().journal, accountId);

    test('entries are appended after the entry they follow', async () => {
      const more = run(account, 4, 5);
      expect(await append(following(stored[2], ...more))).toEqual(['appended']);
      expect(await storedIn()).toEqual([...stored, ...more]);
    });

    test('a taken sequence is a conflict, also for the first entry of an account', async () => {
      expect(await append(beginning(transaction(account, 1)))).toEqual(['conflict']);
      expect(await append(following(stored[1], transaction(account, 3)))).toEqual(['conflict']);
      expect(await storedIn()).toEqual(stored);
    });

    test('if the first is taken, none is appended: no row is ever skipped', async () => {
      const [, , third] = stored;
      const late = [third, ...run(account, 4, 6)];
      expect(await append(following(stored[1], ...late))).toEqual(['conflict']);
      expect(await append(beginning(...run(account, 1, 20)))).toEqual(['conflict']);
      expect(await storedIn()).toEqual(stored);
    });

    test('the same entries again are a conflict, and are stored once', async () => {
      expect(await append(beginning(...stored))).toEqual(['conflict']);
      expect(await storedIn()).toEqual(stored);
    });

    test('a gap before the entries is a conflict', async () => {
      const ahead = following(transaction(account, 4), transaction(account, 5));
      expect(await append(ahead)).toEqual(['conflict']);
      const unknown = freshId('account');
      const nowhere = following(transaction(unknown, 1), transaction(unknown, 2));
      expect(await append(nowhere)).toEqual(['conflict']);
      expect(await storedIn()).toEqual(stored);
      expect(await storedIn(unknown)).toEqual([]);
    });

    test('a predecessor with another id is of another history: a conflict', async () => {
      const stale = following(transaction(account, 3), transaction(account, 4));
      expect(await append(stale)).toEqual(['conflict']);
      expect(await storedIn()).toEqual(stored);
    });

    test('accounts without recent writers, of one entry and of several, conflict one by one too', async () => {
      const others = Array.from({ length: 30 }, () => freshId('account'));
      const runs = others.map((other, index) => run(other, 1, 1 + (index % 2)));
      const appends = [beginning(...run(account, 1, 2)), ...runs.map((each) => beginning(...each))];
      const results = await append(...appends.map((each) => ({ ...each, isQuiet: true })));
      expect(results).toEqual(['conflict', ...others.map(() => 'appended')]);
      expect(await storedIn()).toEqual(stored);
      expect(await storedIn(others[1])).toEqual(runs[1]);
    });

    test('a conflict of one account does not affect the others', async () => {
      const others = Array.from({ length: 40 }, () => freshId('account'));
      const appends = others.map((other) => beginning(...run(other, 1, 7)));
      const taken = beginning(...run(account, 1, 9));
      const gap = following(transaction(others[39], 1), transaction(others[39], 2));
      const results = await append(...appends.slice(0, 20), taken, ...appends.slice(20, 39), gap);
      const conflicts = results.flatMap((result, index) => (result === 'conflict' ? index : []));
      expect(conflicts).toEqual([20, 40]);
      for (const { accountId, entries } of appends.slice(0, 39)) {
        expect(await storedIn(accountId)).toEqual(entries);
      }
      expect(await storedIn()).toEqual(stored);
      expect(await storedIn(others[39])).toEqual([]);
    });

    test('a key twice in an account is a conflict, in one append or ever after', async () => {
      const keyed = transaction(account, 4, { idempotencyKey: 'key' });
      expect(await append(following(stored[2], keyed))).toEqual(['appended']);
      const again = transaction(account, 6, { idempotencyKey: 'key' });
      const reuse = following(keyed, transaction(account, 5), again);
      expect(await append(reuse)).toEqual(['conflict']);
      const twins = [5, 6].map((sequence) =>
        transaction(account, sequence, { idempotencyKey: 'twin' }),
      );
      expect(await append(following(keyed, ...twins))).toEqual(['conflict']);
      expect(await storedIn()).toEqual([...stored, keyed]);
    });

    test('the same key in another account is another key', async () => {
      const other = freshId('account');
      const results = await append(
        following(stored[2], transaction(account, 4, { idempotencyKey: 'key' })),
        beginning(transaction(other, 1, { idempotencyKey: 'key' })),
      );
      expect(results).toEqual(['appended', 'appended']);
    });

    test('of two appends at once after the same entry, exactly one succeeds', async () => {
      const sibling = (await fixture().sibling?.()) ?? fixture().journal;
      for (let sequence = 4; sequence < 14; sequence += 1) {
        const last = (await storedIn()).at(-1)!;
        const rivals = [run(account, sequence, sequence), run(account, sequence, sequence)];
        const results = await Promise.all([
          append(following(last, ...rivals[0])),
          sibling.append([following(last, ...rivals[1])]),
        ]);
        expect(results.flat().toSorted()).toEqual(['appended', 'conflict']);
        const winner = rivals[results[0][0] === 'appended' ? 0 : 1];
        expect((await storedIn()).at(-1)).toEqual(winner[0]);
      }
    });

    test('2,000 rows over 500 accounts are appended at once, in any order of accounts', async () => {
      const accounts = Array.from({ length: 500 }, (_, index) => freshId(`${(index * 7) % 500}`));
      const appends = accounts.map((accountId) => beginning(...run(accountId, 1, 4)));
      expect(new Set(await append(...appends))).toEqual(new Set(['appended']));
      const last = appends.map(({ accountId }) => ({ accountId, sequence: 4 }));
      expect(await fixture().journal.entriesAt(last)).toEqual(
        appends.map(({ entries }) => entries[3]),
      );
    });

    test('nothing to append is no work', async () => {
      expect(await append()).toEqual([]);
    });

    test("an append with a gap is the caller's bug, and changes nothing", async () => {
      const after = markOf(stored[2]);
      const wrong: Append[] = [
        { accountId: account, after, entries: [] },
        { accountId: account, after, entries: [transaction(account, 5)] },
        { accountId: account, after, entries: [transaction(account, 4), transaction(account, 6)] },
        { accountId: account, after: null, entries: [transaction(account, 4)] },
        { accountId: account, after, entries: [transaction(freshId('account'), 4)] },
      ];
      for (const bug of wrong) await expect(append(bug)).rejects.toThrow('Broken invariant');
      expect(await storedIn()).toEqual(stored);
    });
  });
}

/** Reads all entries of an account. */
export function everything(journal: Journal, accountId: string): Promise<Entry[]> {
  const to = Number.MAX_SAFE_INTEGER;
  return journal.entries({ accountId, from: 1, to, order: 'ascending', limit: 100_000 });
}

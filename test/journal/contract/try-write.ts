import { beginning, freshId, run } from '../entries';
import { type MakeJournal, useJournal } from '../fixture';
import { everything } from './append';

/** Trial writes: they show whether the store accepts writes, and leave no trace. */
export function describeTryingToWrite(make: MakeJournal): void {
  describe('tryWrite', () => {
    const fixture = useJournal(make);

    test('a trial write changes no entry and adds no account', async () => {
      const { journal } = fixture();
      const account = freshId('account');
      const stored = run(account, 1, 3);
      await journal.append([beginning(...stored)]);
      const page = { after: null, before: null, order: 'ascending', limit: 10_000 } as const;
      const accounts = await journal.accounts(page);
      await journal.tryWrite();
      await journal.tryWrite();
      expect(await journal.accounts(page)).toEqual(accounts);
      expect(await everything(journal, account)).toEqual(stored);
      expect(await everything(journal, '')).toEqual([]);
    });

    test('trial writes of several processes and appends do not fail each other', async () => {
      const { journal, sibling } = fixture();
      const other = (await sibling?.()) ?? journal;
      const stored = Array.from({ length: 10 }, () => run(freshId('account'), 1, 2));
      const appends = stored.flatMap((entries) => [
        journal.append([beginning(...entries)]),
        journal.tryWrite(),
        other.tryWrite(),
      ]);
      const results = await Promise.all(appends);
      expect(results.filter((result) => result !== undefined)).toEqual(
        stored.map(() => ['appended']),
      );
    });

    test('a trial write succeeds after a restart', async () => {
      const { reopen } = fixture();
      if (reopen === undefined) return;
      await fixture().journal.tryWrite();
      await (await reopen()).tryWrite();
    });
  });
}

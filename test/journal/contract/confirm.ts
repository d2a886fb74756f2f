import { beginning, freshId, run, transaction } from '../entries';
import { type MakeJournal, useJournal } from '../fixture';

/** Confirming appends with an unknown outcome. */
export function describeConfirming(make: MakeJournal): void {
  describe('confirm', () => {
    const fixture = useJournal(make);

    test('an entry is stored, or another is in its place, or none', async () => {
      const { journal } = fixture();
      const account = freshId('account');
      const other = freshId('account');
      const stored = run(account, 1, 3);
      const others = run(other, 1, 2);
      await journal.append([beginning(...stored), beginning(...others)]);
      const asked = [stored[2], others[0], transaction(account, 2), transaction(account, 4)];
      expect(await journal.confirm(asked)).toEqual([true, true, false, false]);
      expect(await journal.confirm([transaction(freshId('account'), 1)])).toEqual([false]);
      expect(await journal.confirm([])).toEqual([]);
    });
  });
}

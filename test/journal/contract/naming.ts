import type { EntryRange } from '../../../src/journal/journal';
import { beginning, freshId, transaction } from '../entries';
import { type MakeJournal, useJournal } from '../fixture';
import {
  beginningRow,
  capture,
  endRow,
  expiryRow,
  grant,
  hold,
  lapse,
  release,
  spendOf,
  spendReversal,
  transactionReversal,
} from '../life-entries';

/** The entries that name another one: `entries` with `naming`. */
export function describeNaming(make: MakeJournal): void {
  describe('entries that name another one', () => {
    const fixture = useJournal(make);
    let account = '';

    beforeEach(async () => {
      account = freshId('account');
      const other = freshId('other');
      await fixture().journal.append([
        beginning(...historyOf(account)),
        beginning(...historyOf(other)),
      ]);
    });

    const sequences = async (range: Partial<EntryRange>) => {
      const whole = {
        accountId: account,
        from: 1,
        to: 100,
        limit: 100,
        order: 'ascending',
      } as const;
      const entries = await fixture().journal.entries({ ...whole, ...range });
      expect(entries.every(({ accountId }) => accountId === account)).toBe(true);
      return entries.map(({ sequence }) => sequence);
    };

    test('they name it as their target, or in rows that lapsed, and come once each', async () => {
      for (let naming = 0; naming < 20; naming += 1) {
        expect([naming, await sequences({ naming })]).toEqual([naming, named[naming] ?? []]);
      }
      expect(await sequences({ naming: 1, accountId: freshId('nobody') })).toEqual([]);
    });

    test('bounds are inclusive, and the limit counts from where the order begins', async () => {
      for (const order of ['ascending', 'descending'] as const) {
        for (const [from, to, limit] of [
          [1, 100, 3],
          [6, 11, 100],
          [6, 11, 2],
          [9, 8, 2],
          [1, 100, 0],
        ] as const) {
          for (const [naming, all] of Object.entries(named)) {
            const inside = all.filter((sequence) => sequence >= from && sequence <= to);
            const ordered = order === 'ascending' ? inside : inside.toReversed();
            const found = await sequences({ naming: Number(naming), from, to, limit, order });
            expect(found).toEqual(ordered.slice(0, limit));
          }
        }
      }
    });
  });
}

/** By the sequence of an entry, those that name it. */
const named: Readonly<Record<number, readonly number[]>> = {
  1: [5, 6, 8, 13],
  2: [5, 14],
  3: [9],
  4: [6, 8],
  10: [11, 12],
  15: [16],
};

function historyOf(accountId: string) {
  const [first, ...others] = [
    grant(accountId, 1, { expiresAt: 1_750_000_000_000 }),
    grant(accountId, 2, { availableFrom: 1_750_000_000_000, expiresAt: 1_760_000_000_000 }),
    transaction(accountId, 3),
    spendOf(accountId, 4, [
      [1, 5, 1_750_000_000_000],
      [2, 1, 1_760_000_000_000],
    ]),
    lapse(accountId, 5, [expiryRow(1, 10), beginningRow(2)]),
    spendReversal(accountId, 6, 4, { total: 2, lapses: [expiryRow(1, 15), expiryRow(1, 16)] }),
    transaction(accountId, 7),
    spendReversal(accountId, 8, 4, { total: 4, lapses: [expiryRow(1, 20)] }),
    transactionReversal(accountId, 9, 3),
    hold(accountId, 10),
    capture(accountId, 11, 10, { keepRest: true, released: [] }),
    release(accountId, 12, 10),
    lapse(accountId, 13, [expiryRow(1, 21)]),
    lapse(accountId, 14, [expiryRow(2, 5)]),
    hold(accountId, 15),
    lapse(accountId, 16, [endRow(15)]),
  ] as const;
  return [first, ...others] as const;
}

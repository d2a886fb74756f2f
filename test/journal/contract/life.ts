import type { Entry } from '../../../src/ledger/entry';
import type { LapseRow } from '../../../src/ledger/lapse-entry';
import { beginning, following, freshId, transaction } from '../entries';
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
import { everything } from './append';

/** Entries of all kinds, and the rows of what lapsed with them. */
export function describeLife(make: MakeJournal): void {
  describe('entries of all kinds', () => {
    const fixture = useJournal(make);
    let account = '';
    beforeEach(() => {
      account = freshId('account');
    });
    const storedIn = (accountId: string) => everything(fixture().journal, accountId);

    test('come back as they were appended', async () => {
      const entries = oneOfEachKind(account);
      const { journal } = fixture();
      expect(await journal.append([beginning(...entries)])).toEqual(['appended']);
      expect(await storedIn(account)).toEqual(entries);
      const reopened = await fixture().reopen?.();
      if (reopened !== undefined) expect(await everything(reopened, account)).toEqual(entries);
    });

    test('of several accounts go together, plain entries beside those with lapse rows', async () => {
      const accounts = ['plain', 'single', 'several'].map((name) => freshId(name));
      const [plain, single, several] = accounts;
      const firsts = accounts.map((accountId) => grant(accountId, 1, { expiresAt: 5 }));
      const { journal } = fixture();
      await journal.append(firsts.map((first) => beginning(first)));
      const next = [
        [transaction(plain!, 2)],
        [lapse(single!, 2, [expiryRow(1)])],
        [lapse(several!, 2, [expiryRow(1)]), transaction(several!, 3)],
      ];
      const appends = next.map((entries, index) => following(firsts[index]!, ...entries));
      expect(await journal.append(appends)).toEqual(['appended', 'appended', 'appended']);
      for (const [index, entries] of next.entries()) {
        expect(await storedIn(accounts[index]!)).toEqual([firsts[index], ...entries]);
      }
    });

    test('are appended by one of two processes, with or without lapse rows of the other', async () => {
      const { journal } = fixture();
      const sibling = (await fixture().sibling?.()) ?? journal;
      const other = freshId('other');
      const first = grant(account, 1, { expiresAt: 5 });
      await journal.append([beginning(first)]);
      for (let sequence = 2; sequence < 12; sequence += 1) {
        const last = (await storedIn(account)).at(-1)!;
        const mine = lapse(account, sequence, [expiryRow(1, sequence), expiryRow(2, sequence)]);
        const theirs = lapse(account, sequence, [expiryRow(1, 100 + sequence)]);
        const aside = transaction(`${other} ${sequence}`, 1);
        const results = await Promise.all([
          journal.append([following(last, mine), beginning(aside)]),
          sibling.append([following(last, theirs)]),
        ]);
        expect(results.map(([result]) => result).toSorted()).toEqual(['appended', 'conflict']);
        expect(results[0][1]).toBe('appended');
        const winner = results[0][0] === 'appended' ? mine : theirs;
        expect((await storedIn(account)).at(-1)).toEqual(winner);
      }
    });

    test('sent again after their response was lost are a conflict, and are confirmed', async () => {
      const { journal } = fixture();
      const other = transaction(freshId('other'), 1);
      const entries = oneOfEachKind(account);
      const lapses = lapse(account, entries.length + 1, [expiryRow(1)]);
      await journal.append([beginning(...entries)]);
      const again = following(entries.at(-1)!, lapses);
      expect(await journal.append([again])).toEqual(['appended']);
      expect(await journal.append([again, beginning(other)])).toEqual(['conflict', 'appended']);
      expect(await journal.append([{ ...again, isQuiet: true }])).toEqual(['conflict']);
      expect(await journal.confirm([lapses])).toEqual([true]);
      expect(await storedIn(account)).toEqual([...entries, lapses]);
    });

    test('leave no lapse row behind if they lose the race', async () => {
      const { journal } = fixture();
      const first = grant(account, 1, { expiresAt: 5 });
      const other = beginning(transaction(freshId('other'), 1));
      await journal.append([beginning(first)]);
      const winner = transaction(account, 2);
      await journal.append([following(first, winner)]);
      const loser = following(first, lapse(account, 2, [expiryRow(1, 7)]));
      expect(await journal.append([loser, other])).toEqual(['conflict', 'appended']);
      expect(await journal.append([loser])).toEqual(['conflict']);
      const next = lapse(account, 3, [expiryRow(1, 9)]);
      expect(await journal.append([following(winner, next)])).toEqual(['appended']);
      expect(await storedIn(account)).toEqual([first, winner, next]);
      const request = { accountId: account, known: null, keys: [], targets: [1] };
      const [{ targets }] = await journal.catchUp([request], 10);
      expect(targets?.[0]?.lapsed).toEqual(new Map([[1, { expired: 9, settled: 1 }]]));
    });

    test('of a thousand lapse rows in each of several accounts are appended together', async () => {
      const accounts = Array.from({ length: 5 }, (_, index) => freshId(`many ${index}`));
      const rows = Array.from({ length: 1_000 }, (_, index) => expiryRow(index + 1, index));
      const appends = accounts.map((accountId) => beginning(lapse(accountId, 1, rows)));
      const results = await fixture().journal.append(appends);
      expect(results).toEqual(accounts.map(() => 'appended'));
      expect(await storedIn(accounts[4]!)).toEqual(appends[4]!.entries);
    });
  });
}

function oneOfEachKind(accountId: string): Entry[] {
  const rows: LapseRow[] = [expiryRow(1), beginningRow(2), { ...expiryRow(2), payer: "O'Brien" }];
  const dates = { availableFrom: 1_750_000_000_000, expiresAt: 253_402_300_799_999 };
  return [
    grant(accountId, 1, { expiresAt: 1_750_000_000_000 }),
    grant(accountId, 2, dates),
    grant(accountId, 3, { availableFrom: -62_167_219_200_000 }),
    spendOf(accountId, 4, [
      [1, 5, 1_750_000_000_000],
      [3, 2],
    ]),
    lapse(accountId, 5, rows),
    spendReversal(accountId, 6, 4, { requested: null, lapses: [expiryRow(1)] }),
    spendReversal(accountId, 7, 4, { requested: 3, reference: 'back', idempotencyKey: 'key' }),
    transactionReversal(accountId, 8, 3, { requested: null, spentPart: 'DEBIT', debited: 4 }),
    transactionReversal(accountId, 9, 3, { requested: 5, spentPart: 'REFUSE', lifted: 2 }),
    hold(accountId, 10, { requested: 9, upTo: true, payers: { only: ['A', "O'Brien"] } }),
    capture(accountId, 11, 10, { keepRest: true, released: [] }),
    capture(accountId, 12, 10, { requested: null, lapses: [expiryRow(1)] }),
    hold(accountId, 13),
    release(accountId, 14, 13, { lapses: [expiryRow(1), expiryRow(2)] }),
    { ...spendOf(accountId, 15, [[1, 5]]), requested: 8, upTo: true, payers: { except: ['A'] } },
    lapse(accountId, 16, [endRow(10), expiryRow(1), endRow(13), beginningRow(2)]),
  ];
}

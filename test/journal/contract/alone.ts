import {
  type Append,
  type CaughtUp,
  hasTurns,
  type Journal,
  type TurnJournal,
} from '../../../src/journal/journal';
import type { Entry } from '../../../src/ledger/entry';
import { beginning, following, freshId, markOf, run, transaction } from '../entries';
import { type MakeJournal, useJournal } from '../fixture';
import { everything } from './append';

const entriesMax = 100;

/** Appending to a locked account. */
export function describeAlone(make: MakeJournal): void {
  describe('appendAlone', () => {
    const fixture = useJournal(make);
    const journalWithTurns = () => turnJournal(fixture().journal);
    let account = '';
    let stored: Entry[] = [];

    beforeEach(async () => {
      account = freshId('account');
      stored = run(account, 1, 3);
      await fixture().journal.append([beginning(...stored)]);
    });

    const alone = (decide: (caughtUp: CaughtUp) => Append | null, keys: string[] = []) => {
      const request = { accountId: account, known: markOf(stored[1]), keys };
      return journalWithTurns().appendAlone(request, entriesMax, decide);
    };
    const storedNow = () => everything(fixture().journal, account);

    test('the decision gets what a catch-up reads, and its entries are appended', async () => {
      const more = run(account, 4, 6);
      const read: CaughtUp[] = [];
      const result = await alone((caughtUp) => {
        read.push(caughtUp);
        return following(stored[2], ...more);
      });
      expect(result).toBe('appended');
      expect(read).toEqual([{ snapshot: null, entries: stored.slice(1), more: false, keyed: [] }]);
      expect(await storedNow()).toEqual([...stored, ...more]);
    });

    test('if the decision is null, nothing is appended, and the account is unlocked', async () => {
      expect(await alone(() => null)).toBeNull();
      expect(await storedNow()).toEqual(stored);
      const next = transaction(account, 4);
      expect(await fixture().journal.append([following(stored[2], next)])).toEqual(['appended']);
    });

    test('an error of the decision is thrown, and the account is unlocked', async () => {
      const mistake = new Error('a mistake');
      const failing = alone(() => {
        throw mistake;
      });
      await expect(failing).rejects.toBe(mistake);
      const next = transaction(account, 4);
      expect(await fixture().journal.append([following(stored[2], next)])).toEqual(['appended']);
    });

    test('an unknown account gets its first entry, and a key is found', async () => {
      const keyed = transaction(account, 4, { idempotencyKey: 'k' });
      await fixture().journal.append([following(stored[2], keyed)]);
      const found: CaughtUp[] = [];
      await alone(
        (caughtUp) => {
          found.push(caughtUp);
          return null;
        },
        ['k', 'other'],
      );
      expect(found[0].keyed).toEqual([keyed]);

      const other = freshId('account');
      const request = { accountId: other, known: null, keys: [] };
      const first = beginning(...run(other, 1, 2));
      const journal = journalWithTurns();
      expect(await journal.appendAlone(request, entriesMax, () => first)).toBe('appended');
      expect(await everything(journal, other)).toEqual(first.entries);
    });

    test('a key that is stored already is a conflict', async () => {
      const keyed = transaction(account, 4, { idempotencyKey: 'k' });
      await fixture().journal.append([following(stored[2], keyed)]);
      const again = transaction(account, 5, { idempotencyKey: 'k' });
      expect(await alone(() => following(keyed, again))).toBe('conflict');
      expect(await storedNow()).toEqual([...stored, keyed]);
    });

    test('many at once are appended one after the other, and none is lost', async () => {
      const { journal, sibling } = fixture();
      const journals = [journal, (await sibling?.()) ?? journal];
      const results = await Promise.all(
        Array.from({ length: 12 }, (_, index) => {
          const request = { accountId: account, known: markOf(stored[0]), keys: [] };
          return turnJournal(journals[index % 2]).appendAlone(
            request,
            entriesMax,
            ({ entries }) => {
              const last = entries.at(-1)!;
              return following(last, transaction(account, last.sequence + 1));
            },
          );
        }),
      );
      expect(new Set(results)).toEqual(new Set(['appended']));
      const sequences = (await storedNow()).map(({ sequence }) => sequence);
      expect(sequences).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
    });
  });
}

function turnJournal(journal: Journal): TurnJournal {
  if (hasTurns(journal)) return journal;
  throw new Error('The journal has no turns.');
}

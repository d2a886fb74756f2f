import type { Entry } from '../../../src/ledger/entry';
import {
  beginning,
  following,
  freshId,
  markOf,
  partsOf,
  run,
  spend,
  transaction,
} from '../entries';
import { type MakeJournal, useJournal } from '../fixture';
import { everything } from './append';

const pointsMax = Number.MAX_SAFE_INTEGER;
const yearZero = Date.parse('0000-01-01T00:00:00.000Z');
const yearNineThousand = Date.parse('9999-12-31T23:59:59.999Z');

const texts = [
  '__proto__',
  'constructor',
  ' leading and trailing ',
  "Robert'); DROP TABLE entry;--",
  '"quotes" and \\backslashes\\ and %s $1 ?1 :name',
  'é as one, é as two code points',
  '👩‍👩‍👧‍👦 𝒟𝒜𝒩𝒩𝒪𝒩 \u{10fffd} \u{fffd} \u{feff}',
  'שלום \u{202e}reversed\u{202c} \u{2028}\u{2029}',
  '0',
  'null',
  '1e999',
  'x'.repeat(255),
];

/** Fidelity: reads return exactly what was written, also after a restart. */
export function describeKeeping(make: MakeJournal): void {
  describe('fidelity', () => {
    const fixture = useJournal(make);
    const keep = async (...entries: Entry[]) => {
      expect(await fixture().journal.append([beginning(...entries)])).toEqual(['appended']);
      expect(await everything(fixture().journal, entries[0].accountId)).toEqual(entries);
    };

    test.each(texts)('text is returned exactly: %j', async (text) => {
      const account = `${freshId('account')} ${text}`;
      const words = { payer: text, reference: text, idempotencyKey: text };
      const lot = { timestamp: 1, sequence: 1, payer: text, points: 5 };
      const added = transaction(account, 1, words);
      const spent = spend(account, 2, { reference: text, allocations: [lot] });
      await keep(added, spent);
      const request = { accountId: account, known: markOf(spent), keys: [text] };
      const [{ entries, keyed }] = await fixture().journal.catchUp([request], 100);
      expect([entries, keyed]).toEqual([[spent], [added]]);
      const places = [{ accountId: account, sequence: 2 }];
      expect(await fixture().journal.entriesAt(places)).toEqual([spent]);
      const more = following(spent, transaction(account, 3));
      expect(await fixture().journal.append([more])).toEqual(['appended']);
    });

    test('texts that look alike are not the same', async () => {
      const account = freshId('account');
      const keys = ['key', 'KEY', 'key ', 'kéy', 'ke\u0301y', 'k\u00e9y\u200b', '\u{1f600}'];
      const distinct = [...new Set(keys)];
      const entries = distinct.map((idempotencyKey, index) =>
        transaction(account, index + 1, { idempotencyKey }),
      );
      await keep(...entries);
    });

    test('numbers and instants are returned exactly, up to both limits', async () => {
      const account = freshId('account');
      const lot = { timestamp: yearZero, sequence: 2 ** 31 - 1, payer: 'A', points: pointsMax };
      await keep(
        transaction(account, 1, { points: pointsMax, timestamp: yearZero, recordedAt: yearZero }),
        transaction(account, 2, { points: -pointsMax, timestamp: yearNineThousand }),
        transaction(account, 3, { points: 1, timestamp: -1, recordedAt: yearNineThousand }),
        spend(account, 4, { points: pointsMax, allocations: [lot, { ...lot, points: 1 }] }),
      );
    });

    test('a spend over thousands of lots is returned in their order', async () => {
      const account = freshId('account');
      const allocations = Array.from({ length: 5_000 }, (_, index) => ({
        timestamp: 1_700_000_000_000 - index,
        sequence: (index * 7) % 5_000,
        payer: `payer ${index % 3}`,
        points: index + 1,
      }));
      await keep(transaction(account, 1), spend(account, 2, { allocations }));
    });

    test('everything confirmed is stored after a restart', async () => {
      const { reopen } = fixture();
      if (reopen === undefined) return;
      const account = freshId('account');
      const stored = run(account, 1, 40);
      await keep(...stored);
      const mark = { accountId: account, id: freshId('snapshot'), entry: markOf(stored[9]) };
      await fixture().journal.saveSnapshot(mark, partsOf('one', 'two'));
      const keyed = transaction(account, 41, { idempotencyKey: 'key' });
      await fixture().journal.append([following(stored[39], keyed)]);
      const reopened = await reopen();
      expect(await everything(reopened, account)).toEqual([...stored, keyed]);
      const request = { accountId: account, known: null, keys: ['key'] };
      const [caughtUp] = await reopened.catchUp([request], 100);
      expect(caughtUp.snapshot).toEqual({ ...mark, parts: 2 });
      expect(caughtUp.keyed).toEqual([keyed]);
      expect(await reopened.snapshotPart(caughtUp.snapshot!, 1)).toBe('two');
      const late = following(stored[39], transaction(account, 41));
      expect(await reopened.append([late])).toEqual(['conflict']);
    });
  });
}

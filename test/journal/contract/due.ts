import type { DuePlace, DueRange, Journal } from '../../../src/journal/journal';
import { beginning, freshId, transaction } from '../entries';
import { type MakeJournal, useJournal } from '../fixture';
import { grant, hold } from '../life-entries';

/** Where something becomes due. */
export function describeDue(make: MakeJournal): void {
  describe('due', () => {
    const fixture = useJournal(make);
    let prefix = '';
    /** Tests share stores, so that the instants of each test are its own. */
    let base = 0;
    beforeEach(() => {
      prefix = freshId('due');
      base += 1_000_000;
    });

    type Dates = readonly [availableFrom: number | null, expiresAt: number | null];
    const store = async (accountId: string, dates: readonly Dates[]) => {
      const entries = dates.map(([availableFrom, expiresAt], index) =>
        grant(prefix + accountId, index + 1, {
          ...(availableFrom === null ? {} : { availableFrom: base + availableFrom }),
          ...(expiresAt === null ? {} : { expiresAt: base + expiresAt }),
        }),
      );
      await fixture().journal.append([beginning(...entries)]);
    };
    const due = async (range: Partial<DueRange>): Promise<[number, string][]> => {
      const whole = { after: { at: base - 1, accountId: prefix }, until: base + 999_999 };
      return shown(await fixture().journal.due({ ...whole, limit: 1_000, ...range }));
    };
    const shown = (places: readonly DuePlace[]) =>
      places.map(({ at, accountId }): [number, string] => [
        at - base,
        accountId.slice(prefix.length),
      ]);

    test('instants come in order, then accounts by code point, each pair once', async () => {
      await store('\u{1f600}', [
        [null, 20],
        [10, 20],
        [null, 20],
      ]);
      await store('～', [
        [20, 30],
        [null, 10],
      ]);
      await store('b', [[null, 20]]);
      expect(await due({})).toEqual([
        [10, '～'],
        [10, '\u{1f600}'],
        [20, 'b'],
        [20, '～'],
        [20, '\u{1f600}'],
        [30, '～'],
      ]);
    });

    test('the lower bound is exclusive, the upper one inclusive', async () => {
      await store('a', [
        [null, 10],
        [10, 20],
        [null, 30],
      ]);
      await store('b', [[null, 20]]);
      const place = (at: number, accountId: string) => ({
        at: base + at,
        accountId: prefix + accountId,
      });
      expect(await due({ after: place(10, 'a') })).toEqual([
        [20, 'a'],
        [20, 'b'],
        [30, 'a'],
      ]);
      expect(await due({ after: place(20, 'a'), until: base + 20 })).toEqual([[20, 'b']]);
      expect(await due({ after: place(20, 'b'), until: base + 29 })).toEqual([]);
      expect(await due({ until: base + 9 })).toEqual([]);
    });

    test('pages of any size have the same places', async () => {
      for (let index = 0; index < 12; index += 1) {
        const instant = 10 * (index % 4);
        await store(`${index % 3} ${index}`, [
          [instant, instant + 10],
          [null, instant + 10],
        ]);
      }
      const all = await due({});
      expect(all).toHaveLength(24);
      for (const limit of [1, 2, 5, 24]) {
        expect(await inPages(fixture().journal, limit, base, prefix)).toEqual(all);
      }
    });

    test('plain adds are never due, and the first page needs no bound', async () => {
      await fixture().journal.append([beginning(transaction(prefix, 1))]);
      expect(await due({})).toEqual([]);
      await store('a', [[null, 5]]);
      const range = { after: null, until: base + 999_999, limit: 1_000_000 };
      const found = await fixture().journal.due(range);
      expect(shown(found.filter(({ accountId }) => accountId.startsWith(prefix)))).toEqual([
        [5, 'a'],
      ]);
      expect(await fixture().journal.due({ ...range, limit: 1 })).toHaveLength(1);
    });

    test('the ends of holds are listed', async () => {
      const held = hold(prefix, 1, { expiresAt: base + 7 });
      await fixture().journal.append([beginning(held)]);
      expect(await due({})).toEqual([[7, '']]);
    });

    test('instants before 1970 and in the year 9999 are listed', async () => {
      const dates = { availableFrom: -62_167_219_200_000, expiresAt: 253_402_300_799_999 };
      await fixture().journal.append([beginning(grant(prefix, 1, dates))]);
      const range = { after: null, until: dates.expiresAt, limit: 1_000_000 };
      const found = await fixture().journal.due(range);
      const mine = found.filter(({ accountId }) => accountId === prefix);
      expect(mine.map(({ at }) => at)).toEqual([dates.availableFrom, dates.expiresAt]);
    });
  });
}

async function inPages(
  journal: Journal,
  limit: number,
  base: number,
  prefix: string,
): Promise<[number, string][]> {
  const found: [number, string][] = [];
  let after: DuePlace = { at: base - 1, accountId: prefix };
  for (;;) {
    const page = await journal.due({ after, until: base + 999_999, limit });
    for (const { at, accountId } of page) found.push([at - base, accountId.slice(prefix.length)]);
    if (page.length < limit) return found;
    after = page.at(-1)!;
  }
}

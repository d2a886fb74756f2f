import type { CatchUp, CaughtUp } from '../../../src/journal/journal';
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

const entriesMax = 100;

/** Catching up: from the known entry on, inclusive, with the entries of the requested keys. */
export function describeCatchingUp(make: MakeJournal): void {
  describe('catchUp', () => {
    const fixture = useJournal(make);
    let account = '';
    let stored: Entry[] = [];

    beforeEach(async () => {
      account = freshId('account');
      stored = run(account, 1, 5);
      await fixture().journal.append([beginning(...stored)]);
    });

    const catchUp = (...requests: CatchUp[]) => fixture().journal.catchUp(requests, entriesMax);
    const one = async (request: Partial<CatchUp>): Promise<CaughtUp> => {
      const [caughtUp] = await catchUp({ accountId: account, known: null, keys: [], ...request });
      return caughtUp;
    };

    test('without a known entry, the result begins with the first entry', async () => {
      const nothing = { snapshot: null, more: false, keyed: [] };
      expect(await one({})).toEqual({ ...nothing, entries: stored });
      expect(await one({ accountId: freshId('account') })).toEqual({ ...nothing, entries: [] });
    });

    test('the known entry itself comes first, so that its id can be compared', async () => {
      expect((await one({ known: markOf(stored[2]) })).entries).toEqual(stored.slice(2));
      expect((await one({ known: markOf(stored[4]) })).entries).toEqual(stored.slice(4));
    });

    test('after a change of history, the first entry has another id or is missing', async () => {
      const other = await one({ known: { sequence: 3, id: freshId() } });
      expect(other.entries[0]).toEqual(stored[2]);
      expect((await one({ known: { sequence: 6, id: freshId() } })).entries).toEqual([]);
      expect((await one({ known: { sequence: 9, id: freshId() } })).entries).toEqual([]);
    });

    test(`at most ${entriesMax} entries are returned, and whether more follow`, async () => {
      const long = freshId('account');
      const entries = run(long, 1, entriesMax + 2);
      await fixture().journal.append([beginning(...entries)]);
      const fromStart = await one({ accountId: long });
      expect(fromStart.entries).toEqual(entries.slice(0, entriesMax));
      expect(fromStart.more).toBe(true);
      const fromSecond = await one({ accountId: long, known: markOf(entries[1]) });
      expect([fromSecond.entries.length, fromSecond.more]).toEqual([entriesMax, true]);
      const fromThird = await one({ accountId: long, known: markOf(entries[2]) });
      expect([fromThird.entries.length, fromThird.more]).toEqual([entriesMax, false]);
    });

    test('keys are found forever, each in its account only', async () => {
      const other = freshId('account');
      const first = transaction(other, 1, { idempotencyKey: 'first' });
      const middle = spend(other, 2, { idempotencyKey: "it's 'quoted' \\ \"too\"" });
      await fixture().journal.append([
        beginning(first, middle, ...run(other, 3, entriesMax + 9)),
        following(stored[4], transaction(account, 6, { idempotencyKey: 'first' })),
      ]);
      const keys = ['first', 'absent', middle.idempotencyKey!];
      const known = { sequence: entriesMax, id: 'any' };
      const [mine, theirs] = await catchUp(
        { accountId: account, known, keys: [...keys, 'first'] },
        { accountId: other, known, keys },
      );
      expect(mine.keyed.map(({ sequence }) => sequence)).toEqual([6]);
      expect(theirs.keyed.toSorted((a, b) => a.sequence - b.sequence)).toEqual([first, middle]);
    });

    test('results are in the order of the requests, also if an account is requested twice', async () => {
      const other = freshId('account');
      const entries = run(other, 1, 2);
      await fixture().journal.append([beginning(...entries)]);
      const results = await catchUp(
        { accountId: other, known: null, keys: [] },
        { accountId: account, known: markOf(stored[4]), keys: [] },
        { accountId: other, known: markOf(entries[1]), keys: [] },
      );
      expect(results.map((result) => result.entries)).toEqual([
        entries,
        stored.slice(4),
        entries.slice(1),
      ]);
      expect(await catchUp()).toEqual([]);
    });

    test('without a known entry, the snapshot is returned with the entries from its last one on', async () => {
      const mark = { accountId: account, id: freshId('snapshot'), entry: markOf(stored[2]) };
      await fixture().journal.saveSnapshot(mark, partsOf('part'));
      const caughtUp = await one({});
      expect(caughtUp.snapshot).toEqual({ ...mark, parts: 1 });
      expect(caughtUp.entries).toEqual(stored.slice(2));
      const knowing = await one({ known: markOf(stored[0]) });
      expect(knowing.snapshot).toBeNull();
      expect(knowing.entries).toEqual(stored);
    });
  });
}

import type { SnapshotHead, SnapshotMark } from '../../../src/journal/journal';
import type { Entry } from '../../../src/ledger/entry';
import { beginning, freshId, markOf, partsOf, run } from '../entries';
import { type MakeJournal, useJournal } from '../fixture';

/** Snapshots: all or nothing, the newest one. */
export function describeSnapshots(make: MakeJournal): void {
  describe('snapshots', () => {
    const fixture = useJournal(make);
    let account = '';
    let stored: Entry[] = [];

    beforeEach(async () => {
      account = freshId('account');
      stored = run(account, 1, 5);
      await fixture().journal.append([beginning(...stored)]);
    });

    const markAt = (sequence: number): SnapshotMark => ({
      accountId: account,
      id: freshId('snapshot'),
      entry: markOf(stored[sequence - 1]),
    });
    const save = (mark: SnapshotMark, ...parts: string[]) =>
      fixture().journal.saveSnapshot(mark, partsOf(...parts));
    const present = async (): Promise<SnapshotHead | null> => {
      const asked = { accountId: account, known: null, keys: [] };
      return (await fixture().journal.catchUp([asked], 100))[0].snapshot;
    };
    const content = async (head: SnapshotHead) => {
      const parts = Array.from({ length: head.parts }, (_, part) => part);
      return Promise.all(parts.map((part) => fixture().journal.snapshotPart(head, part)));
    };

    test('all parts are stored unchanged', async () => {
      const parts = ['{"a":1}', '', 'ü\u{1f600}'.repeat(40_000), "it's"];
      const mark = markAt(3);
      await save(mark, ...parts);
      const head = await present();
      expect(head).toEqual({ ...mark, parts: 4 });
      expect(await content(head!)).toEqual(parts);
      expect(await fixture().journal.snapshotPart(head!, 4)).toBeNull();
    });

    test('a newer one replaces the present one, whose parts are deleted', async () => {
      await save(markAt(2), 'old 0', 'old 1');
      const old = (await present())!;
      await save(markAt(4), 'new');
      const head = (await present())!;
      expect(head.entry.sequence).toBe(4);
      expect(await content(head)).toEqual(['new']);
      expect(await content(old)).toEqual([null, null]);
    });

    test('one of the same entry replaces it too, also under the same id', async () => {
      const mark = markAt(2);
      await save(mark, 'first', 'first');
      await save(markAt(2), 'second');
      expect(await content((await present())!)).toEqual(['second']);
      const again = markAt(2);
      await save(again, 'third', 'third');
      await save(again, 'third', 'third');
      expect(await content((await present())!)).toEqual(['third', 'third']);
    });

    test('an older one than the present is dropped', async () => {
      await save(markAt(4), 'newer');
      const older = markAt(3);
      await save(older, 'older 0', 'older 1');
      expect((await present())?.entry.sequence).toBe(4);
      expect(await content({ ...older, parts: 2 })).toEqual([null, null]);
    });

    test('it does not exist before its last part is stored', async () => {
      const mark = markAt(3);
      async function* parts(): AsyncGenerator<string> {
        yield 'one';
        expect(await present()).toBeNull();
        yield 'two';
        expect(await present()).toBeNull();
      }
      await fixture().journal.saveSnapshot(mark, parts());
      expect(await content((await present())!)).toEqual(['one', 'two']);
    });

    test('an unfinished one leaves the present one in place, and later ones complete', async () => {
      await save(markAt(1), 'former');
      async function* broken(): AsyncGenerator<string> {
        yield 'one';
        yield 'two';
        throw new Error('the server stopped');
      }
      const lost = markAt(2);
      await expect(fixture().journal.saveSnapshot(lost, broken())).rejects.toThrow('stopped');
      expect(await content((await present())!)).toEqual(['former']);
      await save(markAt(3), 'later');
      expect(await content((await present())!)).toEqual(['later']);
      expect(await content({ ...lost, parts: 2 })).toEqual([null, null]);
    });

    test('of several writers at once, the snapshot that remains is complete', async () => {
      const sibling = (await fixture().sibling?.()) ?? fixture().journal;
      const marks = [markAt(3), markAt(3), markAt(4), markAt(2)];
      await Promise.all(
        marks.map(({ id, ...mark }, saver) => {
          const parts = Array.from({ length: 3 + saver }, (_, part) => `${id} ${part}`);
          const journal = saver % 2 === 0 ? fixture().journal : sibling;
          return journal.saveSnapshot({ id, ...mark }, partsOf(...parts));
        }),
      );
      const head = (await present())!;
      const expected = Array.from({ length: head.parts }, (_, part) => `${head.id} ${part}`);
      expect(await content(head)).toEqual(expected);
    });

    test('entries may be appended between two parts', async () => {
      const other = freshId('account');
      async function* parts(): AsyncGenerator<string> {
        yield 'one';
        await fixture().journal.append([beginning(...run(other, 1, 2))]);
        yield 'two';
      }
      await fixture().journal.saveSnapshot(markAt(5), parts());
      expect(await content((await present())!)).toEqual(['one', 'two']);
      const place = { accountId: other, sequence: 2 };
      expect(await fixture().journal.entriesAt([place])).toEqual([expect.anything()]);
    });
  });
}

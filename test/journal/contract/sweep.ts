import { setTimeout as pause } from 'node:timers/promises';
import { freshId } from '../entries';
import { type MakeJournal, useJournal } from '../fixture';

const longMs = 600_000;

/** The lease of the sweep, and its mark. */
export function describeSweep(make: MakeJournal): void {
  describe('the sweep', () => {
    const fixture = useJournal(make);
    // Tests share stores, so that each begins with the lease of the one before.
    const holder = 'holder of all tests';
    beforeEach(async () => {
      while ((await fixture().journal.leaseSweep(holder, longMs)) === null) await pause(20);
    });

    test('one holder has the lease at a time, and can renew it', async () => {
      const { journal } = fixture();
      const sibling = (await fixture().sibling?.()) ?? journal;
      const other = freshId('holder');
      expect(await sibling.leaseSweep(other, longMs)).toBeNull();
      expect(await journal.leaseSweep(holder, longMs)).not.toBeNull();
      expect(await sibling.leaseSweep(other, longMs)).toBeNull();
      await journal.leaseSweep(holder, 0);
      expect(await sibling.leaseSweep(other, longMs)).not.toBeNull();
      expect(await journal.leaseSweep(holder, longMs)).toBeNull();
      await sibling.leaseSweep(other, 0);
    });

    test('a lease that is not renewed expires', async () => {
      const { journal } = fixture();
      await journal.leaseSweep(holder, 5);
      const other = freshId('holder');
      let state = await journal.leaseSweep(other, 1);
      while (state === null) {
        await pause(5);
        state = await journal.leaseSweep(other, 1);
      }
      expect(state).toHaveProperty('mark');
    });

    test('of several that want an expired lease at once, one gets it', async () => {
      const { journal } = fixture();
      const sibling = (await fixture().sibling?.()) ?? journal;
      await journal.leaseSweep(holder, 0);
      const holders = Array.from({ length: 8 }, () => freshId('holder'));
      const states = await Promise.all(
        holders.map((each, index) => [journal, sibling][index % 2]!.leaseSweep(each, longMs)),
      );
      const winners = holders.filter((_holder, index) => states[index] !== null);
      expect(winners).toHaveLength(1);
      await journal.leaseSweep(winners[0]!, 0);
    });

    test('the mark outlives a restart, and only its holder moves it', async () => {
      const { journal } = fixture();
      const mark = 1_750_000_000_000 + Math.floor(Math.random() * 1e9);
      await journal.saveSweepMark(holder, mark);
      expect(await journal.leaseSweep(holder, longMs)).toEqual({ mark });
      await journal.saveSweepMark(freshId('holder'), mark + 1);
      expect(await journal.leaseSweep(holder, 0)).toEqual({ mark });
      const reopened = await fixture().reopen?.();
      if (reopened === undefined) return;
      expect(await reopened.leaseSweep(holder, longMs)).toEqual({ mark });
      await reopened.saveSweepMark(holder, mark - 5);
      expect(await reopened.leaseSweep(holder, 0)).toEqual({ mark: mark - 5 });
    });

    test('every process sees how often the clock was accepted', async () => {
      const { journal } = fixture();
      if (journal.acceptClock === undefined) return;
      const sibling = (await fixture().sibling?.()) ?? journal;
      const before = await sibling.clockAcceptances!();
      await journal.acceptClock();
      expect(await sibling.clockAcceptances!()).toBe(before + 1);
    });

    test('a store with a clock of its own tells the time in milliseconds', async () => {
      const { journal } = fixture();
      if (journal.now === undefined) return;
      const [first, second] = [await journal.now(), await journal.now()];
      expect(Number.isSafeInteger(first)).toBe(true);
      expect(second).toBeGreaterThanOrEqual(first!);
      // The server of the tests runs on this machine.
      expect(Math.abs(first! - Date.now())).toBeLessThan(600_000);
    });
  });
}

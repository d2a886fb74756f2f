import { JournalUnavailable } from '../../../src/journal/journal-error';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import { ClockOffset } from '../../../src/service/health/clock-offset';
import { recordingLogger } from '../recording-logger';
import { add, read, run, serviceOn } from '../service-fixture';

const opened: ClockOffset[] = [];

afterAll(() => {
  for (const offset of opened) offset.close();
});

/** Three clocks that a test moves: that of the store, the local one, and one that never jumps. */
function fixture() {
  const clocks = { store: 5_000_000, local: 1_000_000, monotonic: 0, roundTrip: 0, isAway: false };
  const { lines, logger } = recordingLogger();
  const pass = (milliseconds: number) => {
    clocks.store += milliseconds;
    clocks.local += milliseconds;
    clocks.monotonic += milliseconds;
  };
  const offset = new ClockOffset({
    local: () => clocks.local,
    monotonic: () => clocks.monotonic,
    async measure() {
      if (clocks.isAway) throw new JournalUnavailable('away');
      pass(clocks.roundTrip / 2);
      const { store } = clocks;
      pass(clocks.roundTrip / 2);
      return store;
    },
    logger,
  });
  opened.push(offset);
  return { clocks, lines, pass, offset };
}

test('the time is that of the store, read from the local clock', async () => {
  const { clocks, offset, pass } = fixture();
  expect(offset.read()).toBeNull();
  clocks.roundTrip = 40;
  await offset.measure();
  expect(offset.read()).toBe(clocks.store);
  pass(12_345);
  expect(offset.read()).toBe(clocks.store);
});

test('a slow drift of the local clock is followed', async () => {
  const { clocks, offset, pass, lines } = fixture();
  for (let count = 0; count < 5; count += 1) {
    await offset.measure();
    expect(offset.read()).toBe(clocks.store);
    pass(10_000);
    clocks.local += 1_500;
  }
  expect(lines).toEqual([]);
});

test('after a jump of the local clock there is no time until it is measured again', async () => {
  const { clocks, offset, lines } = fixture();
  await offset.measure();
  clocks.local += 2_001;
  expect(offset.read()).toBeNull();
  expect(offset.read()).toBeNull();
  await offset.measure();
  expect(offset.read()).toBe(clocks.store);
  expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
});

test('after a jump of the offset there is no time until a second measurement agrees', async () => {
  const { clocks, offset, lines } = fixture();
  await offset.measure();
  clocks.store -= 60_000;
  await offset.measure();
  expect(offset.read()).toBeNull();
  await offset.measure();
  expect(offset.read()).toBe(clocks.store);
  expect(lines.map(({ level }) => level)).toEqual(['error', 'info']);
});

test('a measurement that fails or takes too long changes nothing', async () => {
  const { clocks, offset, lines } = fixture();
  await offset.measure();
  clocks.isAway = true;
  await offset.measure();
  expect(offset.read()).toBe(clocks.store);
  clocks.isAway = false;
  clocks.roundTrip = 5_000;
  await offset.measure();
  expect(offset.read()).toBe(clocks.store);
  expect(lines).toEqual([]);
});

/** A store whose clock is ahead of this process's. */
class ClockedJournal extends MemoryJournal {
  aheadMs = 3_600_000;
  isAway = false;

  async now(): Promise<number> {
    if (this.isAway) throw new JournalUnavailable('away');
    return Date.now() + this.aheadMs;
  }
}

test('entries are recorded by the clock of the store', async () => {
  const journal = new ClockedJournal();
  const service = serviceOn(journal, { now: undefined });
  const before = Date.now();
  await run(service, 'm', add(1));
  const [[entry], after] = [
    await journal.entries({ accountId: 'm', from: 1, to: 1, order: 'ascending', limit: 1 }),
    Date.now(),
  ];
  expect(entry.recordedAt).toBeGreaterThanOrEqual(before + journal.aheadMs - 1_000);
  expect(entry.recordedAt).toBeLessThanOrEqual(after + journal.aheadMs + 1_000);
  expect(await service.check()).toBe('ready');
  await service.close();
});

test('a store whose clock was never read takes no changes', async () => {
  const journal = new ClockedJournal();
  journal.isAway = true;
  const service = serviceOn(journal, { now: undefined });
  await expect(run(service, 'm', add(1))).rejects.toThrow('clock cannot be trusted');
  expect(await read(service, 'm')).toBeNull();
  expect(await service.check()).toBe('writes-fail');
  await service.close();
});

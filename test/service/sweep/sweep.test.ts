import { MemoryJournal } from '../../../src/journal/memory/journal';
import { ClockGuard } from '../../../src/service/sweep/clock-guard';
import { Sweep } from '../../../src/service/sweep/sweep';
import type { Logger } from '../../../src/telemetry/logger';
import { silentLogger } from '../../../src/telemetry/logger';
import { ScriptedJournal } from '../../journal/scripted-journal';
import { grant, historyOf, kindsOf, LifeService } from '../life-fixture';
import { recordingLogger } from '../recording-logger';
import { add, read, run } from '../service-fixture';

const minuteMs = 60_000;

/** A service and its sweep; the test moves both clocks. */
class Sweeping extends LifeService {
  monotonic = 0;
  readonly sweep: Sweep;

  constructor(
    journal: MemoryJournal | ScriptedJournal,
    logger: Logger = silentLogger,
    holder = 'one',
  ) {
    super(journal, { limits: { settleMsMax: 0 } });
    const monotonic = () => this.monotonic;
    const guard = new ClockGuard({ now: () => this.now, monotonic, logger });
    const { service } = this;
    this.sweep = new Sweep({ journal, service, guard, logger, holder, monotonic });
  }

  /** Moves both clocks. */
  later(milliseconds: number): this {
    this.now += milliseconds;
    this.monotonic += milliseconds;
    return this;
  }
}

test('a sweep records what is due in all accounts, and nothing else', async () => {
  const journal = new MemoryJournal();
  const sweeping = new Sweeping(journal);
  const { service } = sweeping;
  for (let index = 0; index < 40; index += 1) {
    await run(service, `m${index}`, grant(10, { expiresAt: 1_000 + index }), add(1));
  }
  await run(service, 'plain', add(1));
  sweeping.later(1_019);
  expect(await sweeping.sweep.run(1_019)).toEqual({ accounts: 20, failed: 0, mark: 1_019 });
  for (let index = 0; index < 40; index += 1) {
    const recorded =
      index < 20 ? ['transaction', 'transaction', 'lapse'] : ['transaction', 'transaction'];
    expect(await kindsOf(journal, `m${index}`)).toEqual(recorded);
  }
  expect(await journal.leaseSweep('one', 1)).toEqual({ mark: 1_019 });
});

test('a sweep after the first begins 10 minutes before the mark, and once a day at the first date', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const sweeping = new Sweeping(journal);
  const starts: unknown[] = [];
  const { due } = journal;
  journal.due = (range) => {
    starts.push(range.after?.at ?? null);
    return due.call(journal, range);
  };
  for (let hour = 1; hour <= 26; hour += 1) {
    sweeping.later(60 * minuteMs);
    await sweeping.sweep.run(sweeping.now);
  }
  const expected = Array.from({ length: 26 }, (_, index) => {
    const isFull = index === 0 || index === 24;
    return isFull ? null : index * 60 * minuteMs - 10 * minuteMs;
  });
  expect(starts).toEqual(expected);
});

test('the mark stays before an account that could not be recorded, and the others are recorded', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const sweeping = new Sweeping(journal);
  for (const [index, accountId] of ['a', 'b', 'c'].entries()) {
    await run(sweeping.service, accountId, grant(10, { expiresAt: 100 * (index + 1) }));
  }
  const { service } = sweeping;
  const original = service.run.bind(service);
  service.run = async (jobs) => {
    if (jobs[0].accountId === 'b') throw new Error('b is broken');
    return original(jobs);
  };
  sweeping.later(1_000);
  expect(await sweeping.sweep.run(1_000)).toEqual({ accounts: 3, failed: 1, mark: 199 });
  expect(await kindsOf(journal, 'c')).toEqual(['transaction', 'lapse']);
  service.run = original;
  expect(await sweeping.sweep.run(1_001)).toEqual({ accounts: 3, failed: 0, mark: 1_001 });
  expect(await kindsOf(journal, 'b')).toEqual(['transaction', 'lapse']);
});

test('an account of a part of the store that is away is logged without a stack, a bug with it', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const { lines, logger } = recordingLogger();
  const sweeping = new Sweeping(journal, logger);
  for (const accountId of ['a', 'b', 'c'])
    await run(sweeping.service, accountId, grant(10, { expiresAt: 100 }));
  sweeping.later(1_000);
  const bug = new TypeError('a bug');
  journal.fail('entries');
  journal.fail('entries', 1, () => bug);
  expect(await sweeping.sweep.run(1_000)).toMatchObject({ failed: 2 });
  const message = 'What is due was not recorded';
  expect(lines).toEqual([
    { level: 'error', fields: { reason: 'The store is away, on cue.', accountId: 'a' }, message },
    { level: 'error', fields: { err: bug, accountId: 'b' }, message },
  ]);
});

test('one server sweeps at a time', async () => {
  const journal = new MemoryJournal({ shared: true });
  const [one, two] = ['one', 'two'].map((holder) => new Sweeping(journal, silentLogger, holder));
  expect(await one.sweep.run(0)).not.toBeNull();
  expect(await two.sweep.run(0)).toBeNull();
  expect(await one.sweep.run(0)).not.toBeNull();
});

test('an account of more rows than one entry holds is swept completely', async () => {
  const journal = new MemoryJournal();
  const sweeping = new Sweeping(journal);
  const grants = Array.from({ length: 2_500 }, (_, index) => grant(1, { expiresAt: 100 + index }));
  await run(sweeping.service, 'm', ...grants);
  sweeping.later(1e5);
  await sweeping.sweep.run(sweeping.now);
  const lapses = (await historyOf(journal, 'm')).slice(2_500);
  expect(lapses.map((entry) => entry.kind === 'lapse' && entry.rows.length)).toEqual([
    1_000, 1_000, 500,
  ]);
});

test('a sweep that was interrupted between two entries of an account goes on there', async () => {
  const store = new MemoryJournal();
  const journal = new ScriptedJournal(store);
  const sweeping = new Sweeping(journal);
  const grants = Array.from({ length: 2_000 }, (_, index) => grant(1, { expiresAt: 100 + index }));
  await run(sweeping.service, 'm', ...grants);
  sweeping.later(1e5);
  journal.next('append', (call) => call());
  journal.fail('append', 99);
  await expect(sweeping.sweep.run(sweeping.now)).rejects.toThrow('does not respond');
  expect(await historyOf(store, 'm')).toHaveLength(2_001);
  journal.clear();
  await sweeping.sweep.run(sweeping.now);
  expect(await historyOf(store, 'm')).toHaveLength(2_002);
});

test('nothing is written after the clock jumped, which is reported once', async () => {
  const journal = new MemoryJournal();
  const { lines, logger } = recordingLogger();
  const sweeping = new Sweeping(journal, logger);
  await run(sweeping.service, 'm', grant(10, { expiresAt: 1e9 }));
  expect(await sweeping.sweep.run(0)).not.toBeNull();
  sweeping.now = 2e9;
  for (let count = 0; count < 3; count += 1) {
    expect(await sweeping.sweep.run(sweeping.now)).toBeNull();
  }
  expect(await kindsOf(journal, 'm')).toEqual(['transaction']);
  expect(lines.map(({ level }) => level)).toEqual(['error']);
  expect(lines[0].message).toContain('points sweep --accept-clock');
  sweeping.now = 0;
  expect(await sweeping.sweep.run(0)).not.toBeNull();
  expect(await read(sweeping.service, 'm')).toMatchObject({ points: 10 });
});

test('accounts that only the sweep used are the first to be evicted', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const writer = new LifeService(journal);
  for (let index = 0; index < 20; index += 1) {
    await run(writer.at(0), `m${index}`, grant(10, { expiresAt: 100 }));
  }
  // Each account weighs 25: four of them fit.
  const life = new LifeService(journal, { limits: { residentWeightMax: 110 } });
  await read(life.at(0), 'm0');
  for (let index = 1; index < 20; index += 1) {
    life.now = 200;
    await life.service.run([
      { accountId: `m${index}`, commands: [], records: true, view: () => null },
    ]);
  }
  const reads = journal.calls.filter((call) => call === 'catchUp').length;
  await read(life.service, 'm0');
  expect(journal.calls.filter((call) => call === 'catchUp')).toHaveLength(reads);
});

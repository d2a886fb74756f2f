import { exitCodes } from '../../../src/cli/command-error';
import { failureOf } from '../../../src/cli/failure';
import { JournalUnavailable } from '../../../src/journal/journal-error';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import { LedgerClock } from '../../../src/service/health/ledger-clock';
import { type Followed } from '../../../src/service/sweep/prompt-recorder';
import { sweepStore } from '../../../src/service/sweep/sweep-store';
import { Sweeper } from '../../../src/service/sweep/sweeper';
import { silentLogger } from '../../../src/telemetry/logger';
import type { MakeJournal } from '../../journal/fixture';
import { postgresJournals } from '../../journal/postgres/fixture';
import { ScriptedJournal } from '../../journal/scripted-journal';
import { makeSqliteJournal } from '../../journal/sqlite/fixture';
import { useFreshDatabases } from '../../support/fresh-databases';
import { Subscriber } from '../feed/feed-fixture';
import { grant, historyOf, kindsOf, LifeService } from '../life-fixture';
import { recordingLogger } from '../recording-logger';
import { add, read, run } from '../service-fixture';

/** More than are recorded at a time. */
const accountIds = Array.from({ length: 40 }, (_none, index) => `m${index}`);

function sweeperOf(life: LifeService, journal: MemoryJournal | ScriptedJournal) {
  const clocks = { monotonic: 0 };
  const followed: Followed[] = [];
  const { lines, logger } = recordingLogger();
  const sweeper = new Sweeper({
    journal,
    service: life.service,
    clock: new LedgerClock(() => life.now, logger),
    logger,
    followed: () => followed,
    cached: () => null,
    monotonic: () => clocks.monotonic,
  });
  return { sweeper, clocks, followed, lines };
}

test('what was shown to a reader is recorded promptly', async () => {
  const journal = new MemoryJournal();
  const life = new LifeService(journal);
  const { sweeper } = sweeperOf(life, journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }));
  life.now = 100;
  await sweeper.runPrompt();
  expect(await kindsOf(journal, 'm')).toEqual(['transaction']);
  sweeper.note('m');
  await sweeper.runPrompt();
  expect(await kindsOf(journal, 'm')).toEqual(['transaction', 'lapse']);
});

test('an account that is followed is recorded when something is due in it', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const life = new LifeService(journal);
  const { sweeper, followed } = sweeperOf(life, journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }));
  followed.push({ accountId: 'm', newestSequence: 1 });
  await sweeper.runPrompt();
  const calls = journal.calls.length;
  life.now = 99;
  await sweeper.runPrompt();
  expect(journal.calls).toHaveLength(calls);
  life.now = 100;
  await sweeper.runPrompt();
  expect(await kindsOf(journal, 'm')).toEqual(['transaction', 'lapse']);
});

test('an entry of another server that is due sooner is noticed', async () => {
  const store = new MemoryJournal({ shared: true });
  const [life, other] = [new LifeService(store), new LifeService(store)];
  const { sweeper, followed } = sweeperOf(life, store);
  await run(life.at(0), 'm', grant(10, { expiresAt: 1_000 }));
  followed.push({ accountId: 'm', newestSequence: 1 });
  await sweeper.runPrompt();
  await run(other.at(0), 'm', grant(5, { expiresAt: 100 }));
  followed[0] = { accountId: 'm', newestSequence: 2 };
  life.now = 100;
  await sweeper.runPrompt();
  expect((await historyOf(store, 'm')).at(-1)).toMatchObject({ kind: 'lapse', points: 5 });
});

test('a store that is away is reported once, in a line without a stack, and the sweep goes on when it is back', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const life = new LifeService(journal);
  const { sweeper, lines } = sweeperOf(life, journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 30_000 }));
  life.now = 30_000;
  journal.away();
  for (let count = 0; count < 3; count += 1) await sweeper.runSweep();
  sweeper.note('m');
  await sweeper.runPrompt();
  journal.back();
  await sweeper.runSweep();
  expect(await kindsOf(journal, 'm')).toEqual(['transaction', 'lapse']);
  expect(lines.map(({ message }) => message)).toEqual([
    'What is due cannot be recorded now',
    'What is due is recorded again',
  ]);
  expect(lines[0]!.fields).toEqual({ reason: 'The store is away, on cue.' });
});

test('a bug that keeps the sweep from recording is reported with its stack', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const life = new LifeService(journal);
  const { sweeper, lines } = sweeperOf(life, journal);
  const bug = new TypeError('a bug');
  journal.fail('leaseSweep', 1, () => bug);
  await sweeper.runSweep();
  expect(lines).toEqual([
    { level: 'warn', fields: { err: bug }, message: 'What is due cannot be recorded now' },
  ]);
});

test('accounts of a part of the store that is away are reported without a stack', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const life = new LifeService(journal);
  const { sweeper, lines } = sweeperOf(life, journal);
  for (const id of ['a', 'b']) await run(life.at(0), id, grant(10, { expiresAt: 100 }));
  life.now = 100;
  for (const id of ['a', 'b']) sweeper.note(id);
  const original = life.service.run.bind(life.service);
  life.service.run = async (jobs) => {
    if (jobs[0]!.accountId === 'a') throw new JournalUnavailable('A worker is away.');
    return original(jobs);
  };
  await sweeper.runPrompt();
  expect(lines).toEqual([
    {
      level: 'warn',
      fields: { reason: 'A worker is away.', accounts: 1 },
      message: 'What is due was not recorded',
    },
  ]);
});

test('a clock that jumped records nothing until an operator accepts it', async () => {
  const journal = new MemoryJournal({ shared: true });
  const life = new LifeService(journal);
  const { sweeper } = sweeperOf(life, journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 1e9 }));
  await run(life.at(0), 'other', grant(10, { expiresAt: 2e9 }));
  await sweeper.runSweep();
  life.now = 2e9;
  sweeper.note('m');
  await sweeper.runPrompt();
  await sweeper.runSweep();
  expect(await kindsOf(journal, 'm')).toEqual(['transaction']);
  const options = { until: 1e9, acceptClock: true, now: () => 2e9, logger: silentLogger };
  expect(await sweepStore(journal, options)).toEqual({
    accounts: 1,
    entries: 1,
    rows: 1,
    failed: 0,
  });
  expect(await kindsOf(journal, 'm')).toEqual(['transaction', 'lapse']);
  expect(await kindsOf(journal, 'other')).toEqual(['transaction']);
  await sweeper.runSweep();
  expect(await kindsOf(journal, 'other')).toEqual(['transaction', 'lapse']);
});

test('a sweep of a store to an instant that is not yet there is refused', async () => {
  const journal = new MemoryJournal();
  const options = { until: 2_000, now: () => 1_000, logger: silentLogger };
  await expect(sweepStore(journal, options)).rejects.toThrow(
    '--until is 1970-01-01T00:00:02.000Z, but it is only 1970-01-01T00:00:01.000Z now.',
  );
});

test('a sweep of a store whose clock jumps meanwhile fails with advice and without a stack', async () => {
  const journal = new MemoryJournal();
  const life = new LifeService(journal);
  for (const accountId of accountIds)
    await run(life.at(0), accountId, grant(10, { expiresAt: 1e6 }));
  let now = 2e6;
  const options = {
    now: () => now,
    logger: silentLogger,
    onProgress: () => {
      now = 2e9;
    },
  };
  const failure = await sweepStore(journal, options).catch(failureOf);
  expect(failure).toEqual({
    exitCode: exitCodes.unreachable,
    message: expect.stringMatching(
      /^The clock jumped .* Check the clock, and run the sweep again\.$/,
    ),
  });
});

const fresh = useFreshDatabases();

test.each<[string, MakeJournal]>([
  ['in memory', async () => ({ journal: new MemoryJournal(), dispose: async () => {} })],
  ['in SQLite', makeSqliteJournal],
  ['in PostgreSQL', async () => postgresJournals(fresh)()],
])('a service that sweeps records what it finds due when it starts %s', async (_store, make) => {
  const { journal, dispose } = await make();
  const life = new LifeService(journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }), add(1));
  let recorded = () => {};
  const lapse = new Promise<void>((resolve) => {
    recorded = resolve;
  });
  const next = new LifeService(journal, { sweep: true, onAccepted: () => recorded() });
  next.now = 100;
  await lapse;
  expect(await kindsOf(journal, 'm')).toEqual(['transaction', 'transaction', 'lapse']);
  await next.service.close();
  await dispose();
});

test('subscribers receive a lapse when it is recorded, and see the points without it', async () => {
  const life = new LifeService(new MemoryJournal());
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }), add(2));
  const subscriber = await Subscriber.on(life.service, 'm', 0);
  await subscriber.receives(2);
  life.now = 100;
  expect(await read(life.service, 'm')).toMatchObject({ points: 2 });
  await life.service.run([{ accountId: 'm', commands: [], records: true, view: () => null }]);
  await run(life.service, 'm', add(1));
  await subscriber.receives(4);
  expect(subscriber.received.map(({ sequence, points }) => [sequence, points])).toEqual([
    [1, 12],
    [2, 12],
    [3, 2],
    [4, 3],
  ]);
  await subscriber.changes.return();
});

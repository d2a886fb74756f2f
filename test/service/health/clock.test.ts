import { MemoryJournal } from '../../../src/journal/memory/journal';
import { BatchingLedgerService } from '../../../src/service/batching-ledger-service';
import { LoggedAccounts } from '../../../src/service/health/logged-accounts';
import { ServiceUnavailable } from '../../../src/service/service-error';
import { recordingLogger } from '../recording-logger';
import { add, kinds, read, run, serviceOn, spend } from '../service-fixture';

const hourMs = 3_600_000;
const start = Date.parse('2026-01-01T00:00:00.000Z');

/** Makes a service with a clock that the test sets; counts how often the clock is read. */
function fixture(shared = false) {
  const clock = { now: start, reads: 0 };
  const journal = new MemoryJournal({ shared });
  const { lines, logger } = recordingLogger();
  const now = () => {
    clock.reads += 1;
    return clock.now;
  };
  return { clock, journal, lines, service: serviceOn(journal, { logger, now }) };
}

const recordedAt = async (journal: MemoryJournal, accountId = 'm') =>
  (await journal.entries({ accountId, from: 1, to: 99, order: 'ascending', limit: 99 })).map(
    (entry) => entry.recordedAt,
  );

const outside = [
  ['past the year 9999', Date.parse('9999-12-31T23:59:59.999Z') + 1],
  ['far past the year 9999', 8.64e15],
  ['beyond every date', 8.64e15 + 1],
  ['before the year 0001', Date.parse('0001-01-01T00:00:00.000Z') - 1],
  ['that is not a number', Number.NaN],
  ['that is infinite', Number.POSITIVE_INFINITY],
] as const;

describe.each([
  ['that is not shared', false],
  ['shared with other processes', true],
])('a store %s', (_name, shared) => {
  test.each(outside)('with a clock %s rejects changes and serves reads', async (_which, now) => {
    const { clock, journal, lines, service } = fixture(shared);
    await run(service, 'm', add(10, { key: 'k' }));
    clock.now = now;
    for (let count = 0; count < 3; count += 1) {
      await expect(run(service, 'm', add(1), spend(1))).rejects.toThrow(ServiceUnavailable);
    }
    expect(await read(service, 'm')).toMatchObject({ sequence: 1, points: 10 });
    expect(kinds((await run(service, 'm', add(10, { key: 'k' }))).outcomes)).toEqual(['replayed']);
    expect(kinds((await run(service, 'm', spend(11))).outcomes)).toEqual(['INSUFFICIENT_POINTS']);
    expect(await service.check()).toBe('writes-fail');
    clock.now = start + 1;
    expect((await run(service, 'm', add(1))).view).toMatchObject({ sequence: 2, points: 11 });
    expect(await service.check()).toBe('ready');
    expect(await recordedAt(journal)).toEqual([start, start + 1]);
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ['error', 'The clock is wrong: no change is accepted'],
      ['info', 'The clock is usable again'],
    ]);
    expect(lines[1].fields).toMatchObject({ durationMs: expect.any(Number) });
  });
});

test('the first and the last millisecond of the years 0001 to 9999 are usable', async () => {
  const { clock, journal, service } = fixture();
  const ends = ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'].map(Date.parse);
  for (const now of ends) {
    clock.now = now;
    await run(service, 'm', add(1));
  }
  expect(await recordedAt(journal)).toEqual(ends);
});

test('the clock is read once for all that is decided in one batch', async () => {
  const { clock, journal, service } = fixture();
  await Promise.all(['a', 'b', 'c'].map((id) => run(service, id, add(1), add(1))));
  expect(clock.reads).toBe(1);
  clock.now = start + 5;
  expect(new Set(await recordedAt(journal, 'a'))).toEqual(new Set([start]));
});

test('if the clock rejects one command, the request changes nothing', async () => {
  const { clock, service } = fixture();
  await run(service, 'm', add(5));
  clock.now = Number.NaN;
  await expect(run(service, 'm', spend(9), spend(5))).rejects.toThrow(ServiceUnavailable);
  clock.now = start;
  expect(await read(service, 'm')).toMatchObject({ sequence: 1, points: 5 });
});

test('a clock behind the last entry of an account is logged once per account and hour', async () => {
  const { clock, journal, lines, service } = fixture();
  clock.now = start + 3 * hourMs;
  for (const id of ['m', 'n']) await run(service, id, add(1));
  clock.now = start;
  for (let count = 0; count < 3; count += 1) {
    for (const id of ['m', 'n', 'new']) await run(service, id, add(1));
  }
  await read(service, 'm');
  await run(service, 'm', spend(100));
  expect(lines.map(({ fields }) => fields.accountId)).toEqual(['m', 'n']);
  expect(lines[0]).toEqual({
    level: 'warn',
    fields: {
      accountId: 'm',
      clock: '2026-01-01T00:00:00.000Z',
      lastRecordedAt: '2026-01-01T03:00:00.000Z',
    },
    message: "The clock is behind the account's last entry: new entries get that entry's time",
  });
  clock.now = start + hourMs - 1;
  await run(service, 'm', add(1));
  expect(lines).toHaveLength(2);
  clock.now = start + hourMs;
  await run(service, 'm', add(1));
  await run(service, 'm', add(1));
  expect(lines.map(({ fields }) => fields.accountId)).toEqual(['m', 'n', 'm']);
  expect((await recordedAt(journal)).at(-1)).toBe(start + 3 * hourMs);
});

test('a clock behind by no more than clocks of servers may differ is not logged', async () => {
  const { clock, journal, lines, service } = fixture(true);
  clock.now = start + 2_000;
  await run(service, 'm', add(1));
  for (const now of [start + 1_999, start + 1_000, start]) {
    clock.now = now;
    await run(service, 'm', add(1));
  }
  expect(new Set(await recordedAt(journal))).toEqual(new Set([start + 2_000]));
  expect(lines).toEqual([]);
  clock.now = start - 1;
  for (let count = 0; count < 2; count += 1) await run(service, 'm', add(1));
  expect(lines).toMatchObject([{ fields: { accountId: 'm', clock: '2025-12-31T23:59:59.999Z' } }]);
});

test('an account whose last entry is past the year 9999 takes changes once the clock is usable', async () => {
  const { journal, lines, service } = fixture();
  const late = Date.parse('9999-12-31T23:59:59.999Z') + 1;
  const entry = {
    kind: 'transaction',
    id: 'x',
    accountId: 'm',
    sequence: 1,
    recordedAt: late,
    reference: null,
    idempotencyKey: null,
    digest: null,
    payer: 'A',
    points: 5,
    timestamp: 1,
  } as const;
  await journal.append([{ accountId: 'm', after: null, entries: [entry] }]);
  expect((await run(service, 'm', spend(5))).view).toMatchObject({ sequence: 2, points: 0 });
  expect(lines[0].fields).toMatchObject({ lastRecordedAt: '+010000-01-01T00:00:00.000Z' });
});

describe('accounts that were logged', () => {
  test('are due again after the period, in either direction of the clock', () => {
    const logged = new LoggedAccounts(100, 10);
    expect([0, 99, 100, 150, 0].map((now) => logged.isDue('m', now))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  test('are forgotten beyond a number, the least recently seen first', () => {
    const logged = new LoggedAccounts(100, 2);
    expect(['a', 'b', 'a', 'c', 'a', 'b'].map((id) => logged.isDue(id, 0))).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});

test('a service over a store with a clock is ready before the first command, without a sweep', async () => {
  class JournalWithClock extends MemoryJournal {
    async now(): Promise<number> {
      return Date.now();
    }
  }
  const { logger } = recordingLogger();
  const service = new BatchingLedgerService({ journal: new JournalWithClock(), logger });
  expect(await service.check()).toBe('ready');
  await service.close();
});

import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from '../../../src/journal/journal';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { settleAppend } from '../../../src/service/batches/settled-append';
import { usePostgres } from '../../support/postgres-server';
import { beginning, freshId, transaction } from '../entries';

// Before the server's own end.
afterAll(async () => {
  await awaitStandby(false);
  await journal.close();
});

const postgres = usePostgres();
const patience = {
  settleMsMax: 10_000,
  wait: async (milliseconds: number) => void (await pause(milliseconds)),
};

let journal: Journal;
beforeAll(async () => {
  journal = await PostgresJournal.open(await postgres().createDatabase('replicated'));
});
/** Makes commits wait for a missing standby, or ends that. */
async function awaitStandby(isAwaited: boolean): Promise<void> {
  const name = isAwaited ? 'nobody' : '';
  await postgres().query(`ALTER SYSTEM SET synchronous_standby_names = '${name}'`);
  await postgres().query('SELECT pg_reload_conf()');
  // The checkpointer notifies the other processes and wakes the waiting ones.
  if (isAwaited) while (!(await probeWaits()));
  else while ((await postgres().query(waits)).length > 0) await pause(10);
}

const waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

/** Commits something, and returns true if that had to wait for the standby. */
async function probeWaits(): Promise<boolean> {
  let isDone = false;
  const commit = postgres().query("SELECT pg_logical_emit_message(true, 'probe', '')");
  const done = commit.then(() => {
    isDone = true;
  });
  while (!isDone && (await postgres().query(waits)).length === 0) await pause(5);
  const waited = !isDone;
  if (waited) await endWaits('pg_cancel_backend');
  await done;
  return waited;
}

/** Cancels the next waits for the standby, as an administrator might. */
async function endWaits(how: 'pg_cancel_backend' | 'pg_terminate_backend'): Promise<void> {
  const text = `SELECT ${how}(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'`;
  while ((await postgres().query(text)).length === 0) await pause(5);
}

const outcomeOf = (promise: Promise<unknown>) =>
  promise.then(
    (result) => result,
    (error: Error) => error.name,
  );

test.each(['pg_cancel_backend', 'pg_terminate_backend'] as const)(
  'an append whose wait for the standby is cancelled by %s has an unknown outcome, and is settled',
  async (how) => {
    const append = beginning(transaction(freshId('account'), 1));
    await awaitStandby(true);
    const outcome = outcomeOf(journal.append([append]));
    await endWaits(how);
    expect(await outcome).toBe('AppendOutcomeUnknown');
    await awaitStandby(false);
    expect(await settleAppend(journal, [append], patience)).toEqual(['appended']);
  },
);

test('an entry is not confirmed by a transaction whose wait for the standby was cancelled', async () => {
  const entry = transaction(freshId('account'), 1);
  await journal.append([beginning(entry)]);
  await awaitStandby(true);
  const outcome = outcomeOf(journal.confirm([entry]));
  await endWaits('pg_cancel_backend');
  expect(await outcome).toBe('JournalUnavailable');
  await awaitStandby(false);
  expect(await journal.confirm([entry])).toEqual([true]);
});

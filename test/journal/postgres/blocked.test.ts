import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Append } from '../../../src/journal/journal';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { settleAppend } from '../../../src/service/batches/settled-append';
import { useFreshDatabases } from '../../support/fresh-databases';
import { beginning, freshId, run, transaction } from '../entries';

const fresh = useFreshDatabases();

/** Another transaction takes a place and keeps everybody waiting who wants it. */
async function blocked(url: string, { accountId }: Append): Promise<Client> {
  const client = new Client({ connectionString: url });
  // The server is ended under it where a test fails.
  client.on('error', () => {});
  await client.connect();
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO entry (account_id, sequence, id, format, kind, points, recorded_at)
     VALUES ($1, 1, 'blocking', 0, 'reserved', 0, 0)`,
    [accountId],
  );
  return client;
}

const outcomeOf = (promise: Promise<unknown>) =>
  promise.then(
    (result) => result,
    (error: Error) => error.name,
  );

/**
 * Accounts that are beaten, free, and blocked, in the order in which they are appended: while the
 * last keeps the transaction waiting, it has the second in hand.
 */
async function appends(journal: PostgresJournal, length: number): Promise<Append[]> {
  const [beaten, free, held] = ['a', 'b', 'c'].map((each) =>
    beginning(...run(freshId(each), 1, length)),
  );
  await journal.append([beginning(transaction(beaten.accountId, 1))]);
  return [beaten, free, held];
}

test.each([1, 2])(
  'an account that an earlier append of it may still get in is not told as beaten (%d entries each)',
  async (length) => {
    const url = await fresh();
    const limits = { answerMsMax: 500, lockMsMax: 4_000 };
    // The patient one makes the tables, which may take a busy machine longer than half a second.
    const journal = await PostgresJournal.open(url, { limits: { lockMsMax: 200 } });
    const impatient = await PostgresJournal.open(url, { limits });
    const batch = await appends(impatient, length);
    const blocker = await blocked(url, batch[2]);
    expect(await outcomeOf(impatient.append(batch))).toBe('AppendOutcomeUnknown');
    // The database still works on it, and may keep the second account's entries in the end.
    expect(await outcomeOf(journal.append(batch))).toMatch(/^(AppendOutcomeUnknown|JournalUnav)/);
    await blocker.query('ROLLBACK');
    await blocker.end();
    const wait = async (milliseconds: number) => void (await pause(milliseconds));
    const settled = await settleAppend(journal, batch, { settleMsMax: 20_000, wait });
    expect(settled).toEqual(['conflict', 'appended', 'appended']);
    await impatient.close();
    await journal.close();
  },
);

test('a turn that waits in vain for another one is beaten, and not a database that is away', async () => {
  const url = await fresh();
  const journal = await PostgresJournal.open(url, { limits: { lockMsMax: 100 } });
  const [first] = run(freshId('m'), 1, 1);
  await journal.append([beginning(first)]);
  const blocker = new Client({ connectionString: url });
  await blocker.connect();
  await blocker.query('BEGIN');
  const lock = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 1))';
  await blocker.query(lock, [first.accountId]);
  const request = { accountId: first.accountId, known: first, keys: [] };
  const decide = jest.fn(() => null);
  expect(await journal.appendAlone(request, 10, decide)).toBe('conflict');
  expect(decide).not.toHaveBeenCalled();
  await blocker.query('ROLLBACK');
  expect(await journal.appendAlone(request, 10, decide)).toBe(null);
  expect(decide).toHaveBeenCalledTimes(1);
  await blocker.end();
  await journal.close();
});

import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Append } from '../../../src/journal/journal';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { settleAppend } from '../../../src/service/batches/settled-append';
import { useFreshDatabases } from '../../support/fresh-databases';
import { beginning, freshId, run, transaction } from '../entries';

const fresh = useFreshDatabases();

/** Reserves an account's first sequence in another transaction, which blocks every append to it. */
async function blocked(url: string, { accountId }: Append): Promise<Client> {
  const client = new Client({ connectionString: url });
  // If a test fails, the server ends first.
  client.on('error', () => {});
  await client.connect();
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO entry (account_id, sequence, id, format, kind, points, recorded_at, digest)
     VALUES ($1, 1, 'blocking', 0, 'reserved', 0, 0, '')`,
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
 * Appends to accounts that have lost the race, are free, and are blocked, in that order: while the
 * transaction waits for the last one, it has inserted the second.
 */
async function appends(journal: PostgresJournal, length: number): Promise<Append[]> {
  const [lost, free, held] = ['a', 'b', 'c'].map((each) =>
    beginning(...run(freshId(each), 1, length)),
  );
  await journal.append([beginning(transaction(lost.accountId, 1))]);
  return [lost, free, held];
}

test.each([1, 2])(
  'an account whose earlier append may still succeed is not reported as a conflict (%d entries each)',
  async (length) => {
    const url = await fresh();
    const limits = { callMsMax: 1_500, lockMsMax: 4_000 };
    // The patient one creates the tables, which takes long on a busy machine.
    const journal = await PostgresJournal.open(url, { limits: { lockMsMax: 200 } });
    const impatient = await PostgresJournal.open(url, { limits });
    const batch = await appends(impatient, length);
    const blocker = await blocked(url, batch[2]);
    expect(await outcomeOf(impatient.append(batch))).toBe('AppendOutcomeUnknown');
    // The database still executes it, and may commit the second account's entries in the end.
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

test('a turn that times out waiting for another one is a conflict, not an outage', async () => {
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

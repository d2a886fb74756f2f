import { Client } from 'pg';
import { JournalUnavailable } from '../../../src/journal/journal-error';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { postgresLimits } from '../../../src/journal/postgres/limits';
import { PostgresSession, type Statement } from '../../../src/journal/postgres/session';
import { tryInsert } from '../../../src/journal/postgres/trial';
import { usePostgres } from '../../support/postgres-server';
import { beginning, following, freshId, markOf, run, transaction } from '../entries';

let url: string;
let journal: PostgresJournal;
let client: Client;
// Before the server's own end.
afterAll(async () => {
  await client?.end();
  await journal?.close();
});

const postgres = usePostgres();

beforeAll(async () => {
  url = await postgres().createDatabase('trial');
  journal = await PostgresJournal.open(url, { limits: { lockMsMax: 100 } });
  client = new Client({ connectionString: url });
  Reflect.set(client, 'pipeline', true);
  await client.connect();
});

const trialRows = async () => (await client.query("SELECT FROM entry WHERE account_id = ''")).rows;

/** A session in which every statement with this start is cancelled. */
class Unlucky extends PostgresSession {
  constructor(
    session: Client,
    private readonly start: string,
  ) {
    super(session);
  }

  override send: PostgresSession['send'] = (statements) => {
    const cancelled = "DO $$ BEGIN RAISE 'cancelled' USING ERRCODE = '57014'; END $$";
    const matches = ({ text }: Statement) => text.startsWith(this.start);
    return super.send(
      statements.map((each) => (matches(each) ? { text: cancelled } : each)),
    ) as never;
  };
}

test('a trial whose transaction does not begin sends no row', async () => {
  const session = new Unlucky(client, 'BEGIN');
  await expect(tryInsert(session, postgresLimits)).rejects.toThrow('cancelled');
  expect(await trialRows()).toEqual([]);
});

test('a trial that cannot be rolled back closes its connection', async () => {
  const session = new Unlucky(client, 'ROLLBACK');
  await expect(tryInsert(session, postgresLimits)).rejects.toThrow('was not rolled back');
  await client.query('ROLLBACK');
  expect(await trialRows()).toEqual([]);
});

test('a trial waits a bounded time for a locked table, and reports the reason', async () => {
  await client.query('BEGIN');
  await client.query('LOCK TABLE entry IN SHARE MODE');
  await expect(journal.tryWrite()).rejects.toThrow(JournalUnavailable);
  await expect(journal.tryWrite()).rejects.toThrow(/lock timeout.*55P03/);
  await client.query('ROLLBACK');
  await journal.tryWrite();
});

test('a missing table makes the trial fail', async () => {
  await client.query('ALTER TABLE entry RENAME TO entry_kept');
  await expect(journal.tryWrite()).rejects.toThrow('does not exist');
  await client.query('ALTER TABLE entry_kept RENAME TO entry');
  await journal.tryWrite();
});

test('a read-only database refuses trials, appends and turns, and accepts them all once it is writable', async () => {
  await postgres().query('CREATE ROLE fickle LOGIN SUPERUSER');
  const setting = 'ALTER ROLE fickle SET default_transaction_read_only =';
  const fickle = await PostgresJournal.open(url.replace('postgres@', 'fickle@'));
  const accountId = freshId('account');
  const stored = run(accountId, 1, 2);
  await fickle.append([beginning(...stored)]);
  await postgres().query(`${setting} on`);
  // Sessions keep the setting with which they began.
  const sessions =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'fickle'";
  await postgres().query(sessions);
  const request = { accountId, known: markOf(stored[1]), keys: [] };
  const next = following(stored[1], transaction(accountId, 3));
  const writes = [
    () => fickle.tryWrite(),
    () => fickle.append([next]),
    () => fickle.appendAlone(request, 10, () => next),
  ];
  await Promise.allSettled(writes.map((write) => write()));
  for (const write of [...writes, ...writes]) {
    await expect(write()).rejects.toThrow(JournalUnavailable);
    await expect(write()).rejects.toThrow('read-only');
  }
  const idle = await Promise.allSettled(Array.from({ length: 8 }, () => fickle.tryWrite()));
  expect(idle.map(({ status }) => status)).toEqual(Array(8).fill('rejected'));
  await postgres().query(`${setting} off`);
  await fickle.tryWrite();
  expect(await fickle.append([next])).toEqual(['appended']);
  await fickle.close();
});

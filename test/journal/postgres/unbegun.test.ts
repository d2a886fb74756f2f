import { Client } from 'pg';
import { appendToAccounts } from '../../../src/journal/postgres/append';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { postgresLimits } from '../../../src/journal/postgres/limits';
import { PostgresSession, type Statement } from '../../../src/journal/postgres/session';
import { appendInTurn } from '../../../src/journal/postgres/turn';
import { useFreshDatabases } from '../../support/fresh-databases';
import { beginning, freshId, markOf, run, transaction } from '../entries';

let journal: PostgresJournal;
let client: Client;
let session: PostgresSession;
// Before the server's own end.
afterAll(async () => {
  await client.end();
  await journal.close();
});

const fresh = useFreshDatabases();
beforeAll(async () => {
  const connectionString = await fresh();
  journal = await PostgresJournal.open(connectionString);
  client = new Client({ connectionString });
  Reflect.set(client, 'pipeline', true);
  await client.connect();
  session = new Unlucky(client);
});

/** A session in which every BEGIN is cancelled, so each later statement is its own transaction. */
class Unlucky extends PostgresSession {
  override send: PostgresSession['send'] = (statements) => {
    const cancelled = "DO $$ BEGIN RAISE 'cancelled' USING ERRCODE = '57014'; END $$";
    const isBegin = ({ text }: Statement) => text.startsWith('BEGIN');
    const sent = statements.map((each) => (isBegin(each) ? { text: cancelled } : each));
    return super.send(sent) as ReturnType<PostgresSession['send']> as never;
  };
}

const settings = { lockMsMax: 100, isDistributed: false };
const unknown = expect.objectContaining({ name: 'AppendOutcomeUnknown' });

test('entries that were appended without their transaction are not reported as missing', async () => {
  const entry = transaction(freshId('account'), 1);
  const appends = [beginning(entry), beginning(...run(freshId('account'), 1, 2))];
  await expect(appendToAccounts(session, appends, settings)).rejects.toEqual(unknown);
  expect(await journal.confirm([entry])).toEqual([true]);
});

test.each([
  ['that has entries', 2],
  ['that has none', 0],
])('a turn without its transaction leaves no trace in an account %s', async (_which, length) => {
  const accountId = freshId('account');
  const stored = run(accountId, 1, length);
  if (length > 0) await journal.append([beginning(...stored)]);
  const known = length > 0 ? markOf(stored[1]) : null;
  const decide = () => beginning(transaction(accountId, 1));
  const outcome = appendInTurn(session, { accountId, known, keys: [] }, 9, decide, postgresLimits);
  await expect(outcome).rejects.toMatchObject({ name: 'JournalUnavailable' });
  const range = { accountId, from: 1, to: 9, order: 'ascending', limit: 9 } as const;
  expect(await journal.entries(range)).toEqual(stored);
});

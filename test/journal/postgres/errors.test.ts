import { Client } from 'pg';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { useFreshDatabases } from '../../support/fresh-databases';
import { beginning, following, freshId, markOf, run, transaction } from '../entries';

let journal: PostgresJournal;
let client: Client;
// Before the server's own end.
afterAll(async () => {
  await client.end();
  await journal.close();
});

const fresh = useFreshDatabases();

/**
 * A trigger makes the server raise the error that a test plants, per statement or at the commit.
 */
beforeAll(async () => {
  const connectionString = await fresh();
  journal = await PostgresJournal.open(connectionString);
  client = new Client({ connectionString });
  await client.connect();
  await client.query(`
    CREATE TABLE trouble (state text, remaining int);
    CREATE FUNCTION raise_trouble() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      sqlstate_now text;
    BEGIN
      SELECT state INTO sqlstate_now FROM trouble WHERE nextval('tries') <= remaining;
      IF sqlstate_now IS NOT NULL THEN
        RAISE EXCEPTION 'planted' USING ERRCODE = sqlstate_now;
      END IF;
      RETURN NULL;
    END $$;
    CREATE SEQUENCE tries`);
});

type When = 'while it is done' | 'at its commit';

/** Makes the next `times` appends fail with an error of the server. */
async function plant(state: string, when: When, times: number): Promise<void> {
  await client.query('DROP TRIGGER IF EXISTS trouble ON entry');
  await client.query('TRUNCATE trouble');
  await client.query('ALTER SEQUENCE tries RESTART');
  await client.query('INSERT INTO trouble VALUES ($1, $2)', [state, times]);
  await client.query(
    when === 'at its commit'
      ? `CREATE CONSTRAINT TRIGGER trouble AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED
         FOR EACH ROW EXECUTE FUNCTION raise_trouble()`
      : `CREATE TRIGGER trouble AFTER INSERT ON entry
         FOR EACH STATEMENT EXECUTE FUNCTION raise_trouble()`,
  );
}

const outcomeOf = (promise: Promise<unknown>) =>
  promise.then(
    (result) => result,
    (error: Error) => error.name,
  );

const always = 1_000;
const gone = 'JournalUnavailable';
const open = 'AppendOutcomeUnknown';
const bug = 'error';

/** The outcome of an append to one account whose insert fails with a SQLSTATE. */
test.each([
  ['08000', gone],
  ['08003', gone],
  ['08006', gone],
  ['08P01', bug],
  ['22003', bug],
  ['22012', ['conflict']],
  ['23505', ['conflict']],
  ['23514', bug],
  ['25006', gone],
  ['25P03', gone],
  ['40001', gone],
  ['40P01', gone],
  ['40003', gone],
  ['42501', gone],
  ['42P01', bug],
  ['53100', gone],
  ['53200', gone],
  ['53300', gone],
  ['54000', gone],
  ['55P03', gone],
  ['57014', gone],
  ['57P01', gone],
  ['57P02', gone],
  ['57P03', gone],
  ['58000', gone],
  ['58030', gone],
  ['XX000', gone],
  ['XX001', 'OperatorError'],
  ['XX002', 'OperatorError'],
])('an append that fails with %s ends in %j, and appends nothing', async (state, outcome) => {
  for (const length of [1, 2]) {
    const entries = run(freshId('account'), 1, length);
    await plant(state, 'while it is done', always);
    expect(await outcomeOf(journal.append([beginning(...entries)]))).toEqual(outcome);
    await client.query('DROP TRIGGER trouble ON entry');
    expect(await journal.confirm(entries)).toEqual(entries.map(() => false));
    expect(await journal.append([beginning(...entries)])).toEqual(['appended']);
  }
});

test.each(['40001', '40P01'])('an append that is rolled back with %s is retried', async (state) => {
  await plant(state, 'while it is done', 2);
  expect(await journal.append([beginning(transaction(freshId('account'), 1))])).toEqual([
    'appended',
  ]);
  await client.query('DROP TRIGGER trouble ON entry');
});

test.each(['40001', '53100', '57014', '57P01', 'XX000'])(
  'an append whose commit fails with %s has an unknown outcome, and may be retried',
  async (state) => {
    const append = beginning(transaction(freshId('account'), 1));
    await plant(state, 'at its commit', always);
    expect(await outcomeOf(journal.append([append]))).toBe(open);
    await client.query('DROP TRIGGER trouble ON entry');
    expect(await journal.append([append])).toEqual(['appended']);
  },
);

test.each([
  ['23505', 'conflict'],
  ['40001', 'conflict'],
  ['55P03', gone],
  ['57P01', open],
  ['42P01', bug],
  ['XX000', open],
])('a turn whose entries fail with %s ends in %s, and appends nothing', async (state, outcome) => {
  const [first, second] = run(freshId('account'), 1, 2);
  await journal.append([beginning(first)]);
  await plant(state, 'while it is done', always);
  // Another kind of row reserves the sequence, before the decision.
  await client.query(`CREATE OR REPLACE TRIGGER trouble AFTER INSERT ON entry
    FOR EACH ROW WHEN (new.kind <> 'reserved') EXECUTE FUNCTION raise_trouble()`);
  const request = { accountId: first.accountId, known: markOf(first), keys: [] };
  const outcomeOfTurn = journal.appendAlone(request, 10, () => following(first, second));
  expect(await outcomeOf(outcomeOfTurn)).toBe(outcome);
  await client.query('DROP TRIGGER trouble ON entry');
  expect(await journal.append([following(first, second)])).toEqual(['appended']);
});

test.each([
  ['08006', gone],
  ['40001', gone],
  ['57014', gone],
  ['42501', gone],
  ['XX001', 'OperatorError'],
])('a read that fails with %s rejects with %s', async (state, outcome) => {
  const account = freshId('account');
  const stored = run(account, 1, 1);
  await client.query('DROP TRIGGER IF EXISTS trouble ON entry');
  await journal.append([beginning(...stored)]);
  await client.query(`
    ALTER TABLE entry RENAME TO entry_kept;
    CREATE FUNCTION failing() RETURNS SETOF entry_kept LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = '${state}'; END $$;
    CREATE VIEW entry AS SELECT * FROM failing()`);
  const range = { accountId: account, from: 1, to: 9, order: 'ascending', limit: 9 } as const;
  const page = { after: null, before: null, order: 'ascending', limit: 9 } as const;
  const outcomes = await Promise.all(
    [
      journal.catchUp([{ accountId: account, known: null, keys: ['k'] }], 9),
      journal.entries(range),
      journal.entriesAt([{ accountId: account, sequence: 1 }]),
      journal.accounts(page),
      journal.check(),
    ].map(outcomeOf),
  );
  await client.query(
    'DROP VIEW entry; DROP FUNCTION failing; ALTER TABLE entry_kept RENAME TO entry',
  );
  expect(outcomes).toEqual(outcomes.map(() => outcome));
  expect(await journal.entries(range)).toEqual(stored);
});

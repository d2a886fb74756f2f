import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { grants } from '../../../src/journal/postgres/migrations';
import { usePostgres } from '../../support/postgres-server';
import { beginning, following, freshId, partsOf, run, transaction } from '../entries';

const postgres = usePostgres();

/** The address of a database as another role sees it. */
function as(role: string, url: string): string {
  return url.replace('postgres@', `${role}@`);
}

async function database(name: string): Promise<string> {
  const url = await postgres().createDatabase(name);
  await postgres().query(`DROP ROLE IF EXISTS ${name}; CREATE ROLE ${name} LOGIN`);
  return url;
}

async function failure(opening: Promise<unknown>): Promise<Error> {
  return opening.then(
    () => new Error('It was opened.'),
    (error) => error as Error,
  );
}

test('a role that may not create tables gets the SQL, which allows everything that a server does', async () => {
  const url = await database('modest');
  const error = await failure(PostgresJournal.open(as('modest', url)));
  expect(error.name).toBe('OperatorError');
  const [, sql] = /(BEGIN;[\s\S]+COMMIT;)/.exec(error.message)!;
  await postgres().query(sql.replaceAll('ROLE', 'modest'), 'modest');

  const journal = await PostgresJournal.open(as('modest', url));
  const account = freshId('account');
  const stored = run(account, 1, 3);
  expect(await journal.append([beginning(...stored)])).toEqual(['appended']);
  expect(await journal.append([beginning(stored[0])])).toEqual(['conflict']);
  const request = { accountId: account, known: null, keys: ['k'] };
  const appended = journal.appendAlone(request, 10, () =>
    following(stored[2], transaction(account, 4)),
  );
  expect(await appended).toBe('appended');
  expect(await journal.confirm(stored)).toEqual([true, true, true]);
  const mark = { accountId: account, id: freshId(), entry: stored[2] };
  await journal.saveSnapshot(mark, partsOf('a', 'b'));
  await journal.saveSnapshot({ ...mark, id: freshId() }, partsOf('c'));
  const [{ snapshot, entries }] = await journal.catchUp([request], 10);
  expect(snapshot).toMatchObject({ parts: 1 });
  expect(entries).toHaveLength(2);
  expect(await journal.snapshotPart(snapshot!, 0)).toBe('c');
  expect(
    await journal.accounts({ after: null, before: null, order: 'ascending', limit: 9 }),
  ).toEqual([account]);
  await journal.check();
  await journal.close();
});

const tables = ['entry', 'lapse_row', 'snapshot', 'snapshot_part'];
const single = tables.flatMap((table) =>
  ['SELECT', 'INSERT', 'UPDATE', 'DELETE'].map((right) => `${right} ON ${table}`),
);

test('a role that lacks any single privilege gets its name, and what to run, at the start', async () => {
  const url = await database('lacking');
  await (await PostgresJournal.open(url)).close();
  const all = grants.replaceAll('ROLE', 'lacking');
  for (const right of ['SELECT ON schema_version', ...single]) {
    await postgres().query(`${all}; REVOKE ${right} FROM lacking`, 'lacking');
    const { name, message } = await failure(PostgresJournal.open(as('lacking', url)));
    expect([name, message]).toEqual([
      'OperatorError',
      expect.stringContaining(`it lacks ${right}. As the tables' owner, run this`),
    ]);
    await postgres().query(
      message.slice(message.indexOf('GRANT')).replaceAll('ROLE', 'lacking'),
      'lacking',
    );
    await (await PostgresJournal.open(as('lacking', url))).close();
  }
});

test('a role without USAGE on the schema gets a message that names it', async () => {
  const url = await database('outside');
  await postgres().query('REVOKE ALL ON SCHEMA public FROM PUBLIC', 'outside');
  const { name, message } = await failure(PostgresJournal.open(as('outside', url)));
  expect([name, message]).toEqual([
    'OperatorError',
    expect.stringMatching(/^This role may not create or read .+schema/),
  ]);
});

test('the grants of the document are those of the message', async () => {
  const url = await database('documented');
  const { message } = await failure(PostgresJournal.open(as('documented', url)));
  const text = readFileSync(join(__dirname, '../../../docs/operating.md'), 'utf8');
  const grants = message.split('\n').filter((line) => line.startsWith('GRANT'));
  expect(grants).toHaveLength(2);
  for (const grant of grants) expect(text).toContain(grant.replace('ROLE', 'ledger'));
});

test.each([
  ['a missing database', '/nowhere', /^The database cannot be reached at 127.0.0.1:\d+: .+nowhere/],
  ['an invalid address', '', /^The address of the database cannot be read; write postgres:/],
])('%s is reported without the password', async (_what, path, words) => {
  const { port } = postgres();
  const url =
    path === ''
      ? 'postgres://me:geheim@[/x'
      : `postgres://postgres:geheim@127.0.0.1:${port}${path}`;
  const { message } = await failure(PostgresJournal.open(url));
  expect(message).toMatch(words);
  expect(message).not.toContain('geheim');
});

test("a table of another program with the name of one of the ledger's is reported", async () => {
  const url = await postgres().createDatabase('taken');
  await postgres().query('CREATE TABLE entry (x int)', 'taken');
  const { name, message } = await failure(PostgresJournal.open(url));
  expect([name, message]).toEqual([
    'OperatorError',
    expect.stringContaining('Use a separate database or schema'),
  ]);
});

test('many processes that open an empty database at once create its tables once', async () => {
  const url = await postgres().createDatabase('crowded');
  const journals = await Promise.all(Array.from({ length: 8 }, () => PostgresJournal.open(url)));
  const account = freshId('account');
  const results = await Promise.all(
    journals.map((each) => each.append([beginning(transaction(account, 1))])),
  );
  expect(results.flat().toSorted()).toEqual(['appended', ...Array(7).fill('conflict')]);
  await Promise.all(journals.map((journal) => journal.close()));
});

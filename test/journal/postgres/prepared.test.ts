import { appendToAccounts } from '../../../src/journal/postgres/append';
import { PostgresConnections } from '../../../src/journal/postgres/connections';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { postgresLimits } from '../../../src/journal/postgres/limits';
import { directServer } from '../../../src/journal/postgres/server-traits';
import type { PostgresSession } from '../../../src/journal/postgres/session';
import { Pooler, withPooler } from '../../support/pooler';
import { usePostgres } from '../../support/postgres-server';
import { beginning, following, freshId, transaction } from '../entries';

const postgres = usePostgres();

let url: string;
beforeAll(async () => {
  url = await postgres().createDatabase('prepared');
  await (await PostgresJournal.open(url)).close();
});

const open: PostgresConnections[] = [];
afterEach(() => Promise.all(open.splice(0).map((each) => each.close())));

function connect(address: string, connectionsMax = 1) {
  const server = directServer();
  const connections = new PostgresConnections(address, connectionsMax, postgresLimits, server);
  open.push(connections);
  return { server, connections };
}

async function read(connections: PostgresConnections, text: string): Promise<unknown[]> {
  const rows = await connections.withConnection((session) => session.rows({ text }));
  return rows.map(([value]) => value);
}

const namesOf = (connections: PostgresConnections) =>
  read(connections, 'SELECT name FROM pg_prepared_statements ORDER BY name');
const settings = { lockMsMax: postgresLimits.lockMsMax, isDistributed: false };

/** Appends two entries, one after the other, and returns the results. */
async function appendTwo(connections: PostgresConnections) {
  const accountId = freshId('account');
  const [first, second] = [transaction(accountId, 1), transaction(accountId, 2)];
  const append = (session: PostgresSession) =>
    appendToAccounts(session, [beginning(first)], settings);
  const appendNext = (session: PostgresSession) =>
    appendToAccounts(session, [following(first, second)], settings);
  const results = [
    ...(await connections.withConnection(append)),
    ...(await connections.withConnection(appendNext)),
  ];
  const count = `SELECT count(*)::int FROM entry WHERE account_id = '${accountId}'`;
  return { results, stored: (await read(connections, count))[0] };
}

const both = { results: ['appended', 'appended'], stored: 2 };

test('a connection has its settings from the start, and keeps statements', async () => {
  const { server, connections } = connect(url);
  expect(await appendTwo(connections)).toEqual(both);
  const names = await namesOf(connections);
  expect(names.length).toBeGreaterThan(0);
  expect(await appendTwo(connections)).toEqual(both);
  expect(await namesOf(connections)).toEqual(names);
  expect(await read(connections, "SELECT current_setting('enable_seqscan')")).toEqual(['off']);
  expect(await read(connections, "SELECT current_setting('lock_timeout')")).toEqual(['3s']);
  expect(server).toMatchObject({ takesSettings: true, keepsStatements: true });
});

test.each([
  ['in the address', (options: string) => `${url}?options=${encodeURIComponent(options)}`],
  [
    'in the environment',
    (options: string) => {
      process.env.PGOPTIONS = options;
      return url;
    },
  ],
])('options %s stay', async (_where, addressWith) => {
  try {
    const { connections } = connect(addressWith('-c statement_timeout=77s'));
    expect(await read(connections, "SELECT current_setting('statement_timeout')")).toEqual(['77s']);
    expect(await read(connections, "SELECT current_setting('enable_seqscan')")).toEqual(['off']);
  } finally {
    delete process.env.PGOPTIONS;
  }
});

test('a prepared statement that is gone costs one retry, and appends once', async () => {
  const { server, connections } = connect(url);
  await appendTwo(connections);
  await read(connections, 'DEALLOCATE ALL');
  expect(await appendTwo(connections)).toEqual(both);
  expect(server).toMatchObject({ takesSettings: false, keepsStatements: false });
  expect(await appendTwo(connections)).toEqual(both);
  expect(await namesOf(connections)).toEqual([]);
});

test("another session's prepared statement costs one retry, and appends once", async () => {
  const first = connect(url);
  await appendTwo(first.connections);
  const names = await namesOf(first.connections);
  const { server, connections } = connect(url);
  for (const name of names) await read(connections, `PREPARE "${name}" AS SELECT 1`);
  expect(await appendTwo(connections)).toEqual(both);
  expect(server.keepsStatements).toBe(false);
  expect(await appendTwo(connections)).toEqual(both);
});

withPooler('through a pooler in transaction mode', () => {
  const poolers: Pooler[] = [];
  afterAll(() => Promise.all(poolers.map((pooler) => pooler.stop())));

  test.each([
    ['refuses', []],
    ['drops', ['ignore_startup_parameters = options']],
  ])('that %s start-up options, each transaction has its own settings', async (_how, lines) => {
    const pooler = await Pooler.start(postgres(), ...lines);
    poolers.push(pooler);
    const { connections, server } = connect(pooler.url('prepared'), 8);
    const appended = await Promise.all(Array.from({ length: 40 }, () => appendTwo(connections)));
    expect(appended).toEqual(Array(40).fill(both));
    const traits = await connections.withConnection(async (session) => session.traits);
    expect(traits.hasSettings).toBe(false);
    expect(server.keepsStatements).toBe(false);
  });
});

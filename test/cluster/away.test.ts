import { setTimeout as pause } from 'node:timers/promises';
import { LedgerClient } from '../faults/ledger-client';
import { PostgresServer, usePostgres } from '../support/postgres-server';
import { useClusterServers } from './cluster-servers';

const postgres = usePostgres();
const servers = useClusterServers();

const add = `mutation ($key: String) { addTransaction(input: { accountId: "m", payer: "DANNON",
  points: 1, timestamp: "2020-11-02T14:00:00Z", idempotencyKey: $key }) {
  transaction { sequence } replayed errors { code } } }`;
const read = '{ account(id: "m") { points } }';

interface Added {
  readonly addTransaction: { readonly replayed: boolean };
}

const statusOf = async (origin: string) => (await fetch(`${origin}/readyz`)).status;

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}

test('a server that starts before its database waits, logs that, and then serves', async () => {
  const database = await PostgresServer.start();
  await database.stop();
  try {
    const server = servers.start(database.url());
    const origin = await server.origin;
    let log = '';
    server.process.stdout!.on('data', (text) => {
      log += text;
    });
    const client = new LedgerClient(origin);
    expect(await statusOf(origin)).toBe(503);
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    expect(await client.ask(add)).toMatchObject({ codes: ['SERVICE_UNAVAILABLE'] });
    await database.start();
    await until(async () => (await statusOf(origin)) === 200);
    expect(await client.ask(add)).toMatchObject({ codes: [] });
    expect(log).toContain('The database responds');
    client.close();
  } finally {
    await database.dispose();
  }
});

test('an outage of the database is noticed when it begins and when it ends, without a restart', async () => {
  const url = await postgres().createDatabase('goes_and_comes');
  const origin = await servers.start(url).origin;
  const client = new LedgerClient(origin);
  expect(await client.ask(add)).toMatchObject({ codes: [] });
  await postgres().stop('immediate');
  expect(await client.ask(add)).toMatchObject({ codes: ['SERVICE_UNAVAILABLE'] });
  expect(await client.ask(read)).toMatchObject({ codes: ['SERVICE_UNAVAILABLE'] });
  expect(await statusOf(origin)).toBe(503);
  await postgres().start();
  await until(async () => (await statusOf(origin)) === 200);
  expect(await client.ask(add)).toMatchObject({ codes: [] });
  expect(await client.read(read)).toEqual({ account: { points: 2 } });
  client.close();
});

test('while the database hangs every request gets a response, and a retry with its key counts once', async () => {
  const url = await postgres().createDatabase('hangs');
  const origin = await servers.start(url).origin;
  const client = new LedgerClient(origin, 16);
  await client.ask(add);
  const sending = Array.from({ length: 8 }, (_, index) => client.ask(add, { key: `k${index}` }));
  postgres().freeze(true);
  const later = [client.ask(read), client.ask(add, { key: 'k8' })];
  const replies = await Promise.all([...sending, ...later]);
  postgres().freeze(false);
  for (const reply of replies) expect(reply.kind).toBe('responded');
  await until(async () => (await statusOf(origin)) === 200);
  for (let index = 0; index <= 8; index += 1) {
    const reply = await client.ask<Added>(add, { key: `k${index}` });
    expect(reply).toMatchObject({ kind: 'responded', codes: [] });
  }
  expect(await client.read(read)).toEqual({ account: { points: 10 } });
  client.close();
});

test('a database of a newer version ends the server with a message, also if it responds late', async () => {
  const database = await PostgresServer.start();
  try {
    const url = database.url();
    await database.query('CREATE TABLE schema_version AS SELECT 999 AS version');
    const early = await servers.start(url).ended;
    await database.stop();
    const late = servers.start(url);
    await late.origin;
    await database.start();
    for (const { code, errors } of [early, await late.ended]) {
      expect(code).toBe(1);
      expect(errors).toMatch(
        /^The ledger cannot start: The database is of version 999, and this program knows/,
      );
    }
  } finally {
    await database.dispose();
  }
});

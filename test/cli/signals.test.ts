import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { PostgresJournal } from '../../src/journal/postgres/journal';
import { useFolder } from '../journal/sqlite/fixture';
import { useFreshDatabases } from '../support/fresh-databases';
import { startLedger } from '../support/ledger-server';
import { points, type Ran, type Running, startPoints } from './points';

const folder = useFolder();
const freshDatabase = useFreshDatabases();
const rows = 'payer,points,timestamp\nA,1,2020-11-02T14:00:00Z\n';

/** Sends both signals, as two that are the same may be delivered as one. */
function interruptTwice({ process, ended }: Running): Promise<Ran> {
  process.kill('SIGINT');
  process.kill('SIGTERM');
  return ended;
}

/** 128 and the second signal, which may be either. */
const ended = /^(130|143)$/;

/** An export of one entry. */
async function exportOfOne(): Promise<string> {
  const server = await startLedger({ kind: 'memory' });
  writeFileSync(join(folder(), 'one.csv'), rows);
  const at = { cwd: folder() };
  await points(['import', 'one.csv', '--url', server.endpoint], at);
  await points(['export', '--url', server.endpoint, '--output', 'one.ndjson'], at);
  await server.stop();
  return join(folder(), 'one.ndjson');
}

/** Runs a call while a lock is held on the table of entries. */
async function whileLocked(
  url: string,
  mode: 'EXCLUSIVE' | 'ACCESS EXCLUSIVE',
  call: (client: Client) => Promise<void>,
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE entry IN ${mode} MODE`);
  await call(client).finally(() => client.end());
}

const waits = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'entry'::regclass`;

/** Resolves when a command waits for the lock. */
async function waiting(client: Client): Promise<void> {
  while ((await client.query(waits)).rowCount === 0) await pause(20);
}

/** Sends two signals to a command once it waits for the lock. */
async function interruptedAtLock(client: Client, words: readonly string[]): Promise<Ran> {
  const running = startPoints(words, { cwd: folder() });
  await waiting(client);
  return interruptTwice(running);
}

async function emptyLedger(): Promise<string> {
  const url = await freshDatabase();
  await (await PostgresJournal.open(url)).close();
  return url;
}

test('a restore to PostgreSQL that two signals end says how to complete it', async () => {
  const path = await exportOfOne();
  const url = await emptyLedger();
  await whileLocked(url, 'EXCLUSIVE', async (client) => {
    const ran = await interruptedAtLock(client, ['restore', path, '--database', url]);
    expect(String(ran.code)).toMatch(ended);
    expect(ran.errors).toContain(
      'The database may hold part of the export. Run `points restore` again with the same export',
    );
    expect(ran.errors).toContain('first empty the database with "TRUNCATE entry, ');
  });
});

test('an import that two signals end says how to continue', async () => {
  const url = await emptyLedger();
  writeFileSync(join(folder(), 'rows.csv'), rows);
  const server = await startLedger({ kind: 'postgres', url });
  await whileLocked(url, 'EXCLUSIVE', async (client) => {
    const words = ['import', 'rows.csv', '--url', server.endpoint, '--name', 'november'];
    const ran = await interruptedAtLock(client, words);
    expect(String(ran.code)).toMatch(ended);
    expect(ran.errors).toContain(
      'Some rows may have been added. To continue, run the same command again with the same --name',
    );
  }).finally(() => server.stop());
});

test('an export that two signals end leaves no unfinished file', async () => {
  const url = await emptyLedger();
  await whileLocked(url, 'ACCESS EXCLUSIVE', async (client) => {
    const words = ['export', '--database', url, '--output', 'all.ndjson'];
    const ran = await interruptedAtLock(client, words);
    expect(String(ran.code)).toMatch(ended);
  });
  expect(readdirSync(folder())).toEqual([]);
});

test('a sweep that one signal ends says how to go on', async () => {
  const url = await emptyLedger();
  await whileLocked(url, 'ACCESS EXCLUSIVE', async (client) => {
    const running = startPoints(['sweep', '--database', url]);
    await waiting(client);
    running.process.kill('SIGINT');
    const ran = await running.ended;
    expect(ran).toMatchObject({ code: 130, signal: null, out: '' });
    expect(ran.errors).toContain('What was recorded stays; run the same command again');
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { messageOf } from '../../src/error-message';
import { PostgresJournal } from '../../src/journal/postgres/journal';
import { freePort } from '../support/free-port';
import { usePostgres } from '../support/postgres-server';
import { temporaryFolder } from '../support/temporary-folder';
import { pointsHere } from './points-here';

const postgres = usePostgres();
const folder = temporaryFolder('words');
const exported = join(folder, 'export.ndjson');

/** Every command that opens a store. */
const readers = [['verify'], ['digests'], ['export'], ['sweep'], ['keys', 'list']];
const commands = [
  ...readers,
  ['keys', 'revoke', 'shop'],
  ['keys', 'create', '--name', 'shop', '--scope', 'points:read'],
  ['restore', exported],
];

/** What `npm start` prints after "The ledger cannot start:", or logs while it waits. */
async function startMessage(url: string): Promise<string> {
  const opened = await PostgresJournal.open(url).catch(messageOf);
  if (typeof opened === 'string') return opened;
  await opened.close();
  return 'It was opened.';
}

beforeAll(async () => {
  const url = await postgres().createDatabase('whole');
  await (await PostgresJournal.open(url)).close();
  const { out } = await pointsHere(['export', '--database', url]);
  writeFileSync(exported, out);
  const { folder } = postgres();
  const rules = readFileSync(join(folder, 'pg_hba.conf'), 'utf8');
  writeFileSync(
    join(folder, 'pg_hba.conf'),
    `host asks all 127.0.0.1/32 scram-sha-256
hostnossl private all 127.0.0.1/32 reject
${rules}`,
  );
  await postgres().query(`
    CREATE ROLE ann LOGIN PASSWORD 'right'; CREATE ROLE modest LOGIN; SELECT pg_reload_conf()`);
});

async function databaseWith(name: string, sql: string): Promise<string> {
  const url = await postgres().createDatabase(name);
  if (sql !== '') await postgres().query(sql, name);
  return url;
}

/** The address of a database as another role sees it. */
function as(role: string, url: string): string {
  return url.replace('postgres@', `${role}@`);
}

/** States in which no ledger can be used, and what is said in each. */
const states: readonly [string, () => string | Promise<string>, RegExp][] = [
  [
    'a table of another program',
    () => databaseWith('taken', 'CREATE TABLE entry (x int)'),
    /^Another program's objects have .+ tables: public\.entry\. Use a separate database or schema\.$/,
  ],
  [
    'a view of another program',
    () => databaseWith('seen', 'CREATE VIEW due AS SELECT 1 AS x'),
    /tables: public\.due\. Use a separate database or schema\.$/,
  ],
  [
    'a table schema_version of another program',
    () => databaseWith('versions', 'CREATE TABLE schema_version (version text)'),
    /tables: schema_version\. Use a separate database or schema\.$/,
  ],
  [
    "a table of another program that hides the ledger's",
    async () => {
      const url = await postgres().createDatabase('hidden');
      await (await PostgresJournal.open(url)).close();
      const sql =
        'CREATE SCHEMA a; CREATE TABLE a.entry (x int); ALTER DATABASE hidden SET search_path = a, public';
      await postgres().query(sql, 'hidden');
      return url;
    },
    /^Other objects hide the ledger's tables in the schema public: a\.entry\. Put that schema first/,
  ],
  [
    'a search_path without a schema that exists',
    () => databaseWith('lost', 'ALTER DATABASE lost SET search_path = gone, "also ""gone"'),
    /^search_path is gone, "also ""gone", and no schema of it exists\. Create the schema/,
  ],
  [
    'an empty search_path',
    () => databaseWith('pathless', "ALTER DATABASE pathless SET search_path = ''"),
    /^search_path is "", and no schema of it exists\./,
  ],
  [
    'a role without USAGE on the schema',
    async () => as('modest', await databaseWith('shut', 'REVOKE ALL ON SCHEMA public FROM PUBLIC')),
    /^This role may not .+: it lacks USAGE on the schema public\.[\s\S]+GRANT USAGE ON SCHEMA public TO/,
  ],
  [
    'a role without CREATE on the schema',
    async () => as('modest', await databaseWith('kept', '')),
    /^This role may not create .+: it lacks CREATE on the schema public\.[\s\S]+CREATE TABLE entry/,
  ],
  [
    'a missing database',
    () => postgres().url('nowhere'),
    /: database "nowhere" does not exist \(3D000\)\. Create the database, or correct its name/,
  ],
  [
    'a role that may not connect',
    async () =>
      as('modest', await databaseWith('barred', 'REVOKE CONNECT ON DATABASE barred FROM PUBLIC')),
    /: permission denied for database "barred" .*\(42501\)\. Let its owner run GRANT CONNECT/s,
  ],
  [
    'a role that does not exist',
    () => as('nobody:geheim', postgres().url()),
    /: role "nobody" does not exist \(28000\)\. Create the role/,
  ],
  [
    'a wrong password',
    async () => as('ann:geheim', await databaseWith('asks', '')),
    /: password .+ user "ann" \(28P01\)\. Correct the user or the password in the address\.$/,
  ],
  [
    'no password',
    () => as('ann', postgres().url('asks')),
    /: a password is required, and none is given\. Write postgres:\/\/USER:PASSWORD@/,
  ],
  [
    'TLS required',
    async () => as('ann:geheim', await databaseWith('private', '')),
    /no encryption \(28000\)\. If the server requires TLS, add \?sslmode=verify-full to the address/,
  ],
  [
    'a server without TLS',
    () => `${postgres().url()}?sslmode=verify-full`,
    /: the server has no TLS, which the address requires\. Turn it on there/,
  ],
  [
    'a file of certificates that does not exist',
    () => `${postgres().url()}?sslmode=verify-full&sslrootcert=/none/ca.pem`,
    /: the file \/none\/ca\.pem cannot be read \(ENOENT\)\. Correct the file in the address/,
  ],
  [
    'a server that is down',
    async () => `postgres://ann:geheim@127.0.0.1:${await freePort()}/ledger`,
    /: nothing listens there \(ECONNREFUSED\)\. Start PostgreSQL, or correct the host or the port/,
  ],
  [
    'two servers that are down',
    async () => `postgres://ann:geheim@127.0.0.1:${await freePort()},127.0.0.1:1/ledger`,
    /at 127\.0\.0\.1:\d+: nothing listens.+; at 127\.0\.0\.1:1: nothing .+\)\. Start PostgreSQL, or [^.]+\.$/,
  ],
  [
    'a port of another program',
    () => `postgres://ann:geheim@127.0.0.1:${otherPort()}/ledger`,
    /: the connection was closed before PostgreSQL responded\. Check that PostgreSQL is up, or correct/,
  ],
  [
    'an unknown host',
    () => 'postgres://ann:geheim@no-such-host.invalid/ledger',
    /at no-such-host\.invalid:5432: the host is unknown \(ENOTFOUND\)\. Correct the host in the/,
  ],
];

const other = createServer((_request, response) => response.end());
beforeAll(() => new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve)));
afterAll(() => other.close());

function otherPort(): number {
  return (other.address() as AddressInfo).port;
}

test.each(states)('%s: every command says what npm start says', async (_state, make, words) => {
  const url = await make();
  const message = await startMessage(url);
  expect(message).toMatch(words);
  expect(message).not.toContain('geheim');
  // On a database that it reaches, it first says that there is no Citus.
  const isUnreachable = message.startsWith('The database cannot be reached at ');
  for (const command of isUnreachable ? [...commands, ['distribute']] : commands) {
    const ran = await pointsHere([...command, '--database', url]);
    expect([command, ran]).toEqual([
      command,
      { code: 3, signal: null, out: '', errors: `points: ${message}\n` },
    ]);
  }
});

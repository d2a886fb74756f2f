import { chownSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeyFile, keyFileOf } from '../../src/auth/keys/key-file';
import type { KeyRecord } from '../../src/auth/keys/key-record';
import type { KeyStore } from '../../src/auth/keys/key-store';
import { KeyTable } from '../../src/auth/keys/key-table';
import { PostgresJournal } from '../../src/journal/postgres/journal';
import { OperatorError } from '../../src/operator-error';
import { points } from '../cli/points';
import { testIf } from '../support/needs';
import { usePostgres } from '../support/postgres-server';
import { temporaryFolder } from '../support/temporary-folder';
import { newKey } from './key-records';

const postgres = usePostgres();
let made = 0;

const places: [place: string, fresh: () => Promise<() => KeyStore>][] = [
  [
    'in a file beside a SQLite ledger',
    async () => {
      const path = join(temporaryFolder('keys'), 'new', 'ledger.db');
      return () => KeyFile.open(path);
    },
  ],
  [
    'in a table of PostgreSQL',
    async () => {
      const url = await postgres().createDatabase(`keys_${++made}`);
      return () => new KeyTable(url);
    },
  ],
];

/** Records without an order, which stores do not keep. */
const sorted = (records: readonly KeyRecord[]) =>
  [...records].sort((one, other) => (one.name < other.name ? -1 : 1));

describe.each(places)('keys %s', (_place, fresh) => {
  let store: KeyStore;
  let another: () => KeyStore;
  beforeEach(async () => {
    another = await fresh();
    store = another();
  });
  afterEach(() => store.close());

  test('there is none before the first is created', async () => {
    expect((await store.read()).records).toEqual([]);
    expect(await store.revoke('none', 1)).toBe(false);
  });

  test('a key is stored with all of its values, and others see it', async () => {
    const one = newKey('one 🔑', {
      scopes: ['points:read', 'points:write'],
      prefix: 'shop:é/',
      expiresAt: 1_800_000_000_000,
    });
    const two = newKey('two', { account: '__proto__', scopes: ['points:spend'] });
    for (const { record } of [one, two]) expect(await store.create(record)).toBe(true);
    const reader = another();
    expect(sorted((await reader.read()).records)).toEqual([one.record, two.record]);
    await reader.close();
  });

  test('a name is given once, also after its key was revoked', async () => {
    const { record } = newKey('app');
    expect(await store.create(record)).toBe(true);
    expect(await store.create(newKey('app').record)).toBe(false);
    expect(await store.revoke('app', 1_700_000_000_001)).toBe(true);
    expect(await store.revoke('app', 1_700_000_000_002)).toBe(false);
    expect(await store.create(newKey('app').record)).toBe(false);
    expect((await store.read()).records).toEqual([{ ...record, revokedAt: 1_700_000_000_001 }]);
  });

  test('concurrent changes by several commands are all kept', async () => {
    const stores = Array.from({ length: 8 }, another);
    const created = stores.map(async (each, index) => {
      await each.create(newKey(`key ${index}`).record);
      if (index % 2 === 1) await each.revoke(`key ${index}`, 1_700_000_000_001);
    });
    await Promise.all(created);
    const records = sorted((await store.read()).records);
    expect(records.map(({ name, revokedAt }) => [name, revokedAt !== null])).toEqual(
      stores.map((_each, index) => [`key ${index}`, index % 2 === 1]),
    );
    for (const each of stores) await each.close();
  });
});

test('the file of keys can be read by its owner only, and a damaged one is refused', async () => {
  const path = join(temporaryFolder('keys'), 'ledger.db');
  const store = KeyFile.open(path);
  await store.create(newKey('app').record);
  expect(statSync(keyFileOf(path)).mode & 0o777).toBe(0o600);
  writeFileSync(keyFileOf(path), '{"format":2,"keys":[{"name":"app","hash":"secret"}]}');
  await expect(store.read()).rejects.toThrow(/ledger\.db\.keys does not hold keys/);
  await expect(store.create(newKey('other').record)).rejects.toThrow(/Restore it from a backup/);
});

testIf(process.getuid?.() === 0, 'keys of another user: needs the superuser')(
  'a command of the superuser leaves the keys to the user of the ledger',
  async () => {
    const path = join(temporaryFolder('keys'), 'ledger.db');
    const [uid, gid] = [65_534, 65_533];
    writeFileSync(path, '');
    chownSync(path, uid, gid);
    const store = KeyFile.open(path);
    await store.create(newKey('app').record);
    await store.revoke('app', 1);
    for (const file of [keyFileOf(path), `${keyFileOf(path)}.lock`]) {
      const { uid: owner, gid: group, mode } = statSync(file);
      expect([owner, group, mode & 0o777]).toEqual([uid, gid, 0o600]);
    }
  },
);

test('the role of a server may read the keys when another role has created the first', async () => {
  const url = await postgres().createDatabase('keys_rights');
  await (await PostgresJournal.open(url)).close();
  await postgres().query(
    'DROP ROLE IF EXISTS key_server; CREATE ROLE key_server LOGIN; GRANT INSERT, SELECT ON entry TO key_server',
    'keys_rights',
  );
  const [owner, server] = [
    new KeyTable(url),
    new KeyTable(url.replace('postgres@', 'key_server@')),
  ];
  expect((await server.read()).records).toEqual([]);
  const { record } = newKey('app');
  await owner.create(record);
  expect((await server.read()).records).toEqual([record]);
  await expect(server.revoke('app', 1)).rejects.toThrow(/lacks a right on the table of keys/);
  await Promise.all([owner.close(), server.close()]);
});

test.each([
  ['of a server that gets its rights later', 'key_later', 'key_later'],
  ['whose name needs quotes', 'Key "later"; --', '"Key ""later""; --"'],
  ['that has them as all roles have', 'key_anybody', 'PUBLIC'],
])('each new key lets a role %s read the keys', async (_role, name, grantee) => {
  const database = `keys_${++made}`;
  const url = await postgres().createDatabase(database);
  await (await PostgresJournal.open(url)).close();
  const owner = new KeyTable(url);
  const first = newKey('first').record;
  await owner.create(first);
  const quoted = `"${name.replaceAll('"', '""')}"`;
  await postgres().query(
    `CREATE ROLE ${quoted} LOGIN; GRANT INSERT, SELECT ON entry TO ${grantee}`,
    database,
  );
  const server = new KeyTable(url.replace('postgres@', `${encodeURIComponent(name)}@`));
  await expect(server.read()).rejects.toThrow(/The server needs GRANT SELECT ON api_key/);
  const second = newKey('second').record;
  expect(await owner.create(second)).toBe(true);
  expect(sorted((await server.read()).records)).toEqual([first, second]);
  expect(await owner.create(newKey('second').record)).toBe(false);
  await Promise.all([owner.close(), server.close()]);
});

test.each([
  ['without the columns of keys', 'CREATE TABLE api_key (key text)', /column "id" does not exist/],
  [
    'with a column of another type',
    'CREATE TABLE api_key (id int, name int, hash int, scopes text[], account text, prefix text, created_at timestamptz, expires_at bigint, revoked_at bigint)',
    /cannot cast type timestamp with time zone/,
  ],
  [
    'with values of another form',
    "CREATE TABLE api_key AS SELECT 'a' id, 'a' name, 'a' hash, '{}'::text[] scopes, '' account, '' prefix, 'today' created_at, '' expires_at, '' revoked_at",
    /invalid input syntax for type double precision/,
  ],
])('a table api_key %s is refused in one sentence with what to do', async (_which, sql, reason) => {
  const database = `keys_${++made}`;
  const url = await postgres().createDatabase(database);
  await postgres().query(sql, database);
  const store = new KeyTable(url);
  const failures = await Promise.all(
    [store.read(), store.create(newKey('app').record), store.revoke('app', 1)].map((call) =>
      call.then(
        () => null,
        (error: unknown) => error,
      ),
    ),
  );
  await store.close();
  for (const failure of failures.filter((each) => each !== null)) {
    expect(failure).toBeInstanceOf(OperatorError);
    expect(String(failure)).toMatch(/The table api_key .* has other columns .*; rename it .*\.$/);
  }
  expect(String(failures[0])).toMatch(reason);
  const listed = await points(['keys', 'list', '--database', url]);
  expect(listed).toMatchObject({ code: 3, out: '' });
  expect(listed.errors).toMatch(/^points: The table api_key .*\n$/);
});

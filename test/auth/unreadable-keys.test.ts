import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KeyFile, keyFileOf } from '../../src/auth/keys/key-file';
import { KeyRing } from '../../src/auth/keys/key-ring';
import type { KeyStore } from '../../src/auth/keys/key-store';
import { KeyTable } from '../../src/auth/keys/key-table';
import { points } from '../cli/points';
import { recordingLogger } from '../service/recording-logger';
import { usePostgres } from '../support/postgres-server';
import { temporaryFolder } from '../support/temporary-folder';
import { newKey } from './key-records';
import { eventually, post, startProtected } from './protected-server';

const postgres = usePostgres();
let made = 0;

interface Place {
  readonly store: KeyStore;
  readonly database: string;
  /** Changes a stored value of the key `newer`, as only another program would. */
  change(member: 'scopes' | 'hash', value: unknown): Promise<void>;
}

function changeFile(path: string, change: (keys: Record<string, unknown>[]) => unknown): void {
  const content = JSON.parse(readFileSync(path, 'utf8'));
  content.keys = change(content.keys);
  writeFileSync(path, JSON.stringify(content));
}

const places: [place: string, fresh: () => Promise<Place>][] = [
  [
    'in a file',
    async () => {
      const path = join(temporaryFolder('keys'), 'ledger.db');
      const change: Place['change'] = async (member, value) =>
        changeFile(keyFileOf(path), (keys) =>
          keys.map((each) => (each.name === 'newer' ? { ...each, [member]: value } : each)),
        );
      return { store: KeyFile.open(path), database: `file:${path}`, change };
    },
  ],
  [
    'in a table of PostgreSQL',
    async () => {
      const name = `unreadable_${++made}`;
      const url = await postgres().createDatabase(name);
      const change: Place['change'] = async (member, value) => {
        const literal = Array.isArray(value) ? `{${value.join(',')}}` : value;
        await postgres().query(
          `UPDATE api_key SET ${member} = '${literal}' WHERE name = 'newer'`,
          name,
        );
      };
      return { store: new KeyTable(url), database: url, change };
    },
  ],
];

const refused = { code: 'UNAUTHENTICATED' };
const known = 'points:read, points:spend, points:write, points:admin';

describe.each(places)('a key %s that this version cannot read', (_place, fresh) => {
  test('is refused and logged once with what would be right, and other keys work', async () => {
    const { store, change } = await fresh();
    const [app, newer] = [newKey('app'), newKey('newer')];
    for (const { record } of [app, newer]) await store.create(record);
    const { lines, logger } = recordingLogger();
    const ring = new KeyRing(store, { logger });
    const outcomeOf = async (text: string) => ring.authenticate(text);
    const read = () => outcomeOf(newKey('unknown').text).catch(() => {});
    await ring.start();
    const session = await outcomeOf(newer.text);
    await change('scopes', ['points:read', 'points:transfer']);
    for (let time = 0; time < 2; time += 1) await read();
    expect(session.refusal()).toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(outcomeOf(newer.text)).rejects.toMatchObject(refused);
    expect((await outcomeOf(app.text)).principal?.name).toBe('app');
    await change('hash', 'short');
    await read();
    await change('scopes', ['points:read']);
    for (let time = 0; time < 2; time += 1) await read();
    await change('hash', newer.record.hash);
    await read();
    expect((await outcomeOf(newer.text)).principal?.name).toBe('newer');
    expect(lines).toEqual(
      [
        `Its scope "points:transfer" is unknown to this version, which knows ${known}.`,
        'Its hash is not a SHA-256 of 64 hexadecimal digits.',
      ].map((reason) => ({
        level: 'warn',
        fields: { key: 'newer', reason },
        message: expect.stringMatching(/^A stored key cannot be used, all others can: /),
      })),
    );
    await ring.stop();
  });

  test('counts as a key, keeps its name, is listed, and can be revoked', async () => {
    const { store, database, change } = await fresh();
    await store.create(newKey('newer').record);
    await change('scopes', ['points:transfer']);
    const { lines, logger } = recordingLogger();
    const ring = new KeyRing(store, { logger });
    await ring.start();
    expect(ring.hasKeys).toBe(true);
    expect(await store.create(newKey('newer').record)).toBe(false);
    expect(await store.create(newKey('app').record)).toBe(true);
    const list = () => points(['keys', 'list', '--database', database]);
    expect((await list()).out.split('\n')).toEqual([
      expect.stringMatching(/^active {2}"app", /),
      `unreadable "newer": Its scope "points:transfer" is unknown to this version, which knows ${known}.`,
      '',
    ]);
    expect(await store.revoke('newer', 1_700_000_000_001)).toBe(true);
    expect(await store.revoke('newer', 1_700_000_000_002)).toBe(false);
    const listed = (await points(['keys', 'list', '--json', '--database', database])).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(listed).toMatchObject([
      { name: 'app', state: 'active' },
      { name: 'newer', state: 'revoked', problem: expect.stringContaining('points:transfer') },
    ]);
    const again = recordingLogger();
    const restarted = new KeyRing(store, { logger: again.logger });
    await restarted.start();
    expect([lines.length, again.lines.length]).toEqual([1, 0]);
    await ring.stop();
  });
});

test('values of any other kind make only their own key unusable, and are kept in the file', async () => {
  const path = join(temporaryFolder('keys'), 'ledger.db');
  const store = KeyFile.open(path);
  const { record } = newKey('app');
  await store.create(record);
  const wrong = [
    5,
    null,
    [],
    {},
    { ...record, id: 7, name: 'id' },
    { ...record, name: null },
    { ...record, name: 'scopes', scopes: 'points:read' },
    { ...record, name: 'account', account: undefined },
    { ...record, name: 'created', createdAt: 'yesterday' },
    { ...record, name: 'expires', expiresAt: 1.5 },
    { ...record, name: 'revoked', revokedAt: 'never' },
  ].map((value) => JSON.parse(JSON.stringify(value)));
  changeFile(keyFileOf(path), (keys) => [...wrong, ...keys]);
  const other = newKey('other').record;
  expect(await store.create(other)).toBe(true);
  const { records, unreadable } = await store.read();
  expect(records).toEqual([record, other]);
  expect(unreadable).toHaveLength(wrong.length);
  const secrets = new RegExp(`${record.id}|${record.hash}`);
  expect(JSON.stringify(unreadable)).not.toMatch(secrets);
  expect(JSON.parse(readFileSync(keyFileOf(path), 'utf8')).keys).toEqual([...wrong, record, other]);
});

test('a server that finds only an unreadable key requires authentication', async () => {
  const server = await startProtected({});
  const statusOf = async (key: string | null) =>
    (await post(server, key, '{ balances { points } }')).status;
  expect(await statusOf(null)).toBe(200);
  const key = await server.createKey('newer', { scopes: ['points:transfer' as 'points:read'] });
  await eventually(async () => (await statusOf(null)) === 401);
  expect(await statusOf(key)).toBe(401);
  await server.stop();
});

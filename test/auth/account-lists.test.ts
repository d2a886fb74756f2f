import type { Scope } from '../../src/auth/scopes';
import { accountCursor } from '../../src/ids/cursor';
import { type ProtectedServer, post, startProtected } from './protected-server';
import { codesOf, inProcessWays, ways } from './ways';

let server: ProtectedServer;
beforeAll(async () => {
  server = await startProtected();
  const writer = await server.createKey('writer', { scopes: ['points:write'] });
  const query = `mutation ($input: AddTransactionInput!) {
    addTransaction(input: $input) { errors { code } }
  }`;
  for (const accountId of ['shop:1', 'shop:2', 'other:1', 'default']) {
    const input = { accountId, payer: 'P', points: 10, timestamp: '2020-01-01T00:00:00Z' };
    expect((await post(server, writer, query, { input })).body.errors).toBeUndefined();
  }
});
afterAll(() => server.stop());

let made = 0;
const keyFor = (scopes: readonly Scope[], binding: { account?: string; prefix?: string } = {}) =>
  server.createKey(`key ${++made}`, { scopes, ...binding });

describe.each(ways)('accounts, %s', (_way, ask) => {
  const idsOf = ({ data }: { data?: unknown }) =>
    (data as { accounts: { nodes: { id: string }[] } }).accounts.nodes.map(({ id }) => id);
  const list =
    'query ($startsWith: String, $after: String) { accounts(startsWith: $startsWith, after: $after) { nodes { id } } }';

  test('need points:admin, and points:read for more than ids', async () => {
    const reader = await keyFor(['points:read', 'points:write']);
    const admin = await keyFor(['points:admin']);
    const both = await keyFor(['points:admin', 'points:read']);
    const points = '{ accounts { edges { node { points } } } }';
    expect(codesOf(await ask(server, reader, { query: list }))).toEqual(['FORBIDDEN']);
    expect(idsOf(await ask(server, admin, { query: list }))).toContain('other:1');
    expect(codesOf(await ask(server, admin, { query: points }))).toEqual(['FORBIDDEN']);
    expect(codesOf(await ask(server, both, { query: points }))).toEqual([]);
  });

  test('are limited to the prefix of the binding', async () => {
    const key = await keyFor(['points:admin'], { prefix: 'shop:' });
    for (const startsWith of [null, '', 's', 'shop:']) {
      expect(idsOf(await ask(server, key, { query: list, variables: { startsWith } }))).toEqual([
        'shop:1',
        'shop:2',
      ]);
    }
    expect(
      idsOf(await ask(server, key, { query: list, variables: { startsWith: 'shop:2' } })),
    ).toEqual(['shop:2']);
    for (const startsWith of ['o', 'other:1', 'shoq', 'other:9']) {
      expect(idsOf(await ask(server, key, { query: list, variables: { startsWith } }))).toEqual([]);
    }
    const beyond = (cursor: string) =>
      ask(server, key, { query: list, variables: { after: cursor } });
    expect(idsOf(await beyond(accountCursor('shop:1')))).toEqual(['shop:2']);
    const foreign = await beyond(accountCursor('other:1'));
    expect(codesOf(foreign)).toEqual(['FORBIDDEN']);
    expect(await beyond('no cursor')).toEqual(foreign);
  });

  test('are not for keys that are bound to one account', async () => {
    const key = await keyFor(['points:admin', 'points:read'], { account: 'shop:1' });
    expect(codesOf(await ask(server, key, { query: list }))).toEqual(['FORBIDDEN']);
  });
});

test.each(inProcessWays)('accounts have the same rules %s', async (_way, ask) => {
  const ids = { query: '{ accounts { nodes { id } } }' };
  const points = { query: '{ accounts { edges { node { points } } } }' };
  const admin = { name: 'a', scopes: ['points:admin'] as const };
  const reader = { name: 'r', scopes: ['points:read'] as const };
  expect(codesOf(await ask(admin, ids))).toEqual([]);
  expect(codesOf(await ask(admin, points))).toEqual(['FORBIDDEN']);
  expect(codesOf(await ask(reader, ids))).toEqual(['FORBIDDEN']);
  expect(codesOf(await ask({ ...admin, account: 'a' }, ids))).toEqual(['FORBIDDEN']);
  const cursor = { query: `{ accounts(after: "${accountCursor('b:1')}") { nodes { id } } }` };
  expect(codesOf(await ask({ ...admin, prefix: 'a:' }, cursor))).toEqual(['FORBIDDEN']);
  expect(codesOf(await ask({ ...admin, prefix: 'b:' }, cursor))).toEqual([]);
});

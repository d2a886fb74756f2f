import { type Scope, scopes } from '../../src/auth/scopes';
import { buildLedgerSchema } from '../../src/graphql/schema';
import { memoryService } from '../graphql/ledger-api';
import { rootFields } from '../graphql/root-fields';
import { accessCases, add, addAll, entryOf, row, watch } from './access-cases';
import { bearer, type ProtectedServer, post, startProtected } from './protected-server';
import { codesOf, inProcessWays, socketOnly, streamWays, ways } from './ways';

let server: ProtectedServer;
beforeAll(async () => {
  server = await startProtected();
  const writer = await server.createKey('writer', { scopes: ['points:write'] });
  for (const accountId of ['shop:1', 'shop:2', 'other:1', 'default']) {
    const { body } = await post(server, writer, add, { input: { ...row, accountId } });
    expect(body.errors).toBeUndefined();
  }
});
afterAll(() => server.stop());

const keys = new Map<string, Promise<string>>();
function keyFor(scopes: readonly Scope[], binding: { account?: string; prefix?: string } = {}) {
  const name = JSON.stringify({ scopes, ...binding });
  const key = keys.get(name) ?? server.createKey(name, { scopes, ...binding });
  keys.set(name, key);
  return key;
}

const scopesOf = (needed: readonly Scope[]): Scope[] => [needed[0]!];

test('there is a case for every root field that names an account', () => {
  const fields = rootFields(buildLedgerSchema(memoryService()));
  expect(accessCases.map(({ name }) => name).sort()).toEqual(
    // `accounts` names none, and `principal` is for everybody.
    fields.filter((name) => !['accounts', 'accountChanged', 'principal'].includes(name)).sort(),
  );
});

describe.each(accessCases)('$name', ({ needed, about, isMutation }) => {
  const usable = ways.filter(([, , isForMutations]) => isForMutations || !isMutation);

  test.each(usable)('is allowed with the scope, %s', async (_way, ask) => {
    for (const scope of needed) {
      const key = await keyFor([scope], { prefix: 'shop:' });
      expect(codesOf(await ask(server, key, about('shop:2')))).toEqual([]);
    }
  });

  test.each(usable)('is FORBIDDEN without it, %s', async (_way, ask) => {
    for (const scope of scopes.filter((each) => !needed.includes(each))) {
      const key = await keyFor([scope]);
      expect(codesOf(await ask(server, key, about('shop:1')))).toEqual(['FORBIDDEN']);
    }
  });

  test.each(usable)(
    'has the same response for all accounts outside the binding, %s',
    async (_way, ask) => {
      const key = await keyFor(scopesOf(needed), { prefix: 'shop:' });
      const responses = [];
      for (const id of ['other:1', 'other:9', 'shop', 'Shop:1', ' ', 'default']) {
        responses.push(await ask(server, key, about(id)));
      }
      for (const response of responses) {
        expect(codesOf(response)).toEqual(['FORBIDDEN']);
        expect(response).toEqual(responses[0]);
      }
    },
  );

  test.each(inProcessWays)('is decided in the same way %s', async (_way, ask) => {
    const scopes = scopesOf(needed);
    const bound = { name: 'app', scopes, prefix: 'shop:' };
    const free = { name: 'app', scopes: [] };
    expect(codesOf(await ask(bound, about('shop:2')))).toEqual([]);
    expect(codesOf(await ask(bound, about('other:1')))).toEqual(['FORBIDDEN']);
    expect(codesOf(await ask(free, about('shop:1')))).toEqual(['FORBIDDEN']);
  });

  test('is not executed over a WebSocket, whatever the key may do', async () => {
    const key = await keyFor(scopes);
    expect(codesOf(await socketOnly(server, key, about('shop:1')))).toEqual(['BAD_USER_INPUT']);
  });
});

describe.each(streamWays)('accountChanged %s', (_way, ask) => {
  test('is FORBIDDEN without points:read, and for every account outside the binding', async () => {
    const spender = await keyFor(['points:write', 'points:admin']);
    const bound = await keyFor(['points:read'], { account: 'shop:1' });
    const refused = await ask(server, spender, { query: watch, variables: { id: 'shop:1' } });
    expect(codesOf(refused)).toEqual(['FORBIDDEN']);
    const outside = await ask(server, bound, { query: watch, variables: { id: 'other:1' } });
    expect(codesOf(outside)).toEqual(['FORBIDDEN']);
    for (const id of ['other:9', 'shop:10', '\n', 'default']) {
      expect(await ask(server, bound, { query: watch, variables: { id } })).toEqual(outside);
    }
    // Of its own account, `after` is examined.
    const query =
      'subscription ($id: ID!) { accountChanged(accountId: $id, after: -1) { __typename } }';
    expect(codesOf(await ask(server, bound, { query, variables: { id: 'shop:1' } }))).toEqual([
      'BAD_USER_INPUT',
    ]);
    expect(await ask(server, bound, { query, variables: { id: 'other:1' } })).toEqual(outside);
  });
});

test.each(ways.filter(([way]) => way !== 'by GET'))(
  'a bulk call with one foreign row is refused as a whole, %s',
  async (_way, ask) => {
    const key = await keyFor(['points:write'], { prefix: 'shop:' });
    const transactions = [
      { ...row, accountId: 'shop:bulk' },
      { ...row, accountId: 'other:bulk' },
    ];
    const variables = { input: { transactions } };
    const harmless = { input: { transactions: [] } };
    const refused = await ask(server, key, { query: addAll, variables, harmless });
    expect(codesOf(refused)).toEqual(['FORBIDDEN']);
    const reader = await keyFor(['points:read']);
    for (const id of ['shop:bulk', 'other:bulk']) {
      const { body } = await post(server, reader, 'query ($id: ID!) { account(id: $id) { id } }', {
        id,
      });
      expect(body).toEqual({ data: { account: null } });
    }
  },
);

test.each(ways)(
  'an omitted account is `default`, which the binding has to include, %s',
  async (_way, ask) => {
    const query = '{ balances { points } account { id } }';
    const shop = await keyFor(['points:read'], { prefix: 'shop:' });
    const own = await keyFor(['points:read'], { account: 'default' });
    expect(codesOf(await ask(server, own, { query }))).toEqual([]);
    const refused = codesOf(await ask(server, shop, { query }));
    expect(new Set(refused)).toEqual(new Set(['FORBIDDEN']));
  },
);

test.each(ways)('an id without an account is outside every binding, %s', async (_way, ask) => {
  const query = 'query ($id: ID!) { entry(id: $id) { id } }';
  const bound = await keyFor(['points:read'], { prefix: 'shop:' });
  const free = await keyFor(['points:read']);
  const foreign = await ask(server, bound, { query, variables: { id: entryOf('other:1') } });
  for (const id of ['', 'x', '1', btoa('shop:1\n1')]) {
    expect(await ask(server, bound, { query, variables: { id } })).toEqual(foreign);
    expect(await ask(server, free, { query, variables: { id } })).toEqual({
      data: { entry: null },
    });
  }
});

test('a refusal has the same headers and bytes for every account outside the binding', async () => {
  const key = await keyFor(['points:read'], { prefix: 'shop:' });
  const query =
    'query ($id: ID!) { account(id: $id) { points } balances(accountId: $id) { points } }';
  const sent = async (id: string) => {
    const body = JSON.stringify({ query, variables: { id } });
    const headers = { 'content-type': 'application/json', ...bearer(key) };
    const response = await fetch(server.endpoint, { method: 'POST', headers, body });
    const kept = [...response.headers].filter(
      ([name]) => name !== 'x-request-id' && name !== 'date',
    );
    return [response.status, kept, await response.text()];
  };
  const known = await sent('other:1');
  for (const id of ['other:9', 'x', '\u0000']) expect(await sent(id)).toEqual(known);
});

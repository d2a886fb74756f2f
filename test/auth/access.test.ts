import type { Scope } from '../../src/auth/scopes';
import { encodeEntryId } from '../../src/ids/entry-id';
import { bearer, type ProtectedServer, post, startProtected } from './protected-server';
import { codesOf, inProcess, type Operation, streamWays, ways } from './ways';

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

let made = 0;
const keyFor = (scopes: readonly Scope[], binding: { account?: string; prefix?: string } = {}) =>
  server.createKey(`key ${++made}`, { scopes, ...binding });

const row = { payer: 'P', points: 10, timestamp: '2020-01-01T00:00:00Z' };
const add = `mutation ($input: AddTransactionInput!) {
  addTransaction(input: $input) { account { points } errors { code } }
}`;
const addAll = `mutation ($input: AddTransactionsInput!) {
  addTransactions(input: $input) { results { errors { code } } }
}`;
const spend = `mutation ($input: SpendPointsInput!) {
  spendPoints(input: $input) { spend { points } errors { code } }
}`;
const preview = `query ($input: PreviewSpendInput!) {
  previewSpend(input: $input) { errors { code } }
}`;
const watch = 'subscription ($id: ID!) { accountChanged(accountId: $id) { entry { sequence } } }';

/** An operation about an account, the scopes that allow it, and whether it is a mutation. */
type Case = readonly [name: string, needed: readonly Scope[], (id: string) => Operation, boolean];

const cases: readonly Case[] = [
  [
    'account',
    ['points:read'],
    (id) => ({ query: 'query ($id: ID!) { account(id: $id) { id } }', variables: { id } }),
    false,
  ],
  [
    'balances',
    ['points:read'],
    (id) => ({
      query: 'query ($id: ID!) { balances(accountId: $id) { points } }',
      variables: { id },
    }),
    false,
  ],
  [
    'entry',
    ['points:read'],
    (id) => ({
      query: 'query ($id: ID!) { entry(id: $id) { id } }',
      variables: { id: entryOf(id) },
    }),
    false,
  ],
  [
    'previewSpend',
    ['points:spend', 'points:write'],
    (accountId) => ({ query: preview, variables: { input: { accountId, points: 1 } } }),
    false,
  ],
  [
    'spendPoints',
    ['points:spend', 'points:write'],
    (accountId) => ({ query: spend, variables: { input: { accountId, points: 1_000_000 } } }),
    true,
  ],
  [
    'addTransaction',
    ['points:write'],
    (accountId) => ({
      query: add,
      variables: { input: { ...row, points: -1_000_000, accountId } },
    }),
    true,
  ],
  [
    'addTransactions',
    ['points:write'],
    (accountId) => ({
      query: addAll,
      variables: {
        input: {
          transactions: [
            { ...row, points: -1_000_000, accountId: 'shop:1' },
            { ...row, points: -1_000_000, accountId },
          ],
        },
      },
    }),
    true,
  ],
];
const entryOf = (accountId: string) => encodeEntryId({ accountId, sequence: 1, id: 'x' });
const scopesOf = (needed: readonly Scope[]): Scope[] => [needed[0]!];

describe.each(cases)('%s', (_name, needed, operation, isMutation) => {
  const usable = ways.filter(([, , isForMutations]) => isForMutations || !isMutation);

  test.each(usable)('is allowed with the scope, %s', async (_way, ask) => {
    for (const scope of needed) {
      const key = await keyFor([scope], { prefix: 'shop:' });
      expect(codesOf(await ask(server, key, operation('shop:2')))).toEqual([]);
    }
  });

  test.each(usable)('is FORBIDDEN without it, %s', async (_way, ask) => {
    const all: Scope[] = ['points:read', 'points:spend', 'points:write', 'points:admin'];
    for (const scope of all.filter((each) => !needed.includes(each))) {
      const key = await keyFor([scope]);
      expect(codesOf(await ask(server, key, operation('shop:1')))).toEqual(['FORBIDDEN']);
    }
  });

  test.each(usable)(
    'has the same response for all accounts outside the binding, %s',
    async (_way, ask) => {
      const key = await keyFor(scopesOf(needed), { prefix: 'shop:' });
      const responses = [];
      for (const id of ['other:1', 'other:9', 'shop', 'Shop:1', ' ', 'default']) {
        responses.push(await ask(server, key, operation(id)));
      }
      for (const response of responses) {
        expect(codesOf(response)).toEqual(['FORBIDDEN']);
        expect(response).toEqual(responses[0]);
      }
    },
  );

  test('is decided in the same way in process', async () => {
    const scopes = scopesOf(needed);
    const bound = { name: 'app', scopes, prefix: 'shop:' };
    expect(codesOf(await inProcess(bound, operation('shop:2')))).toEqual([]);
    expect(codesOf(await inProcess(bound, operation('other:1')))).toEqual(['FORBIDDEN']);
    expect(codesOf(await inProcess({ name: 'app', scopes: [] }, operation('shop:1')))).toEqual([
      'FORBIDDEN',
    ]);
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
    expect(codesOf(await ask(server, key, { query: addAll, variables }))).toEqual(['FORBIDDEN']);
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

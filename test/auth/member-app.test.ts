import { join } from 'node:path';
import { until } from '../client/watch';
import { useClusterServers } from '../cluster/cluster-servers';
import { RawSocket } from '../http/streams/stream-client';
import { temporaryFolder } from '../support/temporary-folder';
import { accessCases, add, addAll, row, watch } from './access-cases';
import { Issuer, newIssuerKey } from './issuer';
import { bearer, post } from './protected-server';
import { codesOf } from './ways';

const audience = 'https://points.example.com/';
const servers = useClusterServers();
let issuer: Issuer;
let server: { readonly endpoint: string };

beforeAll(async () => {
  const key = await newIssuerKey('ES256', 'one');
  const claims = {
    member: { account: 'm:1' },
    nobody: {},
    seven: { account: 7 },
    nameless: { account: '' },
  };
  issuer = await Issuer.start([key], { claims });
  const { origin } = servers.start(`file:${join(temporaryFolder('member'), 'ledger.db')}`, {
    AUTH_JWKS_URL: issuer.jwksUrl,
    AUTH_ISSUER: issuer.url,
    AUTH_AUDIENCE: audience,
    AUTH_ACCOUNT_CLAIM: 'account',
  });
  server = { endpoint: `${await origin}/graphql` };
  const service = await token('nobody', 'points:admin points:write');
  for (const accountId of ['m:1', 'm:10', 'default']) {
    const { body } = await post(server, service, add, { input: { ...row, accountId } });
    expect(body.errors).toBeUndefined();
  }
});
afterAll(() => issuer.stop());

const token = (client: string, scope: string) => issuer.token(audience, scope, client);
const app = () => token('member', 'points:read points:spend');

test("a member's token reads and spends its own account", async () => {
  const member = await app();
  const mine = (query: string, variables = {}) => post(server, member, query, variables);
  const { body: whose } = await mine('{ principal { name scopes accountId accountPrefix } }');
  expect(whose.data).toEqual({
    principal: {
      name: 'member',
      scopes: ['points:read', 'points:spend'],
      accountId: 'm:1',
      accountPrefix: null,
    },
  });
  const spend = `mutation ($input: SpendPointsInput!) {
    spendPoints(input: $input) { account { points } errors { code } }
  }`;
  const { body: spent } = await mine(spend, { input: { accountId: 'm:1', points: 4 } });
  expect(spent).toEqual({ data: { spendPoints: { account: { points: 6 }, errors: [] } } });
  for (const { needed, about } of accessCases) {
    const isAllowed = needed.some((scope) => scope === 'points:read' || scope === 'points:spend');
    const { query, variables } = about('m:1');
    expect(codesOf((await mine(query, variables)).body)).toEqual(isAllowed ? [] : ['FORBIDDEN']);
  }
});

test("a member's token reaches no other account, and no list of them", async () => {
  const member = await app();
  for (const { about } of accessCases) {
    for (const id of ['m:10', 'm:1 ', 'm:', 'm:2', 'default']) {
      const { query, variables } = about(id);
      const { body } = await post(server, member, query, variables);
      expect(codesOf(body)).toEqual(['FORBIDDEN']);
    }
  }
  for (const query of ['{ accounts { nodes { id } } }', '{ balances { points } }']) {
    expect(codesOf((await post(server, member, query)).body)).toEqual(['FORBIDDEN']);
  }
});

test("a member's token grants it no points, even one with points:write", async () => {
  const granting = await token('member', 'points:read points:write');
  const own = { input: { ...row, accountId: 'm:1' } };
  const rows = { input: { transactions: [own.input] } };
  for (const [query, variables] of [
    [add, own],
    [addAll, rows],
    ['{ __typename }', {}],
  ] as const) {
    const { status, body } = await post(server, granting, query, variables);
    expect([status, codesOf(body)]).toEqual([403, ['FORBIDDEN']]);
  }
  const { body } = await post(server, await app(), add, own);
  expect(codesOf(body)).toEqual(['FORBIDDEN']);
  const admin = await token('member', 'points:admin points:write');
  expect((await post(server, admin, add, own)).status).toBe(403);
});

test.each(['nobody', 'seven', 'nameless'])(
  'the token of %s, which names no account, may do nothing without points:admin',
  async (client) => {
    const scope = 'points:read points:spend points:write';
    const refused = await post(server, await token(client, scope), '{ principal { name } }');
    expect([refused.status, codesOf(refused.body)]).toEqual([403, ['FORBIDDEN']]);
    const raw = await opened(await token(client, scope));
    expect(raw.closed).toMatchObject({ code: 4403, reason: expect.stringMatching(/^FORBIDDEN/) });
    const admin = await token(client, `${scope} points:admin`);
    const query = '{ principal { accountId accountPrefix } account(id: "m:10") { points } }';
    expect((await post(server, admin, query)).body).toEqual({
      data: { principal: { accountId: null, accountPrefix: null }, account: { points: 10 } },
    });
  },
);

test("a member's token subscribes to its own account only", async () => {
  const raw = await opened(await app());
  raw.subscribe('other', watch, { id: 'm:10' });
  await until(() => raw.messages.length === 2);
  expect(raw.messages[1]).toMatchObject({
    id: 'other',
    type: 'error',
    payload: [{ extensions: { code: 'FORBIDDEN' } }],
  });
  raw.subscribe('own', watch.replace('$id)', '$id, after: 0)'), { id: 'm:1' });
  await until(() => raw.messages.length >= 3);
  expect(raw.messages[2]).toMatchObject({
    id: 'own',
    type: 'next',
    payload: { data: { accountChanged: { entry: { sequence: 1 } } } },
  });
  raw.socket.close();
});

/** Opens a WebSocket and authenticates it; returns when it is accepted or closed. */
async function opened(credential: string): Promise<RawSocket> {
  const raw = await RawSocket.open(server.endpoint, undefined, bearer(credential));
  raw.send({ type: 'connection_init' });
  await until(() => raw.messages.length === 1 || raw.closed !== null);
  return raw;
}

import { execute, parse } from 'graphql';
import type { LedgerPrincipal } from '../../src/embed/ledger';
import { openLedger } from '../../src/embed/open-ledger';

const add = `mutation ($id: ID!) {
  addTransaction(
    input: { accountId: $id, payer: "P", points: 1, timestamp: "2020-01-01T00:00:00Z" }
  ) {
    transaction { actor } errors { code }
  }
}`;
const codesOf = ({ errors = [] }: { errors?: readonly { extensions?: { code?: unknown } }[] }) =>
  errors.map(({ extensions }) => extensions?.code);

test('execute() allows what the principal may do, and records it as the actor', async () => {
  const ledger = await openLedger({ database: 'memory:' });
  const principal: LedgerPrincipal = {
    name: 'till',
    scopes: ['points:write', 'points:admin'],
    prefix: 'm:',
  };
  const own = await ledger.execute({ query: add, variables: { id: 'm:1' }, principal });
  expect(own).toEqual({ data: { addTransaction: { transaction: { actor: 'till' }, errors: [] } } });
  expect(
    codesOf(await ledger.execute({ query: add, variables: { id: 'n:1' }, principal })),
  ).toEqual(['FORBIDDEN']);
  const reader = { ...principal, scopes: ['points:read'] as const };
  expect(
    codesOf(await ledger.execute({ query: add, variables: { id: 'm:1' }, principal: reader })),
  ).toEqual(['FORBIDDEN']);
  await ledger.close();
});

test('execute() shows actors to those with points:admin only, and begins no subscription', async () => {
  const ledger = await openLedger({ database: 'memory:' });
  await ledger.execute({ query: add, variables: { id: 'm:1' } });
  const query = '{ account(id: "m:1") { history(first: 1) { nodes { actor } } } }';
  const reader: LedgerPrincipal = { name: 'r', scopes: ['points:read'] };
  const admin: LedgerPrincipal = { name: 'r', scopes: ['points:read', 'points:admin'] };
  expect(codesOf(await ledger.execute({ query, principal: reader }))).toEqual(['FORBIDDEN']);
  expect(codesOf(await ledger.execute({ query, principal: admin }))).toEqual([]);
  const watch = 'subscription { accountChanged(accountId: "m:1") { entry { sequence } } }';
  for (const principal of [reader, null]) {
    const refused = await ledger.execute({ query: watch, principal });
    expect(codesOf(refused)).toEqual(['BAD_USER_INPUT']);
  }
  await ledger.close();
});

test('without a principal, and for graphql() without a context, everything is allowed', async () => {
  const ledger = await openLedger({ database: 'memory:' });
  const allowed = { data: { addTransaction: { transaction: { actor: null }, errors: [] } } };
  expect(await ledger.execute({ query: add, variables: { id: 'a' } })).toEqual(allowed);
  const own = await execute({
    schema: ledger.schema,
    document: parse(add),
    variableValues: { id: 'b' },
  });
  expect(JSON.parse(JSON.stringify(own))).toEqual(allowed);
  await ledger.close();
});

test.each([
  [
    { name: 'a', scopes: ['points:write'], account: 'm' },
    /points:write cannot be bound to one account/,
  ],
  [{ name: 'a\n', scopes: [] }, /principal cannot be used\. The name has a control character/],
  [{ name: 'a', scopes: ['root'] }, /principal\.scopes may hold points:read/],
  [{ name: 'a', scopes: [], prefix: 'm' }, /principal\.prefix ends in "m"/],
  [{ name: 'a', scopes: [], prefix: 'm:', account: 'm' }, /account and prefix exclude each other/],
  [{ name: 'a', scopes: [], account: '' }, /principal\.account is blank/],
  [{ scopes: [] }, /principal must have a name/],
  // Bindings that it does not have: it would reach every account.
  [
    { name: 'a', scopes: [], accountId: 'm' },
    /principal has "accountId"; it may have name, scopes/,
  ],
  [{ name: 'a', scopes: [], binding: { kind: 'account', id: 'm' } }, /principal has "binding"/],
])('%j is no principal', async (principal, message) => {
  const ledger = await openLedger({ database: 'memory:' });
  const response = await ledger.execute({
    query: '{ __typename }',
    principal: principal as unknown as LedgerPrincipal,
  });
  expect(codesOf(response)).toEqual(['BAD_USER_INPUT']);
  expect(response.errors?.[0]?.message).toMatch(message);
  await ledger.close();
});

test('listen() follows the rules of the server, by the names of the options', async () => {
  const open = await openLedger({ database: 'memory:' });
  await expect(open.listen({ host: '0.0.0.0' })).rejects.toThrow(
    /^host is "0\.0\.0\.0", where .*\nCreate a key .* set jwksUrl for tokens, or auth to off/,
  );
  const server = await open.listen();
  expect(
    (await fetch(`${server.url}graphql`, { method: 'POST', headers: { via: '1.1 x' } })).status,
  ).toBe(403);
  await open.close();
  const closed = await openLedger({ database: 'memory:', auth: 'on' });
  await expect(closed.listen()).rejects.toThrow(
    /auth on needs tokens: set jwksUrl or jwksFile, issuer/,
  );
  await closed.close();
  const issuer = { issuer: 'https://id.example.com', audience: 'points' };
  await expect(openLedger({ database: 'memory:', ...issuer })).rejects.toThrow(
    /^issuer is set without jwksUrl/,
  );
});

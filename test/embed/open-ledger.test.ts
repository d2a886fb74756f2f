import { join } from 'node:path';
import { graphql, parse, subscribe } from 'graphql';
import type { Ledger, LedgerRequest } from '../../src/embed/ledger';
import { openLedger } from '../../src/embed/open-ledger';
import {
  AddTransactionDocument,
  BalancesDocument,
} from '../../src/operations/generated/operations';
import { temporaryFolder } from '../support/temporary-folder';

const now = () => new Date('2026-01-01T00:00:00Z');
const balances = '{ balances { payer points } }';
const grant = { payer: 'DANNON', points: 300, timestamp: '2020-10-31T10:00:00Z' };
const add = `mutation ($input: AddTransactionInput!) {
  addTransaction(input: $input) { transaction { recordedAt sequence } errors { code } }
}`;

/** Opens no connection that the ledger would wait for when it is closed. */
const oneRequest = { connection: 'close' };

const opened: Ledger[] = [];

async function open(options: object = {}): Promise<Ledger> {
  const ledger = await openLedger({ database: 'memory:', ...options });
  opened.push(ledger);
  return ledger;
}

/** A test that fails must not keep Jest waiting for its servers. */
afterEach(() => Promise.all(opened.splice(0).map((ledger) => ledger.close())));

test('a request is executed as over HTTP', async () => {
  const ledger = await open({ now });
  const added = await ledger.execute({ query: add, variables: { input: grant } });
  const transaction = { recordedAt: '2026-01-01T00:00:00.000Z', sequence: 1 };
  expect(added).toStrictEqual({ data: { addTransaction: { transaction, errors: [] } } });
  const { url } = await ledger.listen();
  for (const request of [
    { query: balances },
    { query: '{ nothing }' },
    { query: '{ balances' },
    { query: 'subscription { accountChanged { entry { id } } }' },
    { query: add, variables: { input: { ...grant, points: 1.5 } } },
    { query: add, variables: { input: grant, more: Array(20_001).fill(0) } },
    { query: `{ ${'a: __typename '.repeat(2_001)} }` },
    { query: 'query A { __typename } query B { __typename }', operationName: 'B' },
  ]) {
    const response = await fetch(`${url}graphql`, {
      method: 'POST',
      headers: { ...oneRequest, 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    expect(await ledger.execute(request as LedgerRequest)).toStrictEqual(await response.json());
  }
  await ledger.close();
});

test.each([
  [{ query: 7 }, 'query must be a string'],
  [{ query: balances, variables: [] }, 'variables must be an object'],
  [{ query: balances, operationName: 7 }, 'operationName must be a string'],
  [{ query: balances, variables: { a: 7n } }, 'cannot be sent as JSON: Do not know how'],
  [{ query: { kind: 'Nothing' } }, 'cannot be sent as JSON: Invalid AST Node'],
  [{ query: balances, variables: { a: 'x'.repeat(4_200_000) } }, 'larger than 4194304 bytes'],
])('a malformed request is refused: %#', async (request, message) => {
  const ledger = await open();
  const { data, errors } = await ledger.execute(request as never);
  expect(data).toBeUndefined();
  expect(errors).toEqual([
    { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
  ]);
  await ledger.close();
});

test('typed documents are executed, and their results are typed', async () => {
  const ledger = await open();
  await ledger.execute({ query: AddTransactionDocument, variables: { input: grant } });
  const { data } = await ledger.execute({ query: BalancesDocument, variables: {} });
  expect(data?.balances).toEqual([{ payer: 'DANNON', points: 300 }]);
  await ledger.close();
});

test("the caller's own graphql() runs on the schema without a context, or with any", async () => {
  const { schema, close } = await open();
  for (const contextValue of [undefined, null, {}, { budget: 7 }]) {
    const run = (source: string, variableValues = {}) =>
      graphql({ schema, source, contextValue, variableValues });
    const added = await run(add, { input: grant });
    expect(added.errors).toBeUndefined();
    const { errors, data } = await run(`{
      balances { payer }
      account { lots(first: 5) { nodes { transaction { payer } } } history { nodes { id } } }
      accounts { nodes { id points } }
      previewSpend(input: { points: 1 }) { deductions { points } allocations { points } }
    }`);
    expect(errors).toBeUndefined();
    expect(data?.balances).toEqual([{ payer: 'DANNON' }]);
  }
  await close();
});

test("the caller's own subscribe() receives changes without a context", async () => {
  const { schema, execute, close } = await open();
  const document = parse('subscription { accountChanged { account { points } } }');
  const changes = (await subscribe({ schema, document })) as AsyncGenerator;
  const next = changes.next();
  await execute({ query: add, variables: { input: grant } });
  expect((await next).value).toEqual({ data: { accountChanged: { account: { points: 300 } } } });
  await close();
});

test('several ledgers in one process are independent', async () => {
  const [one, other] = [await open(), await open()];
  await one.execute({ query: add, variables: { input: grant } });
  expect((await other.execute({ query: balances })).data).toEqual({ balances: [] });
  await one.close();
  expect((await other.execute({ query: balances })).errors).toBeUndefined();
  await other.close();
});

test('reset empties a ledger in memory, and its schema and servers go on', async () => {
  const ledger = await open();
  const { url } = await ledger.listen();
  await ledger.execute({ query: add, variables: { input: grant } });
  await ledger.reset();
  expect((await ledger.execute({ query: balances })).data).toEqual({ balances: [] });
  const again = await ledger.execute({ query: add, variables: { input: grant } });
  expect(again.data).toMatchObject({ addTransaction: { transaction: { sequence: 1 } } });
  expect((await fetch(`${url}readyz`, { headers: oneRequest })).status).toBe(200);
  await ledger.close();
});

test('a ledger on a file keeps its entries, and refuses reset', async () => {
  const database = `file:${join(temporaryFolder('embed'), 'ledger.db')}`;
  const ledger = await open({ database });
  await ledger.execute({ query: add, variables: { input: grant } });
  await expect(ledger.reset()).rejects.toThrow('reset() empties only memory:');
  await ledger.close();
  const again = await open({ database });
  expect((await again.execute({ query: balances })).data).toEqual({
    balances: [{ payer: 'DANNON', points: 300 }],
  });
  await again.close();
});

test('close of a server stops that server, close of the ledger all', async () => {
  const ledger = await open();
  const [first, second] = [await ledger.listen(), await ledger.listen({ port: 0 })];
  const status = async (url: string) =>
    (await fetch(`${url}healthz`, { headers: oneRequest })).status;
  await first.close();
  await first.close();
  await expect(status(first.url)).rejects.toThrow();
  expect(await status(second.url)).toBe(200);
  await Promise.all([ledger.close(), ledger.close()]);
  await expect(status(second.url)).rejects.toThrow();
  await expect(ledger.execute({ query: balances })).rejects.toThrow('The ledger is closed.');
  await expect(ledger.listen()).rejects.toThrow('The ledger is closed.');
  await expect(ledger.reset()).rejects.toThrow('The ledger is closed.');
});

test('close finishes the requests in flight', async () => {
  const ledger = await open();
  const executing = ledger.execute({ query: add, variables: { input: grant } });
  const listening = ledger.listen();
  await ledger.close();
  expect((await executing).errors).toBeUndefined();
  await expect(fetch((await listening).url)).rejects.toThrow();
});

test('introspection can be off', async () => {
  const ledger = await open({ introspection: false });
  const { errors } = await ledger.execute({ query: '{ __schema { queryType { name } } }' });
  expect(errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  const { url } = await ledger.listen();
  const response = await fetch(`${url}graphql?query={__schema{queryType{name}}}`, {
    headers: { ...oneRequest, 'apollo-require-preflight': '1' },
  });
  expect(await response.text()).toContain('GRAPHQL_VALIDATION_FAILED');
  await ledger.close();
});

test('without a default account, every request must name its account', async () => {
  const ledger = await open({ defaultAccount: false });
  for (const query of [
    balances,
    '{ account { id } }',
    '{ previewSpend(input: { points: 1 }) { errors { code } } }',
  ]) {
    const { errors } = await ledger.execute({ query });
    expect(errors?.[0]?.message).toMatch(/(accountId|id)".* of (required )?type "ID!"/);
  }
  const { errors } = await ledger.execute({ query: add, variables: { input: grant } });
  expect(errors?.[0]?.message).toContain(
    'Field "accountId" of required type "ID!" was not provided',
  );
  const named = { input: { ...grant, accountId: 'alice' } };
  expect((await ledger.execute({ query: add, variables: named })).errors).toBeUndefined();
  await ledger.close();
});

test.each([
  [{}, 'database is missing'],
  [{ database: '' }, 'database is empty; it must be memory:'],
  [{ database: 'postgres://me:secret@[/x' }, 'database cannot be read; write postgres://'],
  [{ database: 'ledger.db' }, 'database has no scheme; it must be memory:'],
  [{ database: 'memory:', allowedHosts: ['a:1'] }, 'allowedHosts holds "a:1"'],
  [{ database: 'memory:', introspection: 7 }, 'introspection is 7'],
  [{ database: 'memory:', defaultAcount: false }, 'There is no option defaultAcount'],
  [{ database: 'memory:', now: 7 }, 'now must be a function'],
])('an option that cannot be used is refused by its name: %j', async (options, message) => {
  await expect(openLedger(options as never)).rejects.toThrow(message);
});

test('an address that cannot be used is refused by its name', async () => {
  const ledger = await open({ auth: 'off' });
  await expect(ledger.listen({ port: 70_000 })).rejects.toThrow('port is "70000"');
  await expect(ledger.listen({ host: '192.0.2.1' })).rejects.toThrow('set host to one, such as');
  await ledger.close();
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isAbstractType } from 'graphql';
import {
  AccountDocument,
  AccountHistoryDocument,
  AddTransactionDocument,
  BalancesDocument,
  SpendPointsDocument,
} from '../../src/operations/generated/operations';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { ledgerCache } from './examples/ledger-client';
import { spendPoints } from './examples/spend-points';
import { PlainClient } from './plain-client';
import { watch } from './watch';

let server: LedgerServer;
let client: PlainClient;
let accountId: string;
let accounts = 0;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());
beforeEach(() => {
  client = new PlainClient(server.endpoint);
  accounts += 1;
  accountId = `member ${accounts}`;
});
afterEach(() => client.stop());

const timestamp = '2020-11-02T14:00:00Z';
const add = (points: number, by = client, to = accountId) =>
  by.mutate({
    mutation: AddTransactionDocument,
    variables: { input: { accountId: to, payer: 'DANNON', points, timestamp } },
  });
const spend = (points: number) =>
  client.mutate({
    mutation: SpendPointsDocument,
    variables: { input: { accountId, points } },
  });

const watchAccount = (id = accountId) =>
  watch(client.watchQuery({ query: AccountDocument, variables: { id } }));

test('a watched account shows the points of a change’s payload without another request', async () => {
  await add(300);
  const watched = await watchAccount();
  expect(watched.shown().account).toMatchObject({ points: 300 });
  const { length } = client.statuses;
  await add(200);
  expect(watched.shown().account).toMatchObject({ points: 500, balances: [{ points: 500 }] });
  await spend(450);
  expect(watched.shown().account).toMatchObject({ points: 50, balances: [{ points: 50 }] });
  expect(client.statuses).toHaveLength(length + 2);
});

test('an account that was watched before it began appears with its first change', async () => {
  const watched = await watchAccount();
  expect(watched.shown()).toEqual({ account: null });
  await add(300);
  expect(watched.shown().account).toMatchObject({ id: accountId, points: 300 });
  expect(client.statuses).toHaveLength(2);
});

test('a change of one account leaves a watched other one alone', async () => {
  await add(300);
  const watched = await watchAccount();
  await add(7, client, `${accountId} too`);
  expect(watched.shown().account).toMatchObject({ points: 300 });
});

test('a refusal brings the account as others have left it', async () => {
  await add(300);
  const watched = await watchAccount();
  await add(-250, new PlainClient(server.endpoint));
  expect(watched.shown().account).toMatchObject({ points: 300 });
  const { data } = await spend(300);
  expect(data?.spendPoints).toMatchObject({
    spend: null,
    errors: [{ code: 'INSUFFICIENT_POINTS', requested: 300, available: 50 }],
  });
  expect(watched.shown().account).toMatchObject({ points: 50 });
});

test('a watched list of balances has no id: refetchQueries reads it again', async () => {
  const variables = { accountId };
  const watched = await watch(client.watchQuery({ query: BalancesDocument, variables }));
  expect(watched.shown().balances).toEqual([]);
  await client.mutate({
    mutation: AddTransactionDocument,
    variables: { input: { accountId, payer: 'DANNON', points: 5, timestamp } },
    refetchQueries: [BalancesDocument],
    awaitRefetchQueries: true,
  });
  expect(watched.shown().balances).toMatchObject([{ payer: 'DANNON', points: 5 }]);
  expect(client.statuses).toHaveLength(3);
});

test('a watched history is refetched when a change evicts it from its account', async () => {
  await add(300);
  const variables = { id: accountId };
  const { shown, shows } = await watch(
    client.watchQuery({ query: AccountHistoryDocument, variables }),
  );
  const sequences = ({ account }: ReturnType<typeof shown>) =>
    account!.history.edges.map(({ node }) => node.sequence);
  expect(sequences(shown())).toEqual([1]);
  await spendPoints(client, { accountId, points: 100, idempotencyKey: 'order 1' });
  expect(sequences(await shows((data) => sequences(data).length === 2))).toEqual([2, 1]);
});

test('the cache knows every type that implements an interface of the schema', () => {
  const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));
  const types = Object.values(schema.getTypeMap()).filter(isAbstractType);
  expect(types.map(({ name }) => name).sort()).toEqual(['Entry', 'UserError']);
  const { policies } = ledgerCache();
  for (const type of types) {
    for (const { name } of schema.getPossibleTypes(type)) {
      const fragment = { kind: 'InlineFragment', typeCondition: named(type.name) } as never;
      expect([name, policies.fragmentMatches(fragment, name)]).toEqual([name, true]);
    }
  }
});

const named = (value: string) => ({ kind: 'NamedType', name: { kind: 'Name', value } });

import { bucketFetch, bucketHeaders, bucketOf } from '../../src/client/index';
import {
  AccountDocument,
  AccountsDocument,
  AddTransactionDocument,
  AddTransactionsDocument,
  BalancesDocument,
  EntryDocument,
  SpendPointsDocument,
} from '../../src/operations/generated/operations';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { routedClient } from './examples/routed-client';
import { routedFetch } from './examples/routed-fetch';
import { routedUrqlClient } from './examples/routed-urql-client';
import { receivedBuckets } from './received-buckets';

let server: LedgerServer;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());

const grant = { payer: 'A', points: 300, timestamp: '2020-01-01T00:00:00Z' };
const bucket = (id: string) => String(bucketOf(id));
/** In the bucket of `member 7`. */
const neighbour = 'member 151';

test('Apollo Client sends the bucket of the account that the variables name', async () => {
  const client = routedClient(server.endpoint);
  const fetchPolicy = 'no-cache';
  let entryId = '';
  const received = await receivedBuckets(async () => {
    const added = await client.mutate({
      mutation: AddTransactionDocument,
      variables: { input: { accountId: '会員 7', ...grant } },
    });
    entryId = added.data!.addTransaction!.transaction!.id;
    await client.mutate({ mutation: SpendPointsDocument, variables: { input: { points: 1 } } });
    await client.query({ query: AccountDocument, variables: { id: '会員 7' }, fetchPolicy });
    await client.query({ query: EntryDocument, variables: { id: entryId }, fetchPolicy });
    await client.query({ query: AccountsDocument, variables: { startsWith: 'a' }, fetchPolicy });
  });
  client.stop();
  const [member, shared] = [bucket('会員 7'), bucket('default')];
  expect(received).toEqual([member, shared, member, member, undefined]);
});

test('Apollo Client keeps the headers that other links set', async () => {
  const client = routedClient(server.endpoint);
  const received = await receivedBuckets(() =>
    client.query({
      query: BalancesDocument,
      variables: { accountId: 'member 7' },
      context: { headers: { 'x-apollo-operation-name': 'kept', 'x-ledger-bucket': '1' } },
    }),
  );
  client.stop();
  expect(received).toEqual(['872']);
});

test('urql sends it for queries and mutations, beside the headers of its fetchOptions', async () => {
  const client = routedUrqlClient(server.endpoint);
  const given = { 'apollo-require-preflight': '1' };
  for (const fetchOptions of [undefined, { headers: given }, () => ({ headers: given })]) {
    const requestPolicy = 'network-only';
    const received = await receivedBuckets(async () => {
      const variables = { input: { accountId: 'member 7', ...grant } };
      const added = await client
        .mutation(AddTransactionDocument, variables, { fetchOptions })
        .toPromise();
      expect(added.error).toBe(undefined);
      const options = { fetchOptions, requestPolicy } as const;
      await client.query(BalancesDocument, { accountId: 'عضو' }, options).toPromise();
      await client.query(AccountsDocument, {}, options).toPromise();
    });
    expect(received).toEqual(['872', '184', undefined]);
  }
});

test('the fetch helper sends it for bodies and for URLs', async () => {
  const query = 'query ($accountId: ID!) { balances(accountId: $accountId) { points } }';
  const variables = { accountId: '👤' };
  const headers = { 'apollo-require-preflight': '1' };
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const url = new URL(`?${search}`, server.endpoint);
  const received = await receivedBuckets(async () => {
    expect(await routedFetch(server.endpoint, query, variables)).toEqual({
      data: { balances: [] },
    });
    for (const input of [url, String(url), new Request(url)]) {
      const response = await bucketFetch(input, { headers });
      expect(await response.json()).toEqual({ data: { balances: [] } });
    }
    await bucketFetch(new Request(url, { headers }));
    await bucketFetch(server.endpoint, { method: 'POST', body: 'not JSON' });
    await bucketFetch(`${server.endpoint}?variables=%7B`);
  });
  expect(received).toEqual([...Array(5).fill('238'), undefined, undefined]);
});

test('bulk calls have the header if all of their accounts are in one bucket', async () => {
  expect(bucket(neighbour)).toBe(bucket('member 7'));
  const client = routedClient(server.endpoint);
  const send = (...accountIds: (string | undefined)[]) => {
    const transactions = accountIds.map((accountId) => ({ accountId, ...grant }));
    const variables = { input: { transactions } };
    return client.mutate({ mutation: AddTransactionsDocument, variables });
  };
  const received = await receivedBuckets(async () => {
    await send('member 7', neighbour, 'member 7');
    await send('member 7', 'member 8');
    await send(undefined, 'default');
    await send();
  });
  client.stop();
  expect(received).toEqual(['872', undefined, '705', undefined]);
});

test.each([
  [{ accountId: 7 }, '7'],
  [{ accountId: undefined, after: 1 }, 'default'],
  [{ id: undefined }, 'default'],
  [{ id: 'ZGVmYXVsdA' }, 'ZGVmYXVsdA'],
  [{ input: {} }, 'default'],
  [{ input: [{ accountId: 'a' }, { accountId: 'a' }] }, 'a'],
  [{ transactions: [{ accountId: 'a' }] }, 'a'],
  [{ accountId: 'a', input: { accountId: 'a' } }, 'a'],
])('the account of the variables %j is %s', (variables, accountId) => {
  expect(bucketHeaders(variables)).toEqual({ 'x-ledger-bucket': bucket(accountId) });
});

test.each([
  [{}],
  [null],
  [undefined],
  [{ first: 20 }],
  [{ accountId: null }],
  [{ accountId: ['a'] }],
  [{ input: null }],
  [{ input: 'a' }],
  [{ input: { transactions: [null, 'a'] } }],
  [{ accountId: 'a', id: 'b' }],
])('the variables %j name no account, or accounts of several buckets', (variables) => {
  expect(bucketHeaders(variables)).toEqual({});
});

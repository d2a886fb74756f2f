import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { MemoryJournal } from '../../src/journal/memory/journal';
import {
  AddTransactionDocument,
  AddTransactionsDocument,
  BalancesDocument,
} from '../../src/operations/generated/operations';
import { ScriptedJournal } from '../journal/scripted-journal';
import { type LedgerServer, startLedgerOver } from '../support/ledger-server';
import { retries } from './examples/retries';
import { topLevelCodes } from './plain-client';

let journal: ScriptedJournal;
let server: LedgerServer;
let sent: number;
let failBefore: number;
let client: ApolloClient;

beforeEach(async () => {
  journal = new ScriptedJournal(new MemoryJournal());
  const limits = { settleMsMax: 1 };
  server = await startLedgerOver({ journal, limits, wait: async () => {} });
  sent = 0;
  failBefore = 0;
  /** Loses the response to its first request, like a broken connection. */
  const losingFetch: typeof fetch = async (...request) => {
    const response = await fetch(...request);
    sent += 1;
    if (sent <= failBefore) throw new TypeError('fetch failed');
    return response;
  };
  const http = new HttpLink({ uri: server.endpoint, fetch: losingFetch });
  const link = retries({ firstDelayMs: 1, attempts: 4 }).concat(http);
  client = new ApolloClient({ cache: new InMemoryCache(), link });
});
afterEach(() => server.stop());

const row = { payer: 'DANNON', points: 5, timestamp: '2020-11-02T14:00:00Z' };
const add = (idempotencyKey?: string) =>
  client.mutate({
    mutation: AddTransactionDocument,
    variables: { input: { ...row, idempotencyKey } },
  });

describe('a mutation with a key is retried until it gets a response, and counts once', () => {
  test('while the store is unavailable', async () => {
    journal.fail('append', 2);
    const { data } = await add('order 1');
    expect(data?.addTransaction).toMatchObject({ replayed: false, account: { points: 5 } });
    expect(sent).toBe(3);
  });

  test('when the connection lost the response', async () => {
    failBefore = 2;
    const { data } = await add('order 1');
    expect(data?.addTransaction).toMatchObject({ replayed: true, account: { points: 5 } });
    expect(sent).toBe(3);
  });

  test('when the outcome is unknown', async () => {
    journal.loseResponse();
    journal.fail('append', 5);
    const { data } = await add('order 1');
    expect(data?.addTransaction).toMatchObject({ replayed: true, account: { points: 5 } });
    expect(sent).toBe(2);
  });

  test('as a bulk of which every row has one', async () => {
    failBefore = 1;
    const transactions = [1, 2, 3].map((order) => ({ ...row, idempotencyKey: `order ${order}` }));
    const { data } = await client.mutate({
      mutation: AddTransactionsDocument,
      variables: { input: { transactions } },
    });
    expect(data?.addTransactions?.results.map(({ replayed }) => replayed)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

test('a mutation without a key is sent once', async () => {
  failBefore = 1;
  await expect(add()).rejects.toThrow('fetch failed');
  expect(sent).toBe(1);
});

test('a query is retried', async () => {
  failBefore = 3;
  const { data } = await client.query({ query: BalancesDocument });
  expect([data?.balances, sent]).toEqual([[], 4]);
});

test('after the last retry the client receives the last error', async () => {
  journal.away();
  expect(await topLevelCodes(add('order 1'))).toEqual(['SERVICE_UNAVAILABLE']);
  expect(sent).toBe(4);
});

test('permanent errors are not retried', async () => {
  journal.fail('append', 1, () => new Error('a bug'));
  expect(await topLevelCodes(add('order 1'))).toEqual(['INTERNAL_SERVER_ERROR']);
  const input = { ...row, points: 0.5, idempotencyKey: 'order 2' };
  const malformed = client.mutate({ mutation: AddTransactionDocument, variables: { input } });
  expect(await topLevelCodes(malformed)).toEqual(['BAD_USER_INPUT']);
  expect(sent).toBe(2);
});

import {
  AccountDocument,
  AccountHistoryDocument,
  AddTransactionDocument,
  AddTransactionsDocument,
  SpendPointsDocument,
} from '../../src/operations/generated/operations';
import { type LedgerServer, startLedgerOnFile } from '../support/ledger-server';
import { PlainClient } from './plain-client';

let server: LedgerServer;
let clients: readonly PlainClient[];
beforeAll(async () => {
  server = await startLedgerOnFile();
  clients = Array.from({ length: 4 }, () => new PlainClient(server.endpoint));
});
afterAll(() => server.stop());

const timestamp = '2020-11-02T14:00:00Z';
const times = <Result>(count: number, make: (index: number) => Result) =>
  Array.from({ length: count }, (_, index) => make(index));

function add(client: PlainClient, accountId: string, points: number, idempotencyKey?: string) {
  const input = { accountId, payer: `payer ${points % 7}`, points, timestamp, idempotencyKey };
  return client.mutate({ mutation: AddTransactionDocument, variables: { input } });
}

function spend(client: PlainClient, accountId: string, points: number) {
  const variables = { input: { accountId, points } };
  return client.mutate({ mutation: SpendPointsDocument, variables });
}

async function readAccount(id: string) {
  const client = new PlainClient(server.endpoint);
  return (await client.query({ query: AccountDocument, variables: { id } })).data?.account;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const newest = { first: 1 };

test('of hundreds of concurrent adds by several clients none is lost, and none counts twice', async () => {
  const accounts = ['a', 'b', 'c'];
  const responses = await Promise.all(
    times(240, (index) => add(clients[index % 4], accounts[index % 3], index + 1)),
  );
  const made = responses.map(({ data }) => data!.addTransaction!);
  expect(made.flatMap(({ errors }) => errors)).toEqual([]);
  for (const [place, id] of accounts.entries()) {
    const own = made.filter(({ transaction }) => transaction?.accountId === id);
    const sequences = own.map(({ transaction }) => transaction!.sequence);
    expect(sequences.sort((one, other) => one - other)).toEqual(times(80, (index) => index + 1));
    const account = await readAccount(id);
    expect(account?.points).toBe(sum(times(80, (index) => index * 3 + place + 1)));
    expect(sum(account!.balances.map(({ points }) => points))).toBe(account?.points);
  }
});

test('each response includes its own change and all changes accepted before it', async () => {
  const responses = await Promise.all(times(60, (index) => add(clients[index % 4], 'd', 10)));
  for (const { data } of responses) {
    const { transaction, account } = data!.addTransaction!;
    expect(account?.points).toBe(transaction!.sequence * 10);
  }
});

test('concurrent requests with one key are done once, and all get the result', async () => {
  const responses = await Promise.all(
    times(120, (index) => add(clients[index % 4], 'keys', (index % 30) + 1, `key ${index % 30}`)),
  );
  const made = responses.map(({ data }) => data!.addTransaction!);
  expect(made.filter(({ replayed }) => !replayed)).toHaveLength(30);
  expect(new Set(made.map(({ transaction }) => transaction?.id)).size).toBe(30);
  expect((await readAccount('keys'))?.points).toBe(sum(times(30, (index) => index + 1)));
  const { data } = await clients[0].query({
    query: AccountHistoryDocument,
    variables: { id: 'keys', ...newest },
  });
  expect(data?.account?.history.edges[0].node.sequence).toBe(30);
});

test('concurrent spends never exceed the balance', async () => {
  await add(clients[0], 'spent', 305);
  const responses = await Promise.all(times(60, (index) => spend(clients[index % 4], 'spent', 10)));
  const made = responses.map(({ data }) => data!.spendPoints!);
  expect(made.filter(({ spend }) => spend !== null)).toHaveLength(30);
  const refused = made.flatMap(({ errors }) => errors);
  expect(refused).toHaveLength(30);
  for (const error of refused) {
    expect(error).toMatchObject({ code: 'INSUFFICIENT_POINTS', requested: 10, available: 5 });
  }
  expect((await readAccount('spent'))?.points).toBe(5);
});

test("concurrent bulks over the same accounts keep their rows together and each account's order", async () => {
  const responses = await Promise.all(
    times(12, (bulk) => {
      const transactions = times(100, (row) => ({
        accountId: `bulk ${row % 5}`,
        payer: `client ${bulk}`,
        points: 1,
        timestamp,
        idempotencyKey: `${bulk % 6}, row ${row}`,
      }));
      const variables = { input: { transactions } };
      return clients[bulk % 4].mutate({ mutation: AddTransactionsDocument, variables });
    }),
  );
  const results = responses.flatMap(({ data }) => data!.addTransactions!.results);
  expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(600);
  const reused = results.filter(({ errors }) => errors[0]?.code === 'IDEMPOTENCY_KEY_REUSED');
  expect(reused).toHaveLength(600);
  for (const account of await Promise.all(times(5, (index) => readAccount(`bulk ${index}`)))) {
    expect(account?.points).toBe(120);
  }
});

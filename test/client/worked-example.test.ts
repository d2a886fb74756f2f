import {
  AccountDocument,
  AccountHistoryDocument,
  AccountLotsDocument,
  AccountsDocument,
  AddTransactionDocument,
  BalancesDocument,
  EntryDocument,
  PreviewSpendDocument,
  SpendPointsDocument,
  WorkedExampleDocument,
} from '../../src/operations/generated/operations';
import { workedExample } from '../graphql/ledger-api';
import { type LedgerServer, startLedger, startLedgerOnFile } from '../support/ledger-server';
import { PlainClient } from './plain-client';

const deductions = [
  { payer: 'DANNON', points: -100 },
  { payer: 'UNILEVER', points: -200 },
  { payer: 'MILLER COORS', points: -4700 },
];
const balances = [
  { payer: 'DANNON', points: 1000 },
  { payer: 'UNILEVER', points: 0 },
  { payer: 'MILLER COORS', points: 5300 },
];

describe.each([
  ['in memory', startLedger],
  ['on a SQLite file', startLedgerOnFile],
])('the worked example %s', (_where, start) => {
  let server: LedgerServer;
  let client: PlainClient;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    client = new PlainClient(server.endpoint);
  });

  test('begins with nothing', async () => {
    expect((await client.query({ query: BalancesDocument })).data?.balances).toEqual([]);
    expect((await client.query({ query: AccountDocument })).data?.account).toBeNull();
    expect((await client.query({ query: AccountsDocument })).data?.accounts.edges).toEqual([]);
  });

  test('accepts the five transactions out of order and spends the oldest points', async () => {
    for (const [index, input] of workedExample.entries()) {
      const { data } = await client.mutate({
        mutation: AddTransactionDocument,
        variables: { input },
      });
      expect(data?.addTransaction?.errors).toEqual([]);
      expect(data?.addTransaction?.transaction?.sequence).toBe(index + 1);
    }
    const input = { points: 5000 };
    const preview = await client.query({ query: PreviewSpendDocument, variables: { input } });
    const { data } = await client.mutate({ mutation: SpendPointsDocument, variables: { input } });
    const { spend, account, replayed, errors } = data!.spendPoints!;
    expect(plain({ replayed, errors })).toEqual({ replayed: false, errors: [] });
    expect(plain(spend?.deductions)).toEqual(deductions);
    expect(preview.data?.previewSpend.deductions).toEqual(spend?.deductions);
    expect(preview.data?.previewSpend.allocations).toEqual(spend?.allocations);
    expect(plain(account)).toEqual({ id: 'default', points: 6300, balances });
  });

  test('reads 1000, 0 and 5300 ever after', async () => {
    const { data } = await client.query({ query: BalancesDocument });
    expect(plain(data?.balances)).toEqual(balances);
    const lots = await client.query({ query: AccountLotsDocument });
    expect(
      lots.data?.account?.lots.edges.map(({ node }) => [node.transaction.payer, node.remaining]),
    ).toEqual([
      ['MILLER COORS', 5300],
      ['DANNON', 1000],
    ]);
    const history = await client.query({ query: AccountHistoryDocument });
    expect(history.data?.account?.history.edges.map(({ node }) => node.sequence)).toEqual([
      6, 5, 4, 3, 2, 1,
    ]);
  });

  test('shows which transactions paid for each spend', async () => {
    const history = await client.query({ query: AccountHistoryDocument, variables: { first: 1 } });
    const { id } = history.data!.account!.history.edges[0].node;
    const { data } = await client.query({ query: EntryDocument, variables: { id } });
    if (data?.entry?.__typename !== 'Spend') throw new Error('the last entry is no spend');
    const paid = data.entry.allocations.map(({ points, transaction }) => [
      transaction.payer,
      transaction.timestamp,
      points,
    ]);
    expect(paid).toEqual([
      ['DANNON', '2020-10-31T10:00:00.000Z', 100],
      ['UNILEVER', '2020-10-31T11:00:00.000Z', 200],
      ['MILLER COORS', '2020-11-01T14:00:00.000Z', 4700],
    ]);
  });

  test('returns the same results as one document, on a separate account', async () => {
    const variables = { accountId: 'one document' };
    const { data } = await client.mutate({ mutation: WorkedExampleDocument, variables });
    expect(plain(data?.spendPoints?.spend?.deductions)).toEqual(deductions);
    expect(plain(data?.spendPoints?.account?.balances)).toEqual(balances);
    expect(data?.fifth?.transaction?.sequence).toBe(5);
  });
});

/** A result without the type names that Apollo Client adds to every object. */
function plain(response: unknown): unknown {
  return JSON.parse(
    JSON.stringify(response, (key, value) => (key === '__typename' ? undefined : value)),
  );
}

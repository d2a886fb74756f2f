import {
  AccountDocument,
  AccountHistoryDocument,
  AccountLotsDocument,
  AccountsDocument,
  AddTransactionDocument,
  AddTransactionsDocument,
  BalancesDocument,
  EntryDocument,
  PreviewSpendDocument,
  SpendPointsDocument,
  WorkedExampleDocument,
} from '../../src/operations/generated/operations';
import { LedgerApi, workedExample } from './ledger-api';

const balances = [
  { payer: 'DANNON', points: 1000 },
  { payer: 'UNILEVER', points: 0 },
  { payer: 'MILLER COORS', points: 5300 },
];
const deductions = [
  { payer: 'DANNON', points: -100 },
  { payer: 'UNILEVER', points: -200 },
  { payer: 'MILLER COORS', points: -4700 },
];

test('the worked example, in the order in which it was published, in one document', async () => {
  const response = await new LedgerApi().run(WorkedExampleDocument, {});
  expect(response.fifth?.transaction?.sequence).toBe(5);
  expect(response.spendPoints?.spend).toMatchObject({ sequence: 6, points: 5000, deductions });
  expect(response.spendPoints?.account).toEqual({ id: 'default', points: 6300, balances });
});

test('the worked example, call by call, with every operation of the client', async () => {
  const api = new LedgerApi();
  for (const input of workedExample) {
    const { addTransaction } = await api.run(AddTransactionDocument, { input });
    expect(addTransaction).toMatchObject({
      replayed: false,
      errors: [],
      transaction: { payer: input.payer },
    });
  }
  const { previewSpend } = await api.run(PreviewSpendDocument, { input: { points: 5000 } });
  const { spendPoints } = await api.run(SpendPointsDocument, { input: { points: 5000 } });
  const spend = spendPoints?.spend;
  expect(previewSpend).toEqual({ deductions, allocations: spend?.allocations, errors: [] });
  expect(
    spend?.allocations.map(({ points, transaction }) => [points, transaction.timestamp]),
  ).toEqual([
    [100, '2020-10-31T10:00:00.000Z'],
    [200, '2020-10-31T11:00:00.000Z'],
    [4700, '2020-11-01T14:00:00.000Z'],
  ]);
  expect((await api.run(BalancesDocument, {})).balances).toEqual(balances);
  expect((await api.run(AccountDocument, {})).account).toEqual(spendPoints?.account);
  await readBack(api, spend?.id ?? '');
});

async function readBack(api: LedgerApi, spendId: string) {
  const { account: withLots } = await api.run(AccountLotsDocument, {});
  expect(withLots?.lots.edges.map(({ node }) => [node.remaining, node.transaction.payer])).toEqual([
    [5300, 'MILLER COORS'],
    [1000, 'DANNON'],
  ]);
  const { account: withHistory } = await api.run(AccountHistoryDocument, {});
  const history = withHistory?.history.edges.map(({ node }) => node) ?? [];
  expect(history.map(({ sequence }) => sequence)).toEqual([6, 5, 4, 3, 2, 1]);
  for (const node of history) {
    expect((await api.run(EntryDocument, { id: node.id })).entry).toMatchObject(node);
  }
  expect(history[0]).toMatchObject({ id: spendId, __typename: 'Spend', deductions });
  const { accounts } = await api.run(AccountsDocument, {});
  expect(accounts.edges.map(({ node }) => node)).toEqual([{ id: 'default', points: 6300 }]);
}

test('the worked example as one bulk', async () => {
  const api = new LedgerApi();
  const { addTransactions } = await api.run(AddTransactionsDocument, {
    input: { transactions: workedExample },
  });
  expect(addTransactions?.results.map(({ transaction }) => transaction?.sequence)).toEqual([
    1, 2, 3, 4, 5,
  ]);
  const { spendPoints } = await api.run(SpendPointsDocument, { input: { points: 5000 } });
  expect(spendPoints?.spend?.deductions).toEqual(deductions);
  expect(spendPoints?.account?.balances).toEqual(balances);
});

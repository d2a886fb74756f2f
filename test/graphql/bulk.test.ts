import { add, LedgerApi, WatchedService } from './ledger-api';

const document = `mutation ($input: AddTransactionsInput!) {
  addTransactions(input: $input) {
    results {
      transaction { accountId sequence }
      replayed
      account { points }
      errors { code path }
    }
  }
}`;

const row = (points: number, more: object = {}) => add('A', points, '2020-01-01T00:00:00Z', more);
const accepted = (accountId: string, sequence: number, points: number) => ({
  transaction: { accountId, sequence },
  replayed: false,
  account: { points },
  errors: [],
});
const results = async (api: LedgerApi, transactions: readonly object[]) => {
  const { data, errors } = await api.send(document, { input: { transactions } });
  expect(errors).toBeUndefined();
  return (data as { addTransactions: { results: object[] } }).addTransactions.results;
};

test('no rows, no results', async () => {
  const service = new WatchedService();
  expect(await results(new LedgerApi(service), [])).toEqual([]);
  expect(service.calls).toEqual([]);
});

test('results are in the order of the rows, and accounts are shown after the whole call', async () => {
  const service = new WatchedService();
  const rows = [row(1), row(2, { accountId: 'b' }), row(3), row(4, { accountId: 'b' })];
  expect(await results(new LedgerApi(service), rows)).toEqual([
    accepted('default', 1, 4),
    accepted('b', 1, 6),
    accepted('default', 2, 4),
    accepted('b', 2, 6),
  ]);
  expect(service.calls).toEqual(['run']);
});

test('rows are independent: a refused row changes nothing and the others are added', async () => {
  const rows = [row(5), row(-6), row(0), row(-5), row(1, { accountId: '' }), row(7)];
  const refused = (code: string, path: string[], account: object | null = { points: 7 }) => ({
    transaction: null,
    replayed: false,
    account,
    errors: [{ code, path }],
  });
  expect(await results(new LedgerApi(), rows)).toEqual([
    accepted('default', 1, 7),
    refused('PAYER_WOULD_GO_NEGATIVE', ['transactions', '1', 'points']),
    refused('INVALID_POINTS', ['transactions', '2', 'points']),
    accepted('default', 2, 7),
    refused('INVALID_ACCOUNT', ['transactions', '4', 'accountId'], null),
    accepted('default', 3, 7),
  ]);
});

test('twice in one bulk: the later row is the replay', async () => {
  const rows = [row(5, { idempotencyKey: 'k' }), row(5, { idempotencyKey: 'k' })];
  expect(await results(new LedgerApi(), rows)).toEqual([
    accepted('default', 1, 5),
    { ...accepted('default', 1, 5), replayed: true },
  ]);
});

test('1,000 rows are taken', async () => {
  const rows = Array.from({ length: 1000 }, () => row(1));
  const responses = await results(new LedgerApi(), rows);
  expect(responses.at(-1)).toEqual(accepted('default', 1000, 1000));
});

test('more than 1,000 rows refuse the whole call, and the message names the row', async () => {
  const api = new LedgerApi();
  const transactions = Array.from({ length: 1001 }, () => row(1));
  const response = await api.send(document, { input: { transactions } });
  expect(response.data).toEqual({ addTransactions: null });
  expect(response.errors).toMatchObject([
    {
      message: expect.stringContaining('transactions[1000]'),
      path: ['addTransactions'],
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
  expect((await api.send('{ account { id } }')).data).toEqual({ account: null });
});

test.each([
  ['points', { points: '1' }],
  ['points', { points: 1.5 }],
  ['timestamp', { timestamp: '2020-02-30T00:00:00Z' }],
])(
  'a value that is no Points or DateTime refuses the whole call, and the message names the row',
  async (field, fault) => {
    const api = new LedgerApi();
    const transactions = [row(1), row(2), { ...row(3), ...fault }];
    const response = await api.send(document, { input: { transactions } });
    expect(response.data).toBeUndefined();
    expect(response.errors).toHaveLength(1);
    expect(response.errors?.[0]?.message).toContain(`at "input.transactions[2].${field}"`);
    expect((await api.send('{ account { id } }')).data).toEqual({ account: null });
  },
);

test('rows written in the document are read as those in variables', async () => {
  const response = await new LedgerApi().send(`mutation { addTransactions(input: { transactions: [
    { payer: "A", points: 1e3, timestamp: "2020-01-01T00:00:00Z" }
  ] }) { results { transaction { accountId points reference } } } }`);
  const transaction = { accountId: 'default', points: 1000, reference: null };
  expect(response.data).toEqual({ addTransactions: { results: [{ transaction }] } });
});

import fc from 'fast-check';
import { encodeEntryId } from '../../src/ids/entry-id';
import { anyCharacter } from '../support/any-character';
import { dailyGrants, LedgerApi, WatchedService, workedExample } from './ledger-api';

async function filled(service?: WatchedService, transactions: readonly object[] = workedExample) {
  const api = new LedgerApi(service);
  await api.send(
    'mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) { __typename } }',
    { input: { transactions } },
  );
  if (service !== undefined) service.calls.length = 0;
  return api;
}

test.each(['default', 'other', '', ' ', '\ud800', 'x'.repeat(1000), '__proto__'])(
  'account %j is null and its balances are empty until a change of it was accepted',
  async (id) => {
    const response = await new LedgerApi().send(
      'query ($id: ID!) { account(id: $id) { id } balances(accountId: $id) { payer } accounts { nodes { id } } }',
      { id },
    );
    expect(response).toEqual({ data: { account: null, balances: [], accounts: { nodes: [] } } });
  },
);

test('a refused change makes no account, and the payload has none', async () => {
  const api = new LedgerApi();
  const response = await api.send(
    'mutation { spendPoints(input: { points: 1 }) { account { id } errors { code } } }',
  );
  const errors = [{ code: 'INSUFFICIENT_POINTS' }];
  expect(response.data).toEqual({ spendPoints: { account: null, errors } });
  expect((await api.send('{ account { id } }')).data).toEqual({ account: null });
});

test('payers are listed in the order in which they first appeared, one at zero too', async () => {
  const api = await filled();
  await api.send('mutation { spendPoints(input: { points: 300 }) { replayed } }');
  const { data } = await api.send(
    '{ balances { payer points } account { balances { payer points } } }',
  );
  const balances = [
    { payer: 'DANNON', points: 1000 },
    { payer: 'UNILEVER', points: 0 },
    { payer: 'MILLER COORS', points: 10000 },
  ];
  expect(data).toEqual({ balances, account: { balances } });
});

test('points, the sum of balances and the sum of what remains of the lots agree in one response', async () => {
  const api = await filled();
  const { data } = await api.send(`mutation { spendPoints(input: { points: 1234 }) {
    account { points balances { points } lots { nodes { remaining } } }
  } }`);
  type Rows = { points: number; remaining: number }[];
  const { account } = (
    data as { spendPoints: { account: { points: number; balances: Rows; lots: { nodes: Rows } } } }
  ).spendPoints;
  expect(account.points).toBe(10066);
  expect(account.balances.reduce((sum, { points }) => sum + points, 0)).toBe(10066);
  expect(account.lots.nodes.reduce((sum, { remaining }) => sum + remaining, 0)).toBe(10066);
});

test("an account's history ends with the change that it was read after", async () => {
  const api = await filled();
  const add = (points: number) =>
    api.send(`mutation { addTransaction(input: { payer: "A", points: ${points}, timestamp: "2020-01-01T00:00:00Z" }) {
      transaction { id } account { history(first: 1) { nodes { id } } }
    } }`);
  const responses = await Promise.all([1, 2, 3].map(add));
  for (const { data } of responses) {
    const { addTransaction } = data as {
      addTransaction: { transaction: object; account: { history: { nodes: object[] } } };
    };
    expect(addTransaction.account.history.nodes).toEqual([addTransaction.transaction]);
  }
});

test('entries are numbered without a gap, unique in their ids and never recorded before the previous', async () => {
  const api = await filled();
  const { data } = await api.send(
    '{ account { history { nodes { id sequence recordedAt accountId __typename } } } }',
  );
  type Node = { id: string; sequence: number; recordedAt: string };
  const { nodes } = (data as { account: { history: { nodes: Node[] } } }).account.history;
  expect(nodes.map(({ sequence }) => sequence)).toEqual([5, 4, 3, 2, 1]);
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(5);
  expect(nodes).toEqual(
    nodes.map((node) => ({
      ...node,
      recordedAt: '2024-01-01T00:00:00.000Z',
      accountId: 'default',
      __typename: 'Transaction',
    })),
  );
});

const entry = 'query ($id: ID!) { entry(id: $id) { id sequence } }';

test('entry finds by id in one look-up, and checks the journal id of the entry', async () => {
  const service = new WatchedService();
  const api = await filled(service);
  const id = encodeEntryId({ accountId: 'default', sequence: 3, id: 'entry-3' });
  expect((await api.send(entry, { id })).data).toEqual({ entry: { id, sequence: 3 } });
  expect(service.calls).toEqual(['entriesAt']);
  const foreign = encodeEntryId({ accountId: 'default', sequence: 3, id: 'of another history' });
  expect((await api.send(entry, { id: foreign })).data).toEqual({ entry: null });
});

test('an id of no entry returns null', async () => {
  const api = await filled();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: anyCharacter }), async (id) => {
      expect(await api.send(entry, { id })).toEqual({ data: { entry: null } });
    }),
    { numRuns: 30 },
  );
});

test('a preview takes what the spend would take, and changes nothing', async () => {
  const api = await filled();
  const taken =
    'deductions { payer points } allocations { points transaction { id payer } } errors { code }';
  const preview = `{ previewSpend(input: { points: 5000 }) { ${taken} } }`;
  const before = await api.send(preview);
  expect(await api.send(preview)).toEqual(before);
  const { data } = await api.send(`mutation { spendPoints(input: { points: 5000 }) {
    spend { deductions { payer points } allocations { points transaction { id payer } } }
    errors { code }
  } }`);
  const { spend, errors } = (data as { spendPoints: { spend: object; errors: object[] } })
    .spendPoints;
  expect((before.data as { previewSpend: object }).previewSpend).toEqual({ ...spend, errors });
});

test('transactions of a page of lots are read together, each once', async () => {
  const service = new WatchedService();
  const api = await filled(service, dailyGrants(50));
  const lots =
    'lots(first: 50) { nodes { transaction { payer } } edges { node { transaction { id } } } }';
  await api.send(`{ account { ${lots} } }`);
  expect(service.calls).toEqual(['run', 'entriesAt']);
});

test.each([
  ['{ account { points balances { payer } lots { nodes { remaining } } } }', ['run']],
  [
    '{ accounts { nodes { id } edges { cursor node { __typename id } } pageInfo { endCursor } } }',
    ['accounts'],
  ],
  ['{ accounts { nodes { id } edges { node { points } } } }', ['accounts', 'run']],
  ['{ account { history(first: 0) { pageInfo { hasNextPage } } } }', ['run']],
  ['{ account { history { nodes { id } } } }', ['run', 'entries']],
])('%s reads no more from the service than its response needs', async (source, calls) => {
  const service = new WatchedService();
  const api = await filled(service);
  expect((await api.send(source)).errors).toBeUndefined();
  expect(service.calls).toEqual(calls);
});

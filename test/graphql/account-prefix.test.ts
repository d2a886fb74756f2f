import { LedgerApi } from './ledger-api';

const ids = ['a', 'anna', 'anna-2', 'anna-3', 'annb', 'Anna', ' anna', 'b'];
const timestamp = '2020-01-01T00:00:00Z';

async function filled(): Promise<LedgerApi> {
  const api = new LedgerApi();
  const transactions = ids.map((accountId) => ({ accountId, payer: 'A', points: 1, timestamp }));
  const query =
    'mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) { __typename } }';
  await api.ask(query, { input: { transactions } });
  return api;
}

const query = `query ($startsWith: String, $first: Int, $last: Int, $after: String, $before: String) {
  accounts(startsWith: $startsWith, first: $first, last: $last, after: $after, before: $before) {
    nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

interface Listed {
  readonly accounts: {
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string;
      readonly endCursor: string;
    };
  };
}

async function list(api: LedgerApi, variables: Record<string, unknown>) {
  const { accounts } = (await api.ask(query, variables)).data as unknown as Listed;
  return { ids: accounts.nodes.map(({ id }) => id), ...accounts.pageInfo };
}

test.each([
  ['anna', ['anna', 'anna-2', 'anna-3']],
  ['Ann', ['Anna']],
  [' ', [' anna']],
  ['annc', []],
  ['', ids.toSorted()],
  [null, ids.toSorted()],
])(
  'accounts(startsWith: %j) lists the accounts whose ids start with it',
  async (startsWith, listed) => {
    expect((await list(await filled(), { startsWith })).ids).toEqual(listed);
  },
);

test('a prefix is paged in both directions, and page info counts only its accounts', async () => {
  const api = await filled();
  const startsWith = 'anna';
  const first = await list(api, { startsWith, first: 2 });
  expect(first).toMatchObject({
    ids: ['anna', 'anna-2'],
    hasNextPage: true,
    hasPreviousPage: false,
  });
  const second = await list(api, { startsWith, first: 2, after: first.endCursor });
  expect(second).toMatchObject({ ids: ['anna-3'], hasNextPage: false, hasPreviousPage: true });
  const back = await list(api, { startsWith, last: 2, before: second.startCursor });
  expect(back).toMatchObject({ ids: first.ids, hasNextPage: true, hasPreviousPage: false });
  const { endCursor } = await list(api, { startsWith: 'a', first: 1 });
  const outside = await list(api, { startsWith, after: endCursor });
  expect(outside).toMatchObject({ hasPreviousPage: false, hasNextPage: false });
});

test.each([
  ['x'.repeat(256), 'startsWith has 256 characters'],
  ['a\u0000', 'startsWith has a control character'],
  ['a\ud800', 'startsWith has half of a surrogate pair'],
])('a prefix that no id can start with is refused: %j', async (startsWith, message) => {
  const { errors } = await (await filled()).ask(query, { startsWith });
  expect(errors).toMatchObject([
    { message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});

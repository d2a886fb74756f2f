import { dailyGrants, LedgerApi } from './ledger-api';

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: object }[];
  readonly nodes: readonly object[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

interface Connection {
  readonly name: string;
  readonly node: string;
  /** What the whole connection holds, in order. */
  readonly nodes: readonly object[];
  /** The field of a page, from the root. */
  readonly queryOf: (args: string, selection: string) => string;
  readonly pick: (data: unknown) => Page;
}

const count = 47;
const numbers = Array.from({ length: count }, (_, at) => at + 1);
const accountIds = numbers.map((number) => `a${String(number).padStart(2, '0')}`);

type OfAccount = { account: Record<string, Page> };

const connections: Connection[] = [
  {
    name: 'lots',
    node: 'remaining transaction { sequence }',
    nodes: numbers.map((sequence) => ({ remaining: 10, transaction: { sequence } })),
    queryOf: (args, selection) => `{ account { lots${args} ${selection} } }`,
    pick: (data) => (data as OfAccount).account.lots as Page,
  },
  {
    name: 'history',
    node: 'sequence',
    nodes: numbers.map((number) => ({ sequence: count + 1 - number })),
    queryOf: (args, selection) => `{ account { history${args} ${selection} } }`,
    pick: (data) => (data as OfAccount).account.history as Page,
  },
  {
    name: 'accounts',
    node: 'id',
    nodes: accountIds.map((id) => ({ id })),
    queryOf: (args, selection) => `{ accounts${args} ${selection} }`,
    pick: (data) => (data as { accounts: Page }).accounts,
  },
];

async function filled({ name }: Connection): Promise<LedgerApi> {
  const api = new LedgerApi();
  const transactions =
    name === 'accounts'
      ? [...accountIds].reverse().flatMap((accountId) => dailyGrants(1, accountId))
      : dailyGrants(count);
  await api.send(
    'mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) { __typename } }',
    { input: { transactions } },
  );
  return api;
}

describe.each(connections)('$name', (connection) => {
  let api: LedgerApi;
  const selection = `{
    edges { cursor node { ${connection.node} } }
    nodes { ${connection.node} }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }`;
  const page = async (args: string): Promise<Page> => {
    const { data, errors } = await api.send(connection.queryOf(args, selection));
    expect(errors).toBeUndefined();
    return connection.pick(data);
  };

  beforeAll(async () => {
    api = await filled(connection);
  });

  test('neither first nor last returns 20 from the start', async () => {
    expect((await page('')).nodes).toEqual(connection.nodes.slice(0, 20));
  });

  test('nodes equal those of edges, and page info has the cursors of the first and the last', async () => {
    const { edges, nodes, pageInfo } = await page('(first: 3)');
    expect(edges.map(({ node }) => node)).toEqual(nodes);
    expect(pageInfo.startCursor).toBe(edges[0]?.cursor);
    expect(pageInfo.endCursor).toBe(edges[2]?.cursor);
    expect(new Set(edges.map(({ cursor }) => cursor)).size).toBe(3);
  });

  test('pages forward meet every node once, in order', async () => {
    const met: object[] = [];
    let after: string | null = null;
    for (let at = 0; ; at++) {
      const { nodes, pageInfo } = await page(
        after === null ? '(first: 10)' : `(first: 10, after: "${after}")`,
      );
      met.push(...nodes);
      expect(pageInfo.hasPreviousPage).toBe(at > 0);
      expect(pageInfo.hasNextPage).toBe(met.length < count);
      after = pageInfo.endCursor;
      if (!pageInfo.hasNextPage) break;
    }
    expect(met).toEqual(connection.nodes);
  });

  test('pages backward meet every node once, each page in the order of the connection', async () => {
    const met: object[] = [];
    let before: string | null = null;
    for (let at = 0; ; at++) {
      const { nodes, pageInfo } = await page(
        before === null ? '(last: 10)' : `(last: 10, before: "${before}")`,
      );
      met.unshift(...nodes);
      expect(pageInfo.hasNextPage).toBe(at > 0);
      expect(pageInfo.hasPreviousPage).toBe(met.length < count);
      before = pageInfo.startCursor;
      if (!pageInfo.hasPreviousPage) break;
    }
    expect(met).toEqual(connection.nodes);
  });

  test('after and before together bound a page', async () => {
    const { edges } = await page('(first: 10)');
    const bounds = `after: "${edges[1]?.cursor}", before: "${edges[6]?.cursor}"`;
    const inner = connection.nodes.slice(2, 6);
    expect(await page(`(${bounds})`)).toMatchObject({
      nodes: inner,
      pageInfo: { hasNextPage: true, hasPreviousPage: true },
    });
    expect((await page(`(last: 2, ${bounds})`)).nodes).toEqual(inner.slice(2));
  });

  test('an empty page has no cursors and reports the pages before and after it', async () => {
    const empty = { edges: [], nodes: [] };
    const noCursors = { startCursor: null, endCursor: null };
    const end = (await page('(last: 1)')).pageInfo.endCursor;
    expect(await page('(first: 0)')).toEqual({
      ...empty,
      pageInfo: { ...noCursors, hasNextPage: true, hasPreviousPage: false },
    });
    expect(await page(`(first: 5, after: "${end}")`)).toEqual({
      ...empty,
      pageInfo: { ...noCursors, hasNextPage: false, hasPreviousPage: true },
    });
  });

  test.each(['(first: 1, last: 1)', '(first: -1)', '(last: 101)', '(after: "x")', '(before: "")'])(
    '%s is BAD_USER_INPUT at the field',
    async (args) => {
      const { errors } = await api.send(connection.queryOf(args, '{ nodes { __typename } }'));
      const path = connection.name === 'accounts' ? ['accounts'] : ['account', connection.name];
      expect(errors).toMatchObject([{ path, extensions: { code: 'BAD_USER_INPUT' } }]);
    },
  );

  test('a cursor of another connection is BAD_USER_INPUT', async () => {
    for (const other of connections.filter(({ name }) => name !== connection.name)) {
      const cursors = await filled(other);
      const { data } = await cursors.send(other.queryOf('(first: 1)', '{ edges { cursor } }'));
      const args = `(after: "${other.pick(data).edges[0]?.cursor}")`;
      const { errors } = await api.send(connection.queryOf(args, '{ nodes { __typename } }'));
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(errors?.[0]?.message).toContain(`not a cursor of ${connection.name}`);
    }
  });
});

test("another account's cursor is BAD_USER_INPUT", async () => {
  const api = new LedgerApi();
  for (const accountId of ['a', 'b']) {
    await api.send(
      'mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) { __typename } }',
      { input: { transactions: dailyGrants(2, accountId) } },
    );
  }
  for (const name of ['lots', 'history']) {
    const { data } = await api.send(
      `{ account(id: "a") { ${name}(first: 1) { edges { cursor } } } }`,
    );
    const cursor = (data as OfAccount).account[name]?.edges[0]?.cursor;
    const { errors } = await api.send(
      `{ account(id: "b") { ${name}(after: "${cursor}") { nodes { __typename } } } }`,
    );
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(errors?.[0]?.message).toContain(`another account's ${name}`);
  }
});

test('a cursor stays valid when its lot is spent', async () => {
  const api = await filled(connections[0] as Connection);
  const lots = (args: string) =>
    `account { lots(${args}) { edges { cursor } nodes { transaction { sequence } } } }`;
  const { data } = await api.send(`{ ${lots('first: 3')} }`);
  const cursor = (data as OfAccount).account.lots?.edges[1]?.cursor;
  await api.send('mutation { spendPoints(input: { points: 20 }) { replayed } }');
  const { data: later } = await api.send(`{ ${lots(`first: 1, after: "${cursor}"`)} }`);
  expect((later as OfAccount).account.lots?.nodes).toEqual([{ transaction: { sequence: 3 } }]);
});

import { limits } from '../../src/config';
import { type LedgerServer, startLedger } from '../support/ledger-server';

let server: LedgerServer;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());

const timestamp = '2020-11-02T14:00:00Z';
const json = { 'content-type': 'application/json' };
const preflight = { 'apollo-require-preflight': '1' };

interface HttpResult {
  readonly status: number;
  /** The content type of the body. */
  readonly type: string | null;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly {
      readonly message: string;
      readonly extensions: { readonly code: string };
    }[];
  };
}

async function read(response: Response): Promise<HttpResult> {
  const { status, headers } = response;
  const body = (await response.json()) as HttpResult['body'];
  return { status, type: headers.get('content-type'), body };
}

const post = async (body: string, headers: Record<string, string> = json) =>
  read(await fetch(server.endpoint, { method: 'POST', headers, body }));
const ask = (query: string, variables?: object, headers?: Record<string, string>) =>
  post(JSON.stringify({ query, variables }), { ...json, ...headers });
const get = async (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  read(await fetch(`${server.endpoint}?${new URLSearchParams(parameters)}`, { headers }));

const adding = (accountId: string) =>
  `addTransaction(input: { accountId: "${accountId}", payer: "A", points: 1, timestamp: "${timestamp}" }) { replayed errors { code } }`;
const done = { replayed: false, errors: [] };
const many = (count: number, accountId: string) =>
  `mutation { ${Array.from({ length: count }, (_, index) => `m${index}: ${adding(accountId)}`).join(' ')} }`;

async function pointsOf(accountId: string): Promise<unknown> {
  const { body } = await ask('query ($id: ID!) { account(id: $id) { points } }', { id: accountId });
  return (body.data?.account as { points: number } | null)?.points ?? null;
}

test('a POST of JSON is sufficient', async () => {
  expect(await ask(`mutation { ${adding('posted')} }`)).toMatchObject({
    status: 200,
    body: { data: { addTransaction: done } },
  });
  expect(await pointsOf('posted')).toBe(1);
});

describe('GET', () => {
  const query =
    'query Points($id: ID!) { account(id: $id) { id } balances(accountId: $id) { points } }';

  test('executes queries with variables if a header proves that no foreign page sent it', async () => {
    const parameters = { query, variables: '{"id":"nobody"}', operationName: 'Points' };
    expect(await get(parameters, preflight)).toMatchObject({
      status: 200,
      body: { data: { account: null, balances: [] } },
    });
    expect(await get(parameters)).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    });
  });

  test('never changes anything', async () => {
    const { status } = await get({ query: `mutation { ${adding('got')} }` }, preflight);
    expect(status).toBe(405);
    expect(await pointsOf('got')).toBeNull();
  });
});

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  '',
])('a foreign page cannot send a mutation as %p', async (type) => {
  const body = JSON.stringify({ query: `mutation { ${adding('forged')} }` });
  const blob = new Blob([body], { type });
  const { status } = await fetch(server.endpoint, { method: 'POST', body: blob });
  expect([400, 415]).toContain(status);
  expect(await pointsOf('forged')).toBeNull();
});

test('20 mutations in one document are done one after another; 60 are refused, and none is done', async () => {
  const twenty = await ask(many(20, 'twenty'));
  expect(Object.values(twenty.body.data ?? {})).toEqual(Array(20).fill(done));
  expect(await pointsOf('twenty')).toBe(20);
  expect(await ask(many(60, 'sixty'))).toMatchObject({
    status: 400,
    body: { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
  });
  expect(await pointsOf('sixty')).toBeNull();
});

describe('a bulk', () => {
  const bulk =
    'mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) { results { replayed errors { code } } } }';
  const longest = (row: number) => ({
    accountId: 'é'.repeat(255),
    payer: '€'.repeat(255),
    points: 1,
    timestamp,
    reference: '漢'.repeat(255),
    idempotencyKey: `${row}`.padEnd(255, '字'),
  });
  const rows = (count: number) => Array.from({ length: count }, (_, row) => longest(row));

  test('of 1,000 rows with every text at its longest fits into a body', async () => {
    const { status, body } = await ask(bulk, { input: { transactions: rows(1_000) } });
    expect(status).toBe(200);
    expect(body.data).toEqual({ addTransactions: { results: Array(1_000).fill(done) } });
    expect(await pointsOf('é'.repeat(255))).toBe(1_000);
  });

  test('that is larger than the limit of a body is refused as a whole, with the reason', async () => {
    const note = 'x'.repeat(limits.bodyBytesMax);
    expect(await ask(bulk, { input: { transactions: [] }, note })).toMatchObject({
      status: 413,
      body: { errors: [{ message: 'The body is larger than 4194304 bytes. Send less at once.' }] },
    });
  });
});

describe('the status of a refused request', () => {
  const bad = ['query ($id: ID!) { account(id: $id) { id } }', {}] as const;
  const refusal = { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] };

  test.each([
    ['application/graphql-response+json', 400, 'application/graphql-response+json; charset=utf-8'],
    [
      'application/graphql-response+json,application/json;q=0.9',
      400,
      'application/graphql-response+json; charset=utf-8',
    ],
    ['application/json', 200, 'application/json; charset=utf-8'],
    ['*/*', 400, 'application/json; charset=utf-8'],
  ])('that accepts %s is %i', async (accept, status, type) => {
    expect(await ask(...bad, { accept })).toMatchObject({ status, type, body: refusal });
  });

  test('that accepts no JSON is 406', async () => {
    expect((await ask('{ __typename }', {}, { accept: 'text/html' })).status).toBe(406);
  });
});

test('numbers come as JSON numbers and names as they were given, however they look', async () => {
  const points = Number.MAX_SAFE_INTEGER;
  const accountId = 'numbers';
  const payer = '__proto__';
  const input = { accountId, payer, points, timestamp: '2020-11-02t15:00:00.250999+01:00' };
  const query =
    'mutation ($input: AddTransactionInput!) { addTransaction(input: $input) { transaction { payer points timestamp } } }';
  const { body } = await ask(query, { input });
  expect(body.data).toEqual({
    addTransaction: { transaction: { payer, points, timestamp: '2020-11-02T14:00:00.250Z' } },
  });
});

interface HttpResult {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly messages: readonly string[];
}

export async function readResult(response: Response): Promise<HttpResult> {
  const { data, errors = [] } = (await response.json()) as {
    data?: Record<string, unknown>;
    errors?: { message: string; extensions: { code: string } }[];
  };
  for (const { extensions } of errors) expect(extensions.code).toMatch(/BAD_USER|VALIDATION|PARSE/);
  return { status: response.status, data, messages: errors.map(({ message }) => message) };
}

/** @param variables as text, since numbers would lose their digits in an object. */
export async function postTo(
  endpoint: string,
  query: string,
  variables = '{}',
  accept = '*/*',
  more = '',
): Promise<HttpResult> {
  const body = `{"query":${JSON.stringify(query)},"variables":${variables}${more}}`;
  const headers = { 'content-type': 'application/json', accept };
  return readResult(await fetch(endpoint, { method: 'POST', headers, body }));
}

export async function getFrom(
  endpoint: string,
  query: string,
  variables: string,
): Promise<HttpResult> {
  const search = new URLSearchParams({ query, variables });
  const headers = { 'apollo-require-preflight': '1' };
  return readResult(await fetch(`${endpoint}?${search}`, { headers }));
}

export const addOne = `mutation AddOne($input: AddTransactionInput!) {
  addTransaction(input: $input) { transaction { accountId points } errors { message } }
}`;
export const addMany = `mutation AddMany($input: AddTransactionsInput!) {
  addTransactions(input: $input) { results { transaction { accountId points } } }
}`;
export const balances = 'query Balances($id: ID!) { balances(accountId: $id) { points } }';
export const preview =
  'query P($input: PreviewSpendInput!) { previewSpend(input: $input) { __typename } }';
export const page = 'query Page($first: Int) { accounts(first: $first) { nodes { id } } }';
export const watch =
  'subscription Watch($id: ID!) { accountChanged(accountId: $id) { __typename } }';

export const row = (accountId: string, points: string) =>
  `{"accountId":${accountId},"payer":"P","points":${points},"timestamp":"2020-01-01T00:00:00Z"}`;

/** Sends each request twice: the second time the document is known and takes the fast path. */
export async function twice(ask: () => Promise<HttpResult>): Promise<HttpResult> {
  const first = await ask();
  expect(await ask()).toEqual(first);
  return first;
}

/** Executes an operation over HTTP. Rejects if the response has errors. */
export async function ask<Data>(
  endpoint: string,
  query: string,
  variables: object = {},
): Promise<Data> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

interface State {
  readonly points: number;
  readonly balances: readonly { readonly payer: string; readonly points: number }[];
}

/** Returns the state of an account; null if it is unknown. */
export async function stateOf(endpoint: string, id = 'default'): Promise<State | null> {
  const query = 'query ($id: ID!) { account(id: $id) { points balances { payer points } } }';
  return (await ask<{ account: State | null }>(endpoint, query, { id })).account;
}

const addAll = `mutation ($rows: [AddTransactionInput!]!) {
  addTransactions(input: { transactions: $rows }) { results { errors { message } } }
}`;
const spend = `mutation ($input: SpendPointsInput!) {
  spendPoints(input: $input) { replayed spend { id } errors { message } }
}`;

export async function spendPoints(endpoint: string, input: object): Promise<unknown> {
  return (await ask<{ spendPoints: unknown }>(endpoint, spend, { input })).spendPoints;
}

/** Adds several accounts with all that an entry may hold, and one with a snapshot. */
export async function fillLedger(endpoint: string): Promise<void> {
  const day = (number: number) => `2020-11-${String(number).padStart(2, '0')}T14:00:00.5Z`;
  // U+10000 follows U+E000 by code point, and precedes it by UTF-16.
  const ids = ['default', '\u{e000}', '\u{10000}', '__proto__', 'with "quotes", and commas', 'é'];
  const rows = ids.flatMap((accountId, at) => [
    { accountId, payer: 'DANNON', points: 300, timestamp: day(3), reference: 'order, "7"' },
    { accountId, payer: 'MILLER COORS', points: 200, timestamp: day(1), idempotencyKey: `k${at}` },
    { accountId, payer: 'DANNON', points: -100, timestamp: day(2) },
  ]);
  await ask(endpoint, addAll, { rows });
  for (const accountId of ids) {
    await spendPoints(endpoint, { accountId, points: 250, reference: 'r', idempotencyKey: 's' });
  }
  const many = Array.from({ length: 400 }, (_unused, at) => ({
    accountId: 'many',
    payer: `P${at % 3}`,
    points: 1 + (at % 5),
    timestamp: day(1 + (at % 28)),
  }));
  await ask(endpoint, addAll, { rows: many });
  // Few lots remain, so that a snapshot is stored.
  await spendPoints(endpoint, { accountId: 'many', points: 1_100 });
  await spendPoints(endpoint, { accountId: 'many', points: 10 });
}

import { bucketHeader, bucketOf } from '../../src/client/bucket';
import { groupBy } from '../../test/faults/group-by';
import type { BenchDatabase } from '../postgres/database';

const addTransactions = `mutation ($input: AddTransactionsInput!) {
  addTransactions(input: $input) { results { errors { code } } }
}`;

/**
 * Adds to each account once, through the load balancer and with the bucket: each account is then in
 * the memory of the server that gets its hashed requests.
 */
export async function touchAccounts(port: number, accounts: number): Promise<void> {
  const ids = Array.from({ length: accounts }, (_, index) => `account-${index}`);
  for (const [bucket, accountIds] of groupBy(ids, bucketOf))
    await addToEach(port, bucket, accountIds);
}

/** @param accountIds of one bucket; one bulk call takes them all. */
async function addToEach(port: number, bucket: number, accountIds: readonly string[]) {
  const transactions = accountIds.map((accountId) => ({
    accountId,
    payer: 'payer 0',
    points: 1,
    timestamp: '2020-01-01T00:00:00Z',
  }));
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [bucketHeader]: String(bucket) },
    body: JSON.stringify({ query: addTransactions, variables: { input: { transactions } } }),
  });
  const text = await response.text();
  if (!response.ok || text.includes('"code"')) throw new Error(`Not added: ${text}`);
}

/** Does the same in the tables of the reference. */
export async function touchReferenceAccounts(
  database: BenchDatabase,
  name: string,
  accounts: number,
): Promise<void> {
  const ids = `SELECT 'account-' || n AS id FROM generate_series(0, ${accounts - 1}) AS n`;
  await database.query(name, `INSERT INTO account (id, points) SELECT id, 1 FROM (${ids}) AS a`);
  await database.query(
    name,
    `INSERT INTO payer_balance (account_id, payer, points)
     SELECT id, 'payer 0', 1 FROM (${ids}) AS a`,
  );
}

import type { BenchDatabase } from '../postgres/database';

const rowsPerBulk = 1_000;

const addTransactions = `mutation ($input: AddTransactionsInput!) {
  addTransactions(input: $input) { results { errors { code } } }
}`;

/** Adds to each account once, through one server of the ledger. */
export async function touchAccounts(port: number, accounts: number): Promise<void> {
  for (let from = 0; from < accounts; from += rowsPerBulk) {
    const count = Math.min(rowsPerBulk, accounts - from);
    const transactions = Array.from({ length: count }, (_, index) => ({
      accountId: `account-${from + index}`,
      payer: 'payer 0',
      points: 1,
      timestamp: '2020-01-01T00:00:00Z',
    }));
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: addTransactions, variables: { input: { transactions } } }),
    });
    const text = await response.text();
    if (!response.ok || text.includes('"code"')) throw new Error(`Not added: ${text}`);
  }
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

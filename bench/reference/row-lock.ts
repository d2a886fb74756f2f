import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Pool, type PoolClient } from 'pg';

/**
 * The usual implementation: node:http and pg, JSON without GraphQL, one transaction per request
 * with a lock on the account's row. Durable, and never below zero; it only adds, so it does less
 * than the ledger. Its statements are prepared once per connection, and its pool has the size with
 * which it was fastest.
 */
const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.POOL_SIZE ?? 16),
});

interface Input {
  readonly accountId: string;
  readonly payer: string;
  readonly points: number;
  readonly timestamp: string;
}

const prepared = (name: string, text: string) => (values: unknown[]) => ({ name, text, values });

const openAccount = prepared(
  'open',
  'INSERT INTO account (id, points) VALUES ($1, 0) ON CONFLICT DO NOTHING',
);
const lockAccount = prepared('lock', 'SELECT points FROM account WHERE id = $1 FOR UPDATE');
const insertRow = prepared(
  'insert',
  `INSERT INTO transaction (id, account_id, payer, points, timestamp, recorded_at)
   VALUES ($1, $2, $3, $4, $5, now())`,
);
const updateBalance = prepared(
  'balance',
  `INSERT INTO payer_balance (account_id, payer, points) VALUES ($1, $2, $3)
   ON CONFLICT (account_id, payer) DO UPDATE SET points = payer_balance.points + excluded.points
   RETURNING points`,
);
const updateAccount = prepared(
  'account',
  'UPDATE account SET points = points + $2 WHERE id = $1 RETURNING points',
);

void main();

async function main(): Promise<void> {
  await makeTables();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { variables } = JSON.parse(Buffer.concat(chunks).toString());
      const body = JSON.stringify({ data: await add(variables.input) });
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
    });
  });
  server.listen(Number(process.env.PORT), '127.0.0.1', () => process.send!('ready'));
}

async function add(input: Input): Promise<object> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const response = await addWithin(client, input);
    await client.query('COMMIT');
    return response;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

async function addWithin(client: PoolClient, input: Input): Promise<object> {
  const { accountId, payer, points, timestamp } = input;
  const id = randomUUID();
  const locked = await client.query(lockAccount([accountId]));
  if (locked.rowCount === 0) {
    await client.query(openAccount([accountId]));
    await client.query(lockAccount([accountId]));
  }
  const { rows } = await client.query(updateBalance([accountId, payer, points]));
  if (Number(rows[0].points) < 0) throw new Error('Not enough points');
  await client.query(insertRow([id, accountId, payer, points, timestamp]));
  const account = await client.query(updateAccount([accountId, points]));
  return { addTransaction: { transaction: { id }, account: account.rows[0] } };
}

/** Makes the tables; several servers may do so at once. */
async function makeTables(): Promise<void> {
  const client = await pool.connect();
  await client.query(`
    BEGIN;
    SELECT pg_advisory_xact_lock(1);
    CREATE TABLE IF NOT EXISTS account (id text PRIMARY KEY, points bigint NOT NULL);
    CREATE TABLE IF NOT EXISTS payer_balance (
      account_id text, payer text, points bigint NOT NULL, PRIMARY KEY (account_id, payer)
    );
    CREATE TABLE IF NOT EXISTS transaction (
      id uuid PRIMARY KEY, account_id text NOT NULL, payer text NOT NULL, points bigint NOT NULL,
      timestamp timestamptz NOT NULL, recorded_at timestamptz NOT NULL
    );
    CREATE INDEX IF NOT EXISTS transaction_account ON transaction (account_id, timestamp);
    COMMIT`);
  client.release();
}

import type { Client } from 'pg';
import { planCatchUp } from '../../../src/journal/postgres/catch-up';
import { dueStatements } from '../../../src/journal/postgres/due';
import { entriesStatement, newestNamingStatement } from '../../../src/journal/postgres/read';
import { planOf } from './plan-of';
import { useFilledTables } from './with-tables';

const client = useFilledTables(fill);
const entries = 100_000;

/** Fills accounts with dated grants, reversals and lapse rows; `long` has a tenth of them. */
async function fill(client: Client): Promise<void> {
  await client.query('ALTER TABLE entry SET (autovacuum_enabled = false)');
  await client.query('ALTER TABLE lapse_row SET (autovacuum_enabled = false)');
  const account = "CASE WHEN n % 10 = 0 THEN 'long' ELSE 'short ' || n % 900 END";
  const parts = `(SELECT json_agg(json_build_object('sequence', lot, 'expiresAt', 9))
    FROM generate_series(1, 10000) AS lot)`;
  const columns =
    'account_id, sequence, id, format, kind, points, recorded_at, digest, payer, timestamp';
  await client.query(`
    INSERT INTO entry (${columns}, expires_at, available_from, target_sequence)
    SELECT ${account}, 2 + n, 'e' || n, 2,
      CASE WHEN n % 3 = 0 THEN 'transactionReversal' ELSE 'transaction' END, 1, 1, 'd', 'P', 1,
      n % 5000, n % 7000, CASE WHEN n % 3 = 0 THEN 1 END
    FROM generate_series(0, ${entries - 1}) AS n`);
  await client.query(`
    INSERT INTO entry (${columns}, allocations)
    SELECT account_id, 1, account_id, 2, 'spend', 1, 1, 'd', NULL, NULL,
      CASE WHEN account_id = 'long' THEN ${parts} ELSE '[{"sequence":5,"expiresAt":9}]'::json END
    FROM (SELECT DISTINCT account_id FROM entry) AS account`);
  await client.query(`
    INSERT INTO lapse_row (account_id, sequence, number, kind, at, lot_sequence, expired_total)
    SELECT ${account}, 2 + n, 1, 'expiry', 1, 1 + n % 10000, 1
    FROM generate_series(0, ${entries - 1}) AS n`);
}

describe.each(['without', 'with'])('%s statistics of the tables', (statistics) => {
  beforeAll(async () => {
    if (statistics === 'with') await client().query('ANALYZE');
  });

  test('targets, newest entries and due dates are found by index', async () => {
    for (const count of [1, 64, 800]) {
      const asked = Array.from({ length: count }, (_, index) => ({
        accountId: index === 0 ? 'long' : `short ${index}`,
        known: { sequence: 50, id: '' },
        keys: [],
        targets: [1, 7],
      }));
      const places = asked.map(({ accountId }) => ({ accountId, sequence: 1 }));
      const statements = planCatchUp(asked, 10).statements.slice(1);
      expect(statements).toHaveLength(3);
      for (const statement of [...statements, newestNamingStatement(places)]) {
        const plan = await planOf(client(), statement);
        expect(plan).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
        // Who reads the long history to throw it away says so here.
        expect(plan).not.toMatch(/Rows Removed by (Join )?Filter: \d{4}/);
      }
      const [, newest, totals] = statements;
      expect(await planOf(client(), newest!)).toMatch(/Index Scan.* using entry_target/);
      expect(await planOf(client(), totals!)).toMatch(/Index (Only )?Scan.* using lapse_row_lot/);
    }
  });

  test('a page of what names an entry is found by index', async () => {
    for (const order of ['ascending', 'descending'] as const) {
      const range = { accountId: 'long', naming: 1, from: 2, to: 1_000_000, limit: 51 };
      const plan = await planOf(client(), entriesStatement({ ...range, order }));
      for (const index of ['entry_target', 'lapse_row_lot', 'lapse_row_hold']) {
        expect(plan).toContain(index);
      }
      expect(plan).not.toMatch(/Seq Scan|Rows Removed|loops=[1-9]\d{3}/);
      for (const [, read] of plan.matchAll(/actual rows=([\d.]+)/g)) {
        expect(Number(read)).toBeLessThanOrEqual(3 * 51);
      }
    }
  });

  test('a page of due dates reads no more than its places', async () => {
    for (const after of [null, { at: 2_000, accountId: 'short 5' }]) {
      for (const statement of dueStatements({ after, until: 4_000, limit: 100 })) {
        const { rows } = await client().query(
          `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${statement.text}`,
          [...statement.values!],
        );
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan).toMatch(/Index (Only )?Scan using entry_(expires_at|available_from)/);
        expect(plan).not.toMatch(/Seq Scan|Sort/);
        for (const [, read] of plan.matchAll(/on entry.*actual rows=([\d.]+)/g)) {
          expect(Number(read)).toBeLessThan(4_000);
        }
      }
    }
  });
});

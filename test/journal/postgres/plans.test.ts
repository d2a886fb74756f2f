import type { Client } from 'pg';
import { planCatchUp } from '../../../src/journal/postgres/catch-up';
import {
  accountsStatement,
  entriesAtStatement,
  idsAtStatement,
} from '../../../src/journal/postgres/read';
import { planOf } from './plan-of';
import { useTables, withAndWithoutStatistics } from './with-tables';

const withTables = useTables();

const accounts = 900;
const entriesMax = 100;

/** The requests of a batch: one account with a long history and many with short ones. */
function requests(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    accountId: index === 0 ? 'long' : `short ${index}`,
    known: index % 3 === 2 ? null : { sequence: index === 0 ? 99_999 : 50, id: '' },
    keys: ['k1', `k${index}`],
  }));
}

/** The columns of the second version; the last one is the digest. */
const later = "NULL, NULL, NULL, NULL, NULL, NULL, ''";

async function fill(client: Client): Promise<void> {
  await client.query('ALTER TABLE entry SET (autovacuum_enabled = false)');
  const rest = `1, 'transaction', 'P', 1, 1, 1, NULL, 'k' || n, NULL, ${later} FROM generate_series`;
  await client.query(`INSERT INTO entry SELECT 'long', n, 'e' || n, ${rest}(1, 100000) AS n`);
  await client.query(
    `INSERT INTO entry SELECT 'short ' || n % ${accounts}, 1 + n / ${accounts}, 'f' || n, ${rest}(0, 49999) AS n`,
  );
}

test('reads use an index per account, with and without statistics', () =>
  withTables(async (client) => {
    await fill(client);
    await withAndWithoutStatistics(client, async () => {
      for (const count of [1, 64, accounts]) {
        const asked = requests(count);
        const places = asked.map(({ accountId }) => ({ accountId, sequence: 7 }));
        const statements = [
          ...planCatchUp(asked, entriesMax).statements,
          entriesAtStatement(places),
          idsAtStatement(places),
        ];
        const range = { after: null, before: null, order: 'ascending', limit: 26 } as const;
        const prefixPlan = await planOf(client, accountsStatement({ ...range, startsWith: 'lo' }));
        expect(prefixPlan).toMatch(/entry_(first|pkey)/);
        expect(prefixPlan).toMatch(/Index Cond: .*>= 'lo'.*< 'lp'/);
        for (const statement of statements) {
          const plan = await planOf(client, statement);
          expect(plan).toMatch(/entry_pkey|entry_idempotency_key|snapshot_pkey/);
          expect(plan).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
          // Who reads the long history to throw it away says so here.
          expect(plan).not.toMatch(/Rows Removed by (Join )?Filter: \d{4}/);
        }
      }
    });
  }));

test('accounts that are not cached are found one by one, also right after an empty start', () =>
  withTables(async (client) => {
    await client.query('ALTER TABLE entry SET (autovacuum_enabled = false)');
    const rest = `1, 'e' || n, 1, 'transaction', 'P', 1, 1, 1, NULL, NULL, NULL, ${later}`;
    await client.query(
      `INSERT INTO entry SELECT 'new ' || n, ${rest} FROM generate_series(1, 3000) AS n`,
    );
    const asked = Array.from({ length: 2_000 }, (_, index) => ({
      accountId: `new ${index}`,
      known: null,
      keys: [],
    }));
    for (const statement of planCatchUp(asked, entriesMax).statements) {
      const plan = await planOf(client, statement);
      expect(plan).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
      expect(plan).not.toMatch(/Rows Removed by (Join )?Filter: \d{4}/);
    }
  }));

test('new accounts are found one by one when the statistics come from few accounts with snapshots', () =>
  withTables(async (client) => {
    for (const table of ['entry', 'snapshot']) {
      await client.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
    }
    const rest = `1, 'transaction', 'P', 1, 1, 1, NULL, NULL, NULL, ${later} FROM generate_series`;
    await client.query(
      `INSERT INTO entry SELECT 'old ' || n % 10, 1 + n / 10, 'e' || n, ${rest}(0, 99999) AS n`,
    );
    await client.query(
      "INSERT INTO snapshot SELECT 'old ' || n, 's', 9990, 'e', 1 FROM generate_series(0, 9) AS n",
    );
    await client.query('ANALYZE');
    const asked = Array.from({ length: 900 }, (_, index) => ({
      accountId: index < 10 ? `old ${index}` : `new ${index}`,
      known: null,
      keys: [],
    }));
    for (const statement of planCatchUp(asked, 11).statements) {
      const plan = await planOf(client, statement);
      // The ten snapshots may be compared with all requested accounts; the entries may not.
      expect(plan).not.toMatch(/Rows Removed by (Join )?Filter: \d{5}/);
      // Of the 100,000 entries, no part of the plan reads more than the old accounts' first ones.
      for (const [, rows] of plan.matchAll(/on entry.*actual rows=([\d.]+)/g)) {
        expect(Number(rows)).toBeLessThan(1_000);
      }
    }
  }));

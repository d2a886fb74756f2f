import { postgresViews } from '../../../src/journal/postgres/view-dialect';
import { viewsOf } from '../../../src/journal/views/views';
import { isExhaustive } from '../../model/runs';
import { beginning, run, spend } from '../entries';
import { type StoreKind, storeKinds, useViewStore, type ViewStore } from './store';

const otherEntries = isExhaustive ? 1_000_000 : 100_000;

/** A table of numbers from 0. */
const numbers: Record<StoreKind, string> = {
  SQLite: `(
    WITH RECURSIVE number (value) AS (
      SELECT 0 UNION ALL SELECT value + 1 FROM number WHERE value < ${otherEntries - 1}
    )
    SELECT value FROM number
  )`,
  PostgreSQL: `generate_series(0, ${otherEntries - 1}) AS number (value)`,
};

/** Inserts a hundred entries of each of many members. */
function fill(kind: StoreKind): string {
  return `
    INSERT INTO entry
      (account_id, sequence, id, format, kind, payer, points, timestamp, recorded_at, digest)
    SELECT
      'other ' || (value / 100), value % 100 + 1, 'other ' || value,
      1, 'transaction', 'A', 1, value, value, ''
    FROM ${numbers[kind]}
  `;
}

const questions = [
  "SELECT * FROM balance WHERE account_id = 'mine'",
  "SELECT * FROM open_lot WHERE account_id = 'mine'",
  "SELECT * FROM allocation WHERE account_id = 'mine'",
  "SELECT * FROM pending_lot WHERE account_id = 'mine'",
  "SELECT * FROM hold WHERE account_id = 'mine'",
  "SELECT * FROM movement WHERE account_id = 'mine'",
  "SELECT * FROM lapse WHERE account_id = 'mine'",
  "SELECT * FROM due WHERE account_id = 'mine' ORDER BY at",
  "SELECT payer, points FROM balance WHERE account_id = 'mine' AND payer = 'DANNON'",
  "SELECT sum(remaining) FROM open_lot WHERE account_id IN ('mine', 'other 5')",
  'SELECT * FROM balance ' +
    'JOIN open_lot ON open_lot.account_id = balance.account_id AND open_lot.payer = balance.payer ' +
    "WHERE balance.account_id = 'mine'",
  'SELECT lot.reference, allocation.points FROM allocation JOIN entry AS lot ' +
    'ON lot.account_id = allocation.account_id AND lot.sequence = allocation.lot_sequence ' +
    "WHERE allocation.account_id = 'mine'",
];

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** Returns how a statement accesses the rows of the table, one text per access. */
const accessesOf: Record<StoreKind, (store: ViewStore, statement: string) => Promise<string[]>> = {
  async SQLite(store, statement) {
    const plan = await store.query(`EXPLAIN QUERY PLAN ${statement}`);
    const lines = plan.map(({ detail }) => String(detail));
    return lines.filter((line) =>
      /^(SCAN|SEARCH) (entry|spend|lot|hold|naming|ended|lapse_row)\b/.test(line),
    );
  },
  async PostgreSQL(store, statement) {
    const [row] = await store.query(`EXPLAIN (FORMAT JSON) ${statement}`);
    const [{ Plan }] = row['QUERY PLAN'] as unknown as [{ readonly Plan: PlanNode }];
    return nodesOf(Plan)
      .filter((node) => 'Relation Name' in node && node['Node Type'] !== 'Bitmap Heap Scan')
      .concat(nodesOf(Plan).filter((node) => node['Node Type'] === 'Bitmap Index Scan'))
      .map((node) => `${node['Node Type']}: ${node['Index Cond']}`);
  },
};

const byAccount: Record<StoreKind, RegExp> = {
  SQLite:
    /^SEARCH \w+ USING (PRIMARY KEY|INDEX sqlite_autoindex_entry_1|(COVERING )?INDEX \w+) \(account_id=\?/,
  PostgreSQL: /^(Bitmap )?Index (Only )?Scan: \(+account_id = /,
};

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

describe.each(storeKinds())(`%s: among ${otherEntries} other entries, an account is`, (kind) => {
  const store = useViewStore(kind);

  async function expectByAccount(statement: string): Promise<void> {
    const accesses = await accessesOf[kind](store(), statement);
    expect(accesses.length).toBeGreaterThan(0);
    for (const access of accesses) expect(access).toMatch(byAccount[kind]);
  }

  beforeAll(async () => {
    await store().journal.append([beginning(...run('mine', 1, 3), spend('mine', 4))]);
    await store().write(fill(kind));
    await store().write(`
      INSERT INTO lapse_row (account_id, sequence, number, kind, at)
      SELECT account_id, sequence, 1, 'expiry', 1 FROM entry WHERE sequence <= 10`);
  });

  test.each(questions)('found by its key: %s', expectByAccount);

  test('found by its key with fresh statistics too', async () => {
    await store().write('ANALYZE');
    for (const question of questions) await expectByAccount(question);
  });

  test('distinguished from a scan of the table', async () => {
    await expect(expectByAccount('SELECT * FROM balance')).rejects.toThrow();
    await expect(expectByAccount("SELECT * FROM balance WHERE payer = 'A'")).rejects.toThrow();
  });
});

describe('a table distributed by account can compute the views of PostgreSQL part by part:', () => {
  const store = useViewStore('PostgreSQL');

  const views = viewsOf(postgresViews, 'CREATE OR REPLACE');

  test('grouping and ordering stay within an account', () => {
    const clauses = views.match(/(GROUP|PARTITION) BY \w+/g) ?? [];
    expect(clauses).toHaveLength(6);
    for (const clause of clauses) expect(clause).toMatch(/ BY account_id$/);
  });

  test('its functions in FROM are immutable', async () => {
    const functions = views.match(/(?<=LATERAL )\w+/g) ?? [];
    expect(functions).toEqual(Array(5).fill('json_array_elements'));
    const kinds = `SELECT DISTINCT provolatile FROM pg_proc WHERE proname = '${functions[0]}'`;
    expect(await store().query(kinds)).toEqual([{ provolatile: 'i' }]);
  });

  test('they use nothing that the documentation of Citus advises against', () => {
    expect(views).not.toMatch(/\b(WITH|RECURSIVE|LIMIT|OFFSET|DISTINCT|VALUES|EXISTS)\b/);
    // Of typed columns: the tests on Citus read it.
    expect(views.match(/\bUNION\b.*/g)).toEqual(['UNION ALL']);
    const tables = new Set(views.match(/\bFROM \w+/g));
    expect(tables).toEqual(new Set(['FROM entry', 'FROM lapse_row', 'FROM now']));
  });
});

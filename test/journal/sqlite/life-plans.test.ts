import { SqliteConnection } from '../../../src/journal/sqlite/connection';
import { readDates, readDue, readUnlisted } from '../../../src/journal/sqlite/due';
import { readEntries, readNewestNaming } from '../../../src/journal/sqlite/read';
import { readTargets } from '../../../src/journal/sqlite/targets';
import { useFolder } from './fixture';

const folder = useFolder();

/** Runs a call and returns the plans of the statements that it prepared. */
function plansOf(connection: SqliteConnection, call: (recording: SqliteConnection) => void) {
  const texts = new Set<string>();
  const recording = new Proxy(connection, {
    get(target, name) {
      if (name !== 'statement') return Reflect.get(target, name);
      return (text: string) => {
        texts.add(text);
        return target.statement(text);
      };
    },
  });
  call(recording);
  return [...texts].map((text) => {
    const parameters = [...new Set(text.match(/\?\d+/g) ?? text.match(/\?/g))].map(() => '[]');
    const rows = connection.statement(`EXPLAIN QUERY PLAN ${text}`).all(parameters);
    return (rows as [number, number, number, string][]).map(([, , , detail]) => detail);
  });
}

const numbers = `(WITH RECURSIVE number (value) AS (
  SELECT 0 UNION ALL SELECT value + 1 FROM number WHERE value < 19999
) SELECT value FROM number)`;

test('targets, newest entries and due dates are found by index, with and without statistics', async () => {
  const connection = await SqliteConnection.open(`${folder()}/ledger.db`);
  connection.exec(`
    INSERT INTO entry (account_id, sequence, id, format, kind, payer, points, timestamp,
      recorded_at, digest, expires_at, available_from)
    SELECT 'account ' || (value % 9), 1 + value, value, 2, 'transaction', 'A', 1, 1, 1, 'd', value,
      value
    FROM ${numbers};
    INSERT INTO lapse_row (account_id, sequence, number, kind, at, lot_sequence, expired_total,
      settled_total)
    SELECT 'account ' || (value % 9), 1 + value, 1, 'expiry', 1, 1 + value % 100, 1, 1
    FROM ${numbers};`);
  for (const prepare of ['SELECT 1', 'ANALYZE']) {
    connection.exec(prepare);
    const request = { accountId: 'account 0', known: null, keys: [], targets: [1] };
    const places = [{ accountId: 'account 0', sequence: 1 }];
    const plans = [
      ...plansOf(connection, (each) => readTargets(each, [request])),
      ...plansOf(connection, (each) => readNewestNaming(each, places)),
      ...plansOf(connection, (each) => readDue(each, { after: null, until: 9, limit: 9 })),
    ];
    expect(plans).toHaveLength(5);
    const accesses = plans.flat().filter((line) => /^(SCAN|SEARCH) /.test(line));
    for (const access of accesses.filter(
      (line) => !/ (json_each|place) VIRTUAL TABLE/.test(line),
    )) {
      expect(access).toMatch(/^SEARCH /);
      // By the account, and by more than the account.
      expect(access).toMatch(/\(account_id=\? AND |\(at[,>]/);
    }
    expect(accesses).toContainEqual(expect.stringContaining('INDEX entry_target'));
    expect(accesses).toContainEqual(expect.stringContaining('INDEX lapse_row_lot'));
    expect(accesses).toContainEqual(expect.stringContaining('due_row USING PRIMARY KEY (('));
  }
  connection.close();
});

test('entries whose dates are not listed are found by their rowids', async () => {
  const connection = await SqliteConnection.open(`${folder()}/unlisted.db`);
  connection.exec(`INSERT INTO entry (account_id, sequence, id, format, kind, points, recorded_at,
    digest) VALUES ('a', 1, 'id', 2, 'transaction', 1, 1, '')`);
  const part = { after: 1, last: 2, lastId: '2' };
  const accesses = [
    ...plansOf(connection, (each) => readUnlisted(each, 9, 9)),
    ...plansOf(connection, (each) => readDates(each, part)),
  ].map((plan) => plan.filter((line) => / entry /.test(line)));
  expect(accesses.map((lines) => lines.length)).toEqual([1, 1, 1, 2]);
  for (const access of accesses.flat()) {
    expect(access).toMatch(/^SEARCH entry USING INTEGER PRIMARY KEY \(rowid[=<>]/);
  }
  connection.close();
});

test('what names an entry is found by three indexes, in their order', async () => {
  const connection = await SqliteConnection.open(`${folder()}/naming.db`);
  for (const order of ['ascending', 'descending'] as const) {
    const range = { accountId: 'a', naming: 1, from: 2, to: 99, limit: 9, order };
    const [plan] = plansOf(connection, (each) => readEntries(each, range));
    const accesses = plan!.filter((line) => /^(SCAN|SEARCH) /.test(line)).join('\n');
    expect(accesses).toMatch(/INDEX entry_target \(account_id=\? AND target_sequence=\? AND seq/);
    expect(accesses).toMatch(/INDEX lapse_row_lot \(account_id=\? AND lot_sequence=\? AND seq/);
    expect(accesses).toMatch(/INDEX lapse_row_hold \(account_id=\? AND hold_sequence=\?/);
    expect(accesses).toMatch(/SEARCH entry .*\(account_id=\? AND sequence=\?\)/);
    expect(accesses).not.toContain('SCAN');
  }
  connection.close();
});

import { plainTables } from '../../src/journal/postgres/citus';
import { PostgresConnections } from '../../src/journal/postgres/connections';
import { distributeTables } from '../../src/journal/postgres/distribute';
import { PostgresJournal } from '../../src/journal/postgres/journal';
import { postgresLimits } from '../../src/journal/postgres/limits';
import { migrations } from '../../src/journal/postgres/migrations';
import { points } from '../cli/points';
import { useClusterServers } from '../cluster/cluster-servers';
import { LedgerClient } from '../faults/ledger-client';
import { beginning, following, freshId, run, transaction } from '../journal/entries';
import {
  createFirstPostgres,
  insertOfFirstFormat,
  queryEach,
  selectOfFirstFormat,
} from '../journal/first-format';
import { citusBinaries, citusReason, useCitus } from '../support/citus-cluster';
import { describeIf } from '../support/needs';

const add = `mutation ($id: ID!) { addTransaction(input: { accountId: $id, payer: "DANNON",
  points: 1, timestamp: "2020-11-02T14:00:00Z" }) { errors { code } } }`;
const callsBefore = 20;

describeIf(citusBinaries() !== null, citusReason)('points distribute', () => {
  const citus = useCitus();
  const servers = useClusterServers();
  const clients: LedgerClient[] = [];
  afterAll(() => {
    for (const client of clients) client.close();
  });
  const distribute = (url: string) => points(['distribute', '--database', url]);
  const distributed = (name: string) =>
    citus().coordinator.query(
      "SELECT logicalrelid::text AS name FROM pg_dist_partition WHERE partmethod = 'h' ORDER BY 1",
      name,
    );
  const tables = ['entry', 'lapse_row', 'snapshot', 'snapshot_part'];
  const names = tables.map((name) => ({ name }));

  test('creates missing tables and distributes them, and does nothing when repeated', async () => {
    const url = await citus().createDatabase('empty');
    const nodes = citus().workers.map(({ port }) => `127.0.0.1:${port}`);
    const first = await distribute(url);
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toBe(
      `Distributed ${tables.join(', ')}, over 2 nodes: ${nodes.join(', ')}.\n`,
    );
    expect(first.errors).toContain('Distributing entry; writes wait until it is done.');
    expect(await distributed('empty')).toEqual(names);
    const again = await distribute(url);
    expect(again).toMatchObject({ code: 0, errors: '' });
    expect(again.out).toContain('All tables were already distributed');
  });

  test('distributes the tables of a server in use: it says so once before, and no write fails', async () => {
    const url = await citus().createDatabase('in_use');
    const server = servers.start(url);
    const lines: string[] = [];
    server.process.stdout!.on('data', (text) => lines.push(...String(text).split('\n')));
    const client = new LedgerClient(await server.origin, 8);
    clients.push(client);
    let isDone = false;
    const codes: string[] = [];
    let calls = 0;
    const writing = Array.from({ length: 8 }, async (_, index) => {
      while (!isDone) {
        const reply = await client.ask(add, { id: `account ${index}` });
        calls += 1;
        if (reply.kind !== 'responded') codes.push(reply.kind);
        else codes.push(...reply.codes);
      }
    });
    while (calls < callsBefore) await new Promise(setImmediate);
    expect(await distribute(url)).toMatchObject({ code: 0 });
    const before = calls;
    while (calls < before + callsBefore) await new Promise(setImmediate);
    isDone = true;
    await Promise.all(writing);
    expect(codes).toEqual([]);
    expect(lines.filter((line) => line.includes('points distribute'))).toHaveLength(1);
    const [{ count }] = await citus().coordinator.query(
      'SELECT count(*)::int AS count FROM entry',
      'in_use',
    );
    expect(count).toBe(calls);
    expect(await distributed('in_use')).toEqual(names);
  });

  test('a database without Citus, or a file, is an error that says what to do', async () => {
    const plain = await citus().coordinator.createDatabase('plain');
    const ran = await distribute(plain);
    expect(ran).toMatchObject({ code: 3, out: '' });
    expect(ran.errors).toContain('The database has no Citus. Run CREATE EXTENSION citus');
    const file = await distribute('file:ledger.db');
    expect(file.code).not.toBe(0);
    expect(file.errors).toContain('name the coordinator with --database postgres://');
  });

  test('a distributed database of format 1 is upgraded, and all of its tables are distributed', async () => {
    const url = await citus().createDatabase('first');
    await createFirstPostgres(url, 20, 5);
    const old = ['entry', 'snapshot', 'snapshot_part'].map(
      (table) => `SELECT create_distributed_table('${table}', 'account_id')`,
    );
    await queryEach(url, old);
    const before = await citus().coordinator.query(selectOfFirstFormat, 'first');
    const [one, two] = await Promise.all([PostgresJournal.open(url), PostgresJournal.open(url)]);
    expect(await citus().coordinator.query(selectOfFirstFormat, 'first')).toEqual(before);
    expect(await distributed('first')).toEqual(names);
    const range = { from: 1, to: 99, order: 'ascending', limit: 99 } as const;
    const entries = await one.entries({ ...range, accountId: 'account 1' });
    expect(entries.map(({ digest }) => digest)).toEqual(Array(5).fill(null));
    const next = transaction('account 1', 6, { digest: 'f'.repeat(64) });
    expect(await two.append([following(entries.at(-1)!, next)])).toEqual(['appended']);
    expect(await one.entries({ ...range, accountId: 'account 1', from: 6 })).toEqual([next]);
    await expect(queryEach(url, [insertOfFirstFormat('account 2', 6)])).rejects.toThrow(
      /null value in column "digest" .*violates not-null constraint/,
    );
    await Promise.all([one.close(), two.close()]);
  });

  test('a later migration changes the shards, and the tables stay distributed', async () => {
    const url = await citus().createDatabase('migrated');
    await distributeTables(url, () => {});
    const stored = run(freshId('account'), 1, 2);
    const older = await PostgresJournal.open(url);
    await older.append([beginning(...stored)]);
    await older.close();
    const later = migrations as string[];
    later.push(`
      ALTER TABLE entry ADD COLUMN note text;
      CREATE INDEX entry_note ON entry (account_id, note);
      DROP VIEW allocation`);
    try {
      const newer = await PostgresJournal.open(url);
      await newer.append([beginning(...run(freshId('account'), 1, 2))]);
      const range = { accountId: stored[0]!.accountId, from: 1, to: 9, limit: 9 } as const;
      expect(await newer.entries({ ...range, order: 'ascending' })).toEqual(stored);
      await newer.close();
    } finally {
      later.pop();
    }
    const connections = new PostgresConnections(url, 1, postgresLimits);
    expect(await connections.withConnection(plainTables)).toEqual([]);
    await connections.close();
    const onShards =
      "SELECT DISTINCT success FROM run_command_on_shards('entry', $$SELECT max(note) FROM %s$$)";
    expect(await citus().coordinator.query(onShards, 'migrated')).toEqual([{ success: true }]);
  });
});

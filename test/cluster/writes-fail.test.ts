import { setTimeout as pause } from 'node:timers/promises';
import { LedgerClient } from '../faults/ledger-client';
import { usePostgres } from '../support/postgres-server';
import { useClusterServers } from './cluster-servers';

const postgres = usePostgres();
const servers = useClusterServers();

const add = `mutation { addTransaction(input: { accountId: "m", payer: "DANNON",
  points: 1, timestamp: "2020-11-02T14:00:00Z" }) { errors { code } } }`;
const read = '{ account(id: "m") { points } }';

const causes = [
  [
    'ALTER ROLE … SET default_transaction_read_only',
    'ALTER ROLE $ROLE SET default_transaction_read_only = on',
    'ALTER ROLE $ROLE RESET default_transaction_read_only',
    'read-only',
  ],
  [
    'a read-only server',
    'ALTER SYSTEM SET default_transaction_read_only = on',
    'ALTER SYSTEM RESET default_transaction_read_only',
    'read-only',
  ],
  [
    'a missing INSERT privilege',
    'REVOKE INSERT ON entry FROM $ROLE',
    'GRANT INSERT ON entry TO $ROLE',
    'permission denied for table entry (42501)',
  ],
] as const;

/** Starts a server on its own database, with its own role. */
async function start(name: string) {
  await postgres().createDatabase(name);
  await postgres().query(`CREATE ROLE ${name} LOGIN`);
  await postgres().query(`GRANT ALL ON SCHEMA public TO ${name}`, name);
  const url = postgres().url(name).replace('postgres@', `${name}@`);
  const server = servers.start(url);
  const lines: Record<string, unknown>[] = [];
  let rest = '';
  server.process.stdout!.on('data', (chunk) => {
    const texts = `${rest}${chunk}`.split('\n');
    rest = texts.pop()!;
    lines.push(...texts.map((text) => JSON.parse(text)));
  });
  const origin = await server.origin;
  return { origin, lines, client: new LedgerClient(origin), process: server.process };
}

/** Changes a setting or a privilege of the database's role. */
async function change(statement: string, name: string): Promise<void> {
  await postgres().query(statement.replace('$ROLE', name), name);
  if (statement.startsWith('ALTER SYSTEM')) await postgres().query('SELECT pg_reload_conf()');
}

async function statusOf(origin: string): Promise<unknown> {
  const response = await fetch(`${origin}/readyz`);
  return [response.status, await response.json()];
}

const ready = [200, { status: 'ready' }];
const writesFail = [503, { status: 'writes-fail' }];

async function untilStatus(origin: string, status: unknown): Promise<void> {
  while (JSON.stringify(await statusOf(origin)) !== JSON.stringify(status)) await pause(20);
}

test.each(causes)(
  'with %s /readyz is 503 writes-fail and reads continue, and writes succeed when it ends',
  async (_cause, begin, end, reason) => {
    const name = `writes_fail_${causes.findIndex((each) => each[1] === begin)}`;
    const { origin, lines, client, process } = await start(name);
    expect(await client.ask(add)).toMatchObject({ codes: [] });
    await change(begin, name);
    // Existing sessions keep their role's settings.
    await postgres().query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${name}'`,
    );
    await untilFailing(client);
    for (let count = 0; count < 20; count += 1) {
      expect(await client.ask(add)).toMatchObject({ codes: ['SERVICE_UNAVAILABLE'] });
      expect(await client.read(read)).toMatchObject({ account: { points: expect.any(Number) } });
    }
    expect(await statusOf(origin)).toEqual(writesFail);
    const rows = await postgres().query('SELECT DISTINCT account_id FROM entry', name);
    expect(rows).toEqual([{ account_id: 'm' }]);
    await change(end, name);
    await untilStatus(origin, ready);
    for (let count = 0; count < 5; count += 1) {
      expect(await client.ask(add)).toMatchObject({ codes: [] });
    }
    expect(await statusOf(origin)).toEqual(ready);
    const changes = lines.filter(({ msg }) => /^Writes (fail|succeed)/.test(String(msg)));
    const [failing, again] = changes.slice(-2);
    expect(changes.length).toBeLessThanOrEqual(4);
    expect(String(failing.reason)).toContain(reason);
    expect(again.failedWrites).toBeGreaterThanOrEqual(20);
    expect(lines.filter(({ err }) => err !== undefined)).toEqual([]);
    client.close();
    process.kill('SIGKILL');
  },
);

/** Waits until writes fail: the terminated sessions may affect one more write. */
async function untilFailing(client: LedgerClient): Promise<void> {
  for (;;) {
    const reply = await client.ask(add);
    if (reply.kind === 'responded' && reply.codes.includes('SERVICE_UNAVAILABLE')) return;
    await pause(20);
  }
}

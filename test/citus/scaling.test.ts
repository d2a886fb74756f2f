import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fillLedger, spendPoints, stateOf } from '../cli/ledger';
import { points } from '../cli/points';
import { useClusterServers } from '../cluster/cluster-servers';
import type { ServerProcess } from '../e2e/server-process';
import { useFolder } from '../journal/sqlite/fixture';
import { citusBinaries, citusReason, useCitus } from '../support/citus-cluster';
import { describeIf } from '../support/needs';

const text = readFileSync(resolve(__dirname, '../../docs/scaling.md'), 'utf8');
const [, toFile, toPostgres, toCitus] = text.split(/^## /m);

const commandsOf = (section: string) =>
  [...section.matchAll(/^ {4}((?:DATABASE_URL|npx points).*)$/gm)].map(([, command]) => command!);
const sqlOf = (section: string) =>
  [...section.matchAll(/```sql\n([^`]+)```/g)].map(([, statements]) => statements!);

describeIf(citusBinaries() !== null, citusReason)('docs/scaling.md', () => {
  const citus = useCitus();
  const folder = useFolder();
  const servers = useClusterServers();
  let server: ServerProcess | null = null;

  /** Runs a command of the document, with the addresses of the test. */
  async function run(command: string): Promise<void> {
    const words = command
      .replaceAll('postgres://ledger@db1:5432/ledger', citus().coordinator.url('ledger'))
      .replaceAll('file:data', `file:${folder()}`)
      .split(' ');
    const [first, ...rest] = words;
    if (first === 'npx') {
      const { code, errors } = await points(rest.slice(1), { cwd: folder() });
      expect({ command, code, errors }).toMatchObject({ code: 0 });
      return;
    }
    expect(rest).toEqual(['npm', 'start']);
    server = servers.start(first!.split('=').slice(1).join('='));
    await server.origin;
  }

  async function stop(): Promise<void> {
    server?.process.kill('SIGTERM');
    await server?.ended;
  }

  test('takes a ledger from one file to PostgreSQL and to Citus, where nothing is lost', async () => {
    const endpoint = async () => `${await server!.origin}/graphql`;
    for (const command of commandsOf(toFile!)) await run(command);
    await fillLedger(await endpoint());
    const before = await stateOf(await endpoint(), 'many');
    await stop();

    await citus().coordinator.createDatabase('ledger');
    for (const command of commandsOf(toPostgres!)) await run(command);
    expect(await stateOf(await endpoint(), 'many')).toEqual(before);

    const [onEvery, onCoordinator, ...others] = sqlOf(toCitus!);
    expect(others).toEqual([]);
    const { coordinator, workers } = citus();
    for (const worker of workers) await worker.createDatabase('ledger');
    for (const node of citus().nodes) await node.query(onEvery!, 'ledger');
    const ports = { db1: coordinator, worker1: workers[0]!, worker2: workers[1]! };
    let statements = onCoordinator!;
    for (const [name, { port }] of Object.entries(ports)) {
      statements = statements.replace(`'${name}', 5432`, `'127.0.0.1', ${port}`);
    }
    for (const statement of statements.trim().split('\n')) {
      await coordinator.query(statement, 'ledger');
    }
    // The server of the step before keeps running.
    for (const command of commandsOf(toCitus!)) await run(command);
    expect(await stateOf(await endpoint(), 'many')).toEqual(before);
    const again = { accountId: 'é', points: 250, reference: 'r', idempotencyKey: 's' };
    expect(await spendPoints(await endpoint(), again)).toMatchObject({ replayed: true });
    expect(await stateOf(await endpoint(), 'many')).toEqual(before);
    await stop();
  }, 360_000);

  test('has a command for each step', () => {
    expect(commandsOf(toFile!)).toHaveLength(1);
    expect(commandsOf(toPostgres!)).toHaveLength(4);
    expect(commandsOf(toCitus!)).toHaveLength(2);
  });
});

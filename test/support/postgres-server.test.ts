import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Ending, PostgresServer, usePostgres } from './postgres-server';

const postgres = usePostgres();

test.each<Ending>(['fast', 'immediate', 'kill'])(
  'a server that ended by %s starts again',
  async (ending) => {
    const server = postgres();
    await server.createDatabase(`of_${ending}`);
    await server.stop(ending);
    expect(server.isRunning).toBe(false);
    await server.start();
    expect(await server.query('SELECT 1 AS one', `of_${ending}`)).toEqual([{ one: 1 }]);
  },
);

test('a server that a test left frozen or killed is disposed of', async () => {
  const frozen = await PostgresServer.start();
  frozen.freeze(true);
  const killed = await PostgresServer.start();
  await killed.stop('kill');
  for (const server of [frozen, killed]) {
    await server.dispose();
    expect([server.isRunning, existsSync(server.folder)]).toEqual([false, false]);
  }
});

test('a server that does not start leaves no folder', async () => {
  const folders = () => readdirSync(tmpdir()).filter((name) => name.includes(`-${process.pid}-`));
  const before = folders();
  await expect(PostgresServer.start({ max_connections: 'none' })).rejects.toThrow('does not start');
  expect(folders()).toEqual(before);
});

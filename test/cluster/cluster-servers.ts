import { type ServerProcess, spawnServer } from '../e2e/server-process';
import { builtServer } from '../support/built-server';

/** Real servers for the tests of one file, on databases that the tests create. */
export interface ClusterServers {
  start(databaseUrl: string, settings?: Readonly<Record<string, string>>): ServerProcess;
}

/** Call it once in a test file. Servers that still run after the tests are killed. */
export function useClusterServers(): ClusterServers {
  const servers: ServerProcess[] = [];
  let main = '';
  beforeAll(() => {
    main = builtServer();
  });
  afterAll(async () => {
    for (const { process } of servers) process.kill('SIGKILL');
    await Promise.all(servers.map(({ ended }) => ended));
  });
  return {
    start(databaseUrl, settings = {}) {
      const server = spawnServer(main, { DATABASE_URL: databaseUrl, ...settings });
      servers.push(server);
      return server;
    },
  };
}

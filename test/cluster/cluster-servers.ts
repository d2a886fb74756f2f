import { type ServerProcess, spawnServer } from '../e2e/server-process';
import { builtServer } from '../support/built-server';

/** Real servers for the tests of one file, as many as are asked for, on databases of the tests' own. */
export interface ClusterServers {
  start(databaseUrl: string, settings?: Readonly<Record<string, string>>): ServerProcess;
}

/** To be called once in a test file. Whatever still runs after the tests is killed. */
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

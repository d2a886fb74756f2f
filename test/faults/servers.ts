import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerProcess, spawnServer } from '../e2e/server-process';
import { builtServer } from '../support/built-server';
import { temporaryFolder } from '../support/temporary-folder';

/** Real servers for the tests of one file, each on a ledger in a temporary folder. */
export interface Servers {
  /** The path of a ledger that does not exist yet. */
  newPath(): string;
  /** Starts the program on a ledger, see {@link spawnServer}. */
  start(path: string, command?: readonly string[]): ServerProcess;
}

/**
 * Registers the hooks; call it once in a test file. Kills servers that still run after the tests.
 */
export function useServers(): Servers {
  const servers: ServerProcess[] = [];
  let main = '';
  let folder = '';
  let paths = 0;
  beforeAll(() => {
    main = builtServer();
    folder = temporaryFolder('faults');
  });
  afterAll(async () => {
    for (const { process } of servers) process.kill('SIGKILL');
    await Promise.all(servers.map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    newPath() {
      paths += 1;
      return join(folder, `${paths}.db`);
    },
    start(path, command) {
      const server = spawnServer(main, { DATABASE_URL: `file:${path}` }, command);
      servers.push(server);
      return server;
    },
  };
}

/** Kills a server as a power cut would: it cannot prepare for it. */
export async function killServer({ process, ended }: ServerProcess): Promise<void> {
  process.kill('SIGKILL');
  await ended;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresServer } from '../../test/support/postgres-server';

/**
 * A PostgreSQL with default settings except memory: every commit waits for the disk. Ledger and
 * reference have a database each on the same server.
 */
export interface BenchDatabase {
  /** Makes an empty database and returns its address. */
  create(name: string): Promise<string>;
  query(name: string, text: string): Promise<void>;
  /** The port at which it listens. */
  readonly port: number;
  /** The process id of the server, the parent of those of its connections. */
  readonly pid: number;
  stop(): Promise<void>;
}

const settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
};

export async function startDatabase(): Promise<BenchDatabase> {
  const server = await PostgresServer.start(settings);
  return {
    port: server.port,
    pid: Number(readFileSync(join(server.folder, 'postmaster.pid'), 'utf8').split('\n', 1)[0]),
    create: (name) => server.createDatabase(name),
    async query(name, text) {
      await server.query(text, name);
    },
    stop: () => server.dispose(),
  };
}

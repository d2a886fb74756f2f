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
    create: (name) => server.createDatabase(name),
    async query(name, text) {
      await server.query(text, name);
    },
    stop: () => server.dispose(),
  };
}

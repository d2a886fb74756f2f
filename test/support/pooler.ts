import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from './free-port';
import { describeIf } from './needs';
import { folderForPostgres, nobodyOptions, type PostgresServer } from './postgres-server';

/** Path of PgBouncer's program; undefined if it is not installed. */
const program = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  .map((folder) => join(folder, 'pgbouncer'))
  .find((path) => existsSync(path));

/** Declares a block of tests that need PgBouncer. */
export const withPooler = describeIf(
  program !== undefined,
  'PgBouncer tests: no pgbouncer; apt install pgbouncer',
);

/** PgBouncer in transaction mode, with fewer connections to the server than it accepts. */
export class Pooler {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** @param lines further lines of its settings. */
  static async start(postgres: PostgresServer, ...lines: readonly string[]): Promise<Pooler> {
    const port = await freePort();
    const folder = folderForPostgres();
    const settings = join(folder, 'pgbouncer.ini');
    writeFileSync(
      settings,
      [
        '[databases]',
        `* = host=127.0.0.1 port=${postgres.port} user=postgres`,
        '[pgbouncer]',
        'listen_addr = 127.0.0.1',
        `listen_port = ${port}`,
        'unix_socket_dir =',
        'auth_type = any',
        'pool_mode = transaction',
        'default_pool_size = 4',
        'max_client_conn = 200',
        ...lines,
      ].join('\n'),
    );
    const child = spawn(program!, [settings], { ...nobodyOptions(), stdio: 'ignore' });
    const pooler = new Pooler(child, folder, port);
    while (!(await responds(pooler.url('postgres')))) await pause(20);
    return pooler;
  }

  url(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.port}/${database}`;
  }

  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}

async function responds(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString });
  try {
    await client.connect();
    await client.query('SELECT 1');
    await client.end();
    return true;
  } catch {
    return false;
  }
}

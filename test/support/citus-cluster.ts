import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { emptyTemplate, keepTemplate, PostgresServer, type Settings } from './postgres-server';
import { disposeOf, useStarted } from './use-started';

/** Folders of PostgreSQL's programs, by parent and name, on common systems. */
const usualPlaces = [
  ['/usr/lib/postgresql', 'bin'],
  ['/usr', 'pgsql-'],
  ['/opt/homebrew/opt', 'postgresql@'],
  ['/usr/local/opt', 'postgresql@'],
] as const;

const nodeSettings: Settings = {
  shared_preload_libraries: 'citus',
  max_prepared_transactions: 200,
  'citus.shard_count': 8,
  // Prepared transactions that a crash left are resolved this often, instead of once a minute.
  'citus.recover_2pc_interval': '2s',
  'citus.node_connection_timeout': '2s',
  'citus.node_conninfo': 'sslmode=disable',
};

/** Why the tests are skipped if {@link citusBinaries} is null. */
export const citusReason =
  'Citus tests: no PostgreSQL with Citus; install postgresql-NN-citus, or set CITUS_BIN to its bin folder';

/**
 * Returns the folder of the programs of a PostgreSQL that has Citus: the one that `CITUS_BIN`
 * names, otherwise one in the usual places. Null if there is none.
 */
export function citusBinaries(): string | null {
  const chosen = process.env.CITUS_BIN;
  const candidates = chosen === undefined ? usualPlaces.flatMap(foldersAt) : [resolve(chosen)];
  return candidates.find(hasCitus) ?? null;
}

function foldersAt([parent, name]: (typeof usualPlaces)[number]): string[] {
  if (!existsSync(parent)) return [];
  const found = readdirSync(parent).toSorted().toReversed();
  if (name === 'bin') return found.map((version) => join(parent, version, name));
  return found.filter((each) => each.startsWith(name)).map((each) => join(parent, each, 'bin'));
}

function hasCitus(bin: string): boolean {
  if (!existsSync(join(bin, 'postgres')) || !existsSync(join(bin, 'initdb'))) return false;
  return existsSync(libraryOf(bin));
}

/** Returns the path of Citus beside the programs of a PostgreSQL. */
function libraryOf(bin: string): string {
  const config = join(bin, 'pg_config');
  const folder = existsSync(config)
    ? execFileSync(config, ['--pkglibdir'], { encoding: 'utf8' }).trim()
    : join(bin, '../lib');
  return join(folder, 'citus.so');
}

/** A database of every node, to be copied: to create the extension takes a second on each. */
const withExtension = 'with_citus';

/** Citus refuses nodes with the same id, which the extension got when it was created. */
const newServerId = `UPDATE pg_dist_node_metadata
  SET metadata = jsonb_set(metadata, '{server_id}', to_jsonb(gen_random_uuid()))`;

/** Returns the folder of a node that has no other database, made once for each build of Citus. */
async function nodeTemplate(binaries: string): Promise<string> {
  const { mtimeMs } = statSync(libraryOf(binaries));
  const template = `${emptyTemplate()}-citus-${mtimeMs}`;
  if (existsSync(template)) return template;
  const server = await PostgresServer.start(nodeSettings);
  try {
    await server.createDatabase(withExtension);
    await server.query('CREATE EXTENSION citus', withExtension);
    await server.stop();
    keepTemplate(server.folder, template);
    return template;
  } finally {
    await server.dispose();
  }
}

/** A Citus cluster for tests: a coordinator and two workers, each a PostgreSQL on this machine. */
export class CitusCluster {
  private constructor(
    readonly coordinator: PostgresServer,
    readonly workers: readonly PostgresServer[],
  ) {}

  /** Starts three nodes. Costs about two seconds. */
  static async start(settings: Settings = {}): Promise<CitusCluster> {
    const binaries = citusBinaries();
    if (binaries === null) throw new Error(citusReason);
    // Servers of this test file use these programs.
    process.env.POSTGRES_BIN = binaries;
    const template = await nodeTemplate(binaries);
    const starting = [0, 1, 2].map(() =>
      PostgresServer.start({ ...nodeSettings, ...settings }, template),
    );
    try {
      const [coordinator, ...workers] = await Promise.all(starting);
      return new CitusCluster(coordinator!, workers);
    } catch (error) {
      await Promise.all(starting.map(disposeOf));
      throw error;
    }
  }

  get nodes(): readonly PostgresServer[] {
    return [this.coordinator, ...this.workers];
  }

  /** Creates an empty database with the extension on all nodes, and returns its address. */
  async createDatabase(name: string): Promise<string> {
    await Promise.all(
      this.nodes.map(async (node) => {
        await node.query(`CREATE DATABASE "${name}" TEMPLATE ${withExtension}`);
        await node.query(newServerId, name);
      }),
    );
    const { coordinator, workers } = this;
    await coordinator.query(
      `SELECT citus_set_coordinator_host('127.0.0.1', ${coordinator.port})`,
      name,
    );
    for (const { port } of workers) {
      await coordinator.query(`SELECT citus_add_node('127.0.0.1', ${port})`, name);
    }
    return coordinator.url(name);
  }

  /** Returns for each worker some account ids whose entries it stores. */
  async accountsByWorker(database: string, prefix: string, count: number): Promise<string[][]> {
    const rows = await this.coordinator.query(
      `SELECT '${prefix} ' || number AS id, nodeport::int AS port
       FROM generate_series(1, ${count * 20}) AS number JOIN pg_dist_shard_placement
         ON shardid = get_shard_id_for_distribution_column('entry', '${prefix} ' || number)`,
      database,
    );
    return this.workers.map(({ port }) =>
      rows
        .filter((row) => row.port === port)
        .slice(0, count)
        .map(({ id }) => id as string),
    );
  }

  /** Waits until no worker holds a prepared transaction, which Citus resolves in the background. */
  async untilResolved(database: string): Promise<void> {
    for (const worker of this.workers) {
      const prepared = `SELECT 1 FROM pg_prepared_xacts WHERE database = '${database}'`;
      while ((await worker.query(prepared)).length > 0) await pause(50);
    }
  }

  async dispose(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.dispose()));
  }
}

/** Makes a cluster for the tests of one file, and removes it afterwards. */
export function useCitus(settings: Settings = {}): () => CitusCluster {
  return useStarted(() => CitusCluster.start(settings));
}

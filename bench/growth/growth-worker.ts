import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { SqliteJournal } from '../../src/journal/sqlite/journal';
import { BatchingLedgerService } from '../../src/service/batching-ledger-service';
import { silentLogger } from '../../src/telemetry/logger';
import { seededRandom } from '../support/random';

/** What one part of the growth costs, and how large the store is after it. */
export interface GrowthStep {
  /** In the store, after the step. */
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** Of the process, user and system. */
  readonly processorMicrosecondsPerRow: number;
  readonly bytesPerRow: number;
  readonly residentBytes: number;
  /**
   * Pages from the root to a row of the unique index, and bytes of each table and index per row.
   */
  readonly indexDepth: number;
  readonly bytesPerRowOf: Readonly<Record<string, number>>;
}

export interface GrowthPlan {
  readonly accounts: number;
  readonly rowsPerStep: number;
  readonly steps: number;
}

const callers = 1_024;
const timestamp = 1_600_000_000_000;
const random = seededRandom();

void main(process.argv[2]!, JSON.parse(process.argv[3]!) as GrowthPlan);

/** Adds rows over random accounts, step by step, to the store in a folder. */
async function main(folder: string, plan: GrowthPlan): Promise<void> {
  const path = join(folder, 'growth.db');
  const journal = await SqliteJournal.open(path);
  const service = new BatchingLedgerService({ journal, logger: silentLogger });
  const steps: GrowthStep[] = [];
  for (let step = 0; step < plan.steps; step += 1) {
    const before = process.cpuUsage();
    const start = performance.now();
    await addRows(service, plan);
    const seconds = (performance.now() - start) / 1_000;
    const { user, system } = process.cpuUsage(before);
    steps.push({
      rowsPerSecond: plan.rowsPerStep / seconds,
      processorMicrosecondsPerRow: (user + system) / plan.rowsPerStep,
      residentBytes: process.memoryUsage().rss,
      ...sizesOf(path),
    });
  }
  await service.close();
  process.send!(steps);
}

async function addRows(service: BatchingLedgerService, plan: GrowthPlan): Promise<void> {
  let left = plan.rowsPerStep;
  const call = async () => {
    while (left > 0) {
      left -= 1;
      const accountId = `account ${Math.floor(random() * plan.accounts)}`;
      const add = { kind: 'addTransaction', payer: 'DANNON', points: 100, timestamp } as const;
      const command = { ...add, reference: null, idempotencyKey: randomUUID() };
      await service.run([{ accountId, commands: [command], view: (account) => account?.points }]);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
}

type Sizes = Pick<GrowthStep, 'rows' | 'bytesPerRow' | 'indexDepth' | 'bytesPerRowOf'>;

/** Counts the pages of each table and index. Not timed: it reads the whole file. */
function sizesOf(path: string): Sizes {
  const database = new Database(path);
  const all = (sql: string) => database.prepare(sql).raw().all() as [string, number][];
  const [[rows]] = database.prepare('SELECT count(*) FROM entry').raw().all() as [[number]];
  const sizes = all(
    'SELECT name, sum(pgsize) FROM dbstat GROUP BY name HAVING sum(pgsize) > 65536',
  );
  const [[depth]] = database
    .prepare(
      "SELECT max(length(path) - length(replace(path, '/', ''))) FROM dbstat WHERE name LIKE 'sqlite_autoindex_entry%'",
    )
    .raw()
    .all() as [[number]];
  database.close();
  return {
    rows,
    bytesPerRow: statSync(path).size / rows,
    indexDepth: depth,
    bytesPerRowOf: Object.fromEntries(sizes.map(([name, bytes]) => [name, bytes / rows])),
  };
}

import { join } from 'node:path';
import type { Journal } from '../../src/journal/journal';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { SqliteJournal } from '../../src/journal/sqlite/journal';
import { BatchingLedgerService } from '../../src/service/batching-ledger-service';
import { silentLogger } from '../../src/telemetry/logger';
import { BareInserts } from '../support/bare-inserts';
import { quantile } from '../support/spread';
import { type Burst, callFor } from './callers';
import { RecordedAppends } from './recorded-appends';

/** One round: memory, SQLite, and then the same rows in the same commits without the service. */
export interface ServiceRound {
  readonly bareRowsPerSecond: number;
  readonly rowsPerCommit: number;
  readonly memory: BurstFigures;
  readonly sqlite: BurstFigures;
}

export interface BurstFigures {
  readonly rowsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export type ServiceSamples = Readonly<Record<number, readonly ServiceRound[]>>;

const warmUpRounds = 2;
const rounds = 9;
const burstMilliseconds = 400;

void main();

async function main(): Promise<void> {
  const [folder, ...callerCounts] = process.argv.slice(2);
  const journal = await SqliteJournal.open(join(folder, 'service.db'));
  const bare = await BareInserts.open(join(folder, 'bare.db'));
  const appends = new RecordedAppends(journal);
  const sqlite = serviceOn(journal);
  const samples: Record<number, ServiceRound[]> = {};
  for (const callers of callerCounts.map(Number)) samples[callers] = [];
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    for (const callers of callerCounts.map(Number)) {
      const measured = await measureRound(callers, sqlite, appends, bare);
      if (round >= warmUpRounds) samples[callers].push(measured);
    }
  }
  await sqlite.close();
  bare.close();
  process.send!(samples satisfies ServiceSamples);
}

async function measureRound(
  callers: number,
  sqlite: BatchingLedgerService,
  appends: RecordedAppends,
  bare: BareInserts,
): Promise<ServiceRound> {
  const inMemory = serviceOn(new MemoryJournal());
  const memory = figuresOf(await callFor(inMemory, callers, burstMilliseconds));
  await inMemory.close();
  appends.take();
  const onDisk = figuresOf(await callFor(sqlite, callers, burstMilliseconds));
  const batches = appends.take();
  const rows = batches.reduce((sum, batch) => sum + batch.length, 0);
  return {
    memory,
    sqlite: onDisk,
    rowsPerCommit: rows / batches.length,
    bareRowsPerSecond: bare.rowsPerSecond(batches),
  };
}

function serviceOn(journal: Journal): BatchingLedgerService {
  return new BatchingLedgerService({ journal, logger: silentLogger });
}

function figuresOf({ rowsPerSecond, latenciesMs }: Burst): BurstFigures {
  const sorted = Float64Array.from(latenciesMs).sort();
  const [p50Ms, p99Ms] = [0.5, 0.99].map((share) => quantile([...sorted], share));
  return { rowsPerSecond, p50Ms, p99Ms };
}

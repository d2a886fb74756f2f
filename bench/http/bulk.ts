import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { BareRequest } from '../reference/bare-libsql';
import { nextMessage, startChild, stopChild } from '../support/child';
import { ratioOf, type Spread, spreadOf } from '../support/spread';
import { formatMet, formatNumber, formatRatio, formatSpread, type Table } from '../support/table';
import { rowsPerBulk } from './graphql-requests';
import type { Load } from './load';
import { type ServerProcess, serverCore } from './server-process';

const connections = 8;
const warmUpMilliseconds = 2_000;
const burstMilliseconds = 2_000;
const rounds = 5;
const rowsPerSecondTarget = 50_000;

const variants: readonly BareRequest[] = [
  { accounts: 10, keys: false },
  { accounts: 10, keys: true },
  { accounts: 1_000, keys: false },
  { accounts: 1_000, keys: true },
];

export interface BulkRow extends BareRequest {
  readonly rowsPerSecond: Spread;
  readonly bareRowsPerSecond: Spread;
  readonly ratioToBare: Spread;
  readonly p50Ms: Spread;
  readonly p99Ms: Spread;
  readonly loadBusy: Spread;
}

/** Calls of a thousand rows, and between them the same rows by libsql alone on the same processor. */
export async function measureBulk(
  server: ServerProcess,
  load: Load,
  folder: string,
): Promise<BulkRow[]> {
  const bare = startChild({
    script: join(__dirname, '..', 'reference', 'bare-libsql.js'),
    arguments: [folder],
    core: serverCore,
  });
  await nextMessage(bare);
  const measured: BulkRow[] = [];
  for (const variant of variants) measured.push(await measure(variant, server, load, bare));
  await stopChild(bare);
  return measured;
}

async function measure(
  variant: BareRequest,
  { port }: ServerProcess,
  load: Load,
  bare: ChildProcess,
): Promise<BulkRow> {
  const request = { kind: 'addTransactions', ...variant } as const;
  const burst = (milliseconds: number) => load.run({ port, connections, milliseconds, request });
  await burst(warmUpMilliseconds);
  await bareRowsPerSecond(bare, variant);
  const bursts: Awaited<ReturnType<typeof burst>>[] = [];
  const references: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bursts.push(await burst(burstMilliseconds));
    references.push(await bareRowsPerSecond(bare, variant));
  }
  const rowsPerSecond = bursts.map(({ requestsPerSecond }) => requestsPerSecond * rowsPerBulk);
  return {
    ...variant,
    rowsPerSecond: spreadOf(rowsPerSecond),
    bareRowsPerSecond: spreadOf(references),
    ratioToBare: ratioOf(rowsPerSecond, references),
    p50Ms: spreadOf(bursts.map(({ p50Ms }) => p50Ms)),
    p99Ms: spreadOf(bursts.map(({ p99Ms }) => p99Ms)),
    loadBusy: spreadOf(bursts.map(({ loadBusy }) => loadBusy)),
  };
}

function bareRowsPerSecond(bare: ChildProcess, variant: BareRequest): Promise<number> {
  const answer = nextMessage<number>(bare);
  bare.send(variant);
  return answer;
}

export function presentBulk(rows: readonly BulkRow[]): Table {
  const columns = ['rows over', 'rows/s', 'bare rows/s', 'ratio', 'p50 ms', 'p99 ms', 'load busy'];
  return {
    title: `addTransactions of 1,000 rows on ${connections} connections, durable`,
    columns: [...columns, 'target', ''],
    rows: rows.map((row) => [
      `${formatNumber(row.accounts)} accounts, ${row.keys ? 'with keys' : 'without keys'}`,
      formatSpread(row.rowsPerSecond),
      formatSpread(row.bareRowsPerSecond),
      formatSpread(row.ratioToBare, formatRatio),
      row.p50Ms.median.toFixed(0),
      row.p99Ms.median.toFixed(0),
      formatRatio(row.loadBusy.median),
      `≥ ${formatNumber(rowsPerSecondTarget)}`,
      formatMet(row.rowsPerSecond.median >= rowsPerSecondTarget),
    ]),
    notes: ['Bare: rows of the same form by libsql alone, 1,000 per commit, between the bursts.'],
  };
}

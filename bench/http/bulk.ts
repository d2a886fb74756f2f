import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { nextMessage, startChild, stopChild } from '../support/child';
import { describeKeys, type RowKind } from '../support/ledger-traffic';
import { ratioOf, type Spread, spreadOf } from '../support/spread';
import { formatMet, formatNumber, formatRatio, formatSpread, type Table } from '../support/table';
import { rowsPerBulk } from './graphql-requests';
import type { Load } from './load';
import { type BurstFigures, burst } from './processor-time';
import { type ServerProcess, serverCore } from './server-process';

const connections = 8;
const warmUpMilliseconds = 1_500;
const burstMilliseconds = 1_500;
const rounds = 5;
const rowsPerSecondTarget = 50_000;

const variants: readonly RowKind[] = [10, 1_000].flatMap((accounts) =>
  (['none', 'numbered', 'random'] as const).map((keys) => ({ accounts, keys })),
);

interface BulkRow extends RowKind {
  readonly rowsPerSecond: Spread;
  readonly bareRowsPerSecond: Spread;
  readonly ratioToBare: Spread;
  readonly rowsPerProcessorSecond: Spread;
  readonly p50Ms: Spread;
  readonly p99Ms: Spread;
  readonly loadBusy: Spread;
}

/**
 * Measures calls of a thousand rows, and between them the same rows by libsql alone on the same
 * processor.
 */
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
  variant: RowKind,
  server: ServerProcess,
  load: Load,
  bare: ChildProcess,
): Promise<BulkRow> {
  const request = { kind: 'addTransactions', ...variant } as const;
  const run = (milliseconds: number) => burst(load, server, { connections, milliseconds, request });
  await run(warmUpMilliseconds);
  await bareRowsPerSecond(bare, variant);
  const bursts: BurstFigures[] = [];
  const references: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bursts.push(await run(burstMilliseconds));
    references.push(await bareRowsPerSecond(bare, variant));
  }
  return rowOf(variant, bursts, references);
}

function rowOf(
  variant: RowKind,
  bursts: readonly BurstFigures[],
  references: readonly number[],
): BulkRow {
  const of = (figure: keyof BurstFigures, times = 1) => bursts.map((each) => each[figure] * times);
  const rowsPerSecond = of('requestsPerSecond', rowsPerBulk);
  return {
    ...variant,
    rowsPerSecond: spreadOf(rowsPerSecond),
    bareRowsPerSecond: spreadOf(references),
    ratioToBare: ratioOf(rowsPerSecond, references),
    rowsPerProcessorSecond: spreadOf(of('requestsPerProcessorSecond', rowsPerBulk)),
    p50Ms: spreadOf(of('p50Ms')),
    p99Ms: spreadOf(of('p99Ms')),
    loadBusy: spreadOf(of('loadBusy')),
  };
}

function bareRowsPerSecond(bare: ChildProcess, variant: RowKind): Promise<number> {
  const response = nextMessage<number>(bare);
  bare.send(variant);
  return response;
}

export function presentBulk(rows: readonly BulkRow[]): Table {
  const columns = ['rows over', 'rows/s', 'bare rows/s', 'ratio', 'rows/processor s'];
  return {
    title: `addTransactions of 1,000 rows on ${connections} connections, durable`,
    columns: [...columns, 'p50 ms', 'p99 ms', 'target', ''],
    rows: rows.map((row) => [
      `${formatNumber(row.accounts)} accounts, ${describeKeys(row.keys)}`,
      formatSpread(row.rowsPerSecond),
      formatSpread(row.bareRowsPerSecond),
      formatSpread(row.ratioToBare, formatRatio),
      formatNumber(row.rowsPerProcessorSecond.median),
      row.p50Ms.median.toFixed(0),
      row.p99Ms.median.toFixed(0),
      `≥ ${formatNumber(rowsPerSecondTarget)}`,
      formatMet(row.rowsPerSecond.median >= rowsPerSecondTarget),
    ]),
    notes: [
      'Bare: rows of the same form by libsql alone, 1,000 per commit, between the bursts.',
      'Numbered keys name a file and its line, so that neighbours in an import are neighbours in ' +
        'the index; random keys are UUIDs, each of which touches a page of its own.',
    ],
  };
}

import type { LoadFigures } from '../http/load-worker';
import { serverCore } from '../http/server-process';
import { ratioOf, type Spread, spreadOf } from '../support/spread';
import { formatMet, formatNumber, formatRatio, formatSpread, type Table } from '../support/table';
import type { BenchDatabase } from './database';
import { type Fleet, startFleet } from './fleet';

const connectionCounts = [32, 256];
/** Time after which accounts that no other process writes are decided on without a read. */
const warmUpMilliseconds = 3_000;
const burstMilliseconds = 1_500;
const rounds = 3;

const traffic = [
  { name: '1,000 accounts', accounts: 1_000, target: 2 },
  { name: 'one hot account', accounts: 1, target: 8 },
] as const;

interface RequestsRow {
  readonly name: string;
  readonly connections: number;
  readonly target: number;
  readonly requestsPerSecond: Spread;
  readonly referenceRequestsPerSecond: Spread;
  readonly ratio: Spread;
  readonly p50Ms: Spread;
  readonly p99Ms: Spread;
  /** At half of the median throughput, with requests that begin at even intervals. */
  readonly halfLoadP50Ms: number;
  readonly halfLoadP99Ms: number;
  readonly referenceP50Ms: Spread;
}

/** Measures one server of each kind on one processor; the database has what the others leave it. */
export async function measureRequests(database: BenchDatabase): Promise<RequestsRow[]> {
  const ledger = await startFleet('ledger', [await database.create('requests')], serverCore);
  const reference = await startFleet(
    'reference',
    [await database.create('requests_reference')],
    serverCore,
  );
  const rows: RequestsRow[] = [];
  for (const each of traffic) {
    for (const connections of connectionCounts) {
      rows.push(await measure(each, connections, ledger, reference));
    }
  }
  await ledger.stop();
  await reference.stop();
  return rows;
}

async function measure(
  { name, accounts, target }: (typeof traffic)[number],
  connections: number,
  ledger: Fleet,
  reference: Fleet,
): Promise<RequestsRow> {
  const request = { kind: 'addTransaction', accounts } as const;
  const run = (fleet: Fleet, milliseconds: number, requestsPerSecond: number | null = null) =>
    fleet.run({ connections, milliseconds, request, requestsPerSecond });
  await run(ledger, warmUpMilliseconds);
  await run(reference, warmUpMilliseconds);
  const own: LoadFigures[] = [];
  const others: LoadFigures[] = [];
  for (let round = 0; round < rounds; round += 1) {
    others.push(await run(reference, burstMilliseconds));
    own.push(await run(ledger, burstMilliseconds));
  }
  const of = (figures: readonly LoadFigures[], figure: keyof LoadFigures) =>
    figures.map((each) => each[figure]);
  const requestsPerSecond = spreadOf(of(own, 'requestsPerSecond'));
  const half = await run(ledger, 2 * burstMilliseconds, requestsPerSecond.median / 2);
  return {
    name,
    connections,
    target,
    requestsPerSecond,
    referenceRequestsPerSecond: spreadOf(of(others, 'requestsPerSecond')),
    ratio: ratioOf(of(own, 'requestsPerSecond'), of(others, 'requestsPerSecond')),
    p50Ms: spreadOf(of(own, 'p50Ms')),
    p99Ms: spreadOf(of(own, 'p99Ms')),
    halfLoadP50Ms: half.p50Ms,
    halfLoadP99Ms: half.p99Ms,
    referenceP50Ms: spreadOf(of(others, 'p50Ms')),
  };
}

export function presentRequests(rows: readonly RequestsRow[]): Table {
  const latencies = ['p50 ms', 'p99 ms', 'half load p50', 'half load p99', 'reference p50 ms'];
  return {
    title: 'addTransaction on PostgreSQL, one server, median (quartiles)',
    columns: ['connections, over', 'requests/s', 'reference', 'ratio', ...latencies, 'target', ''],
    rows: rows.map((row) => [
      `${formatNumber(row.connections)}, ${row.name}`,
      formatSpread(row.requestsPerSecond),
      formatSpread(row.referenceRequestsPerSecond),
      formatSpread(row.ratio, formatRatio),
      row.p50Ms.median.toFixed(1),
      row.p99Ms.median.toFixed(1),
      row.halfLoadP50Ms.toFixed(1),
      row.halfLoadP99Ms.toFixed(1),
      row.referenceP50Ms.median.toFixed(1),
      `≥ ${row.target}`,
      formatMet(row.ratio.median >= row.target),
    ]),
    notes: [
      'Reference: node:http and pg, JSON without GraphQL, one transaction per request with a lock ' +
        "on the account's row, its pool of 16 connections, on the same PostgreSQL.",
      'Half load: requests begin at even intervals, at half of the requests per second of the same ' +
        'row; latency counts from the moment at which a request was due.',
    ],
  };
}

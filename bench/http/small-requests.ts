import { ratioOf, type Spread, spreadOf } from '../support/spread';
import { formatMet, formatNumber, formatRatio, formatSpread, type Table } from '../support/table';
import { apolloName, type Contender, contenders, type Servers } from './contenders';
import type { Load } from './load';
import type { LoadFigures } from './load-worker';

const connectionCounts = [32, 256];
const warmUpMilliseconds = 2_000;
const burstMilliseconds = 1_500;
const rounds = 7;

export interface SmallRow {
  readonly name: string;
  readonly connections: number;
  readonly requestsPerSecond: Spread;
  /** Over the Apollo standalone server with default settings, round by round. */
  readonly ratioToApollo: Spread;
  readonly p50Ms: Spread;
  readonly p99Ms: Spread;
  readonly loadBusy: Spread;
  readonly target: number | null;
}

export async function measureSmall(servers: Servers, load: Load): Promise<SmallRow[]> {
  const rows: SmallRow[] = [];
  for (const connections of connectionCounts) {
    const burst = ({ server, request }: Contender, milliseconds: number) =>
      load.run({ port: servers[server].port, connections, milliseconds, request });
    const samples = new Map<string, LoadFigures[]>();
    for (const contender of contenders) {
      await burst(contender, warmUpMilliseconds);
      samples.set(contender.name, []);
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const contender of contenders) {
        samples.get(contender.name)!.push(await burst(contender, burstMilliseconds));
      }
    }
    rows.push(...contenders.map((contender) => rowOf(contender, connections, samples)));
  }
  return rows;
}

function rowOf(
  { name, target }: Contender,
  connections: number,
  samples: ReadonlyMap<string, readonly LoadFigures[]>,
): SmallRow {
  const of = (contender: string, figure: keyof LoadFigures) =>
    samples.get(contender)!.map((each) => each[figure]);
  return {
    name,
    connections,
    requestsPerSecond: spreadOf(of(name, 'requestsPerSecond')),
    ratioToApollo: ratioOf(of(name, 'requestsPerSecond'), of(apolloName, 'requestsPerSecond')),
    p50Ms: spreadOf(of(name, 'p50Ms')),
    p99Ms: spreadOf(of(name, 'p99Ms')),
    loadBusy: spreadOf(of(name, 'loadBusy')),
    target,
  };
}

export function presentSmall(rows: readonly SmallRow[]): Table {
  const columns = ['connections, server', 'requests/s', 'ratio', 'p50 ms', 'p99 ms', 'load busy'];
  return {
    title: 'One small request at a time on each connection, median (quartiles)',
    columns: [...columns, 'target', ''],
    rows: rows.map((row) => [
      `${formatNumber(row.connections)}, ${row.name}`,
      formatSpread(row.requestsPerSecond),
      formatSpread(row.ratioToApollo, formatRatio),
      row.p50Ms.median.toFixed(2),
      row.p99Ms.median.toFixed(2),
      formatRatio(row.loadBusy.median),
      row.target === null ? '' : `≥ ${row.target}`,
      row.target === null ? '' : formatMet(row.ratioToApollo.median >= row.target),
    ]),
    notes: [
      'The ratio is to the Apollo standalone server with default settings, in the same round.',
      'Load busy: the share of its processor that the load took. Below 1, the server is what is measured.',
    ],
  };
}

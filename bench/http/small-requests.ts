import { ratioOf, type Spread, spreadOf } from '../support/spread';
import { formatMet, formatNumber, formatRatio, formatSpread, type Table } from '../support/table';
import { apolloName, type Contender, contenders, type Servers } from './contenders';
import type { Load } from './load';
import { type BurstFigures, burst } from './processor-time';

const connectionCounts = [32, 256];
const warmUpMilliseconds = 2_000;
const burstMilliseconds = 1_500;
const rounds = 5;

interface SmallRow {
  readonly name: string;
  readonly connections: number;
  readonly requestsPerSecond: Spread;
  /** Relative to the Apollo standalone server with default settings, round by round. */
  readonly ratioToApollo: Spread;
  readonly requestsPerProcessorSecond: Spread;
  /** The same ratio of requests per second of processor time. */
  readonly processorRatioToApollo: Spread;
  readonly p50Ms: Spread;
  readonly p99Ms: Spread;
  readonly serverBusy: Spread;
  readonly loadBusy: Spread;
  readonly target: number | null;
}

type Samples = ReadonlyMap<string, BurstFigures[]>;

export async function measureSmall(servers: Servers, load: Load): Promise<SmallRow[]> {
  const rows: SmallRow[] = [];
  for (const connections of connectionCounts) {
    const samples: Samples = new Map(contenders.map(({ name }) => [name, []]));
    const run = ({ server, request }: Contender, milliseconds: number) =>
      burst(load, servers[server], { connections, milliseconds, request });
    for (const contender of contenders) await run(contender, warmUpMilliseconds);
    for (let round = 0; round < rounds; round += 1) {
      for (const contender of contenders) {
        samples.get(contender.name)!.push(await run(contender, burstMilliseconds));
      }
    }
    rows.push(...contenders.map((contender) => rowOf(contender, connections, samples)));
  }
  return rows;
}

function rowOf({ name, target }: Contender, connections: number, samples: Samples): SmallRow {
  const of = (figure: keyof BurstFigures, contender = name) =>
    samples.get(contender)!.map((each) => each[figure]);
  const toApollo = (figure: keyof BurstFigures) => ratioOf(of(figure), of(figure, apolloName));
  return {
    name,
    connections,
    requestsPerSecond: spreadOf(of('requestsPerSecond')),
    ratioToApollo: toApollo('requestsPerSecond'),
    requestsPerProcessorSecond: spreadOf(of('requestsPerProcessorSecond')),
    processorRatioToApollo: toApollo('requestsPerProcessorSecond'),
    p50Ms: spreadOf(of('p50Ms')),
    p99Ms: spreadOf(of('p99Ms')),
    serverBusy: spreadOf(of('serverBusy')),
    loadBusy: spreadOf(of('loadBusy')),
    target,
  };
}

export function presentSmall(rows: readonly SmallRow[]): Table[] {
  return [
    {
      title: 'One small request at a time on each connection, median (quartiles)',
      columns: ['connections, server', 'requests/s', 'ratio', 'p50 ms', 'p99 ms', 'target', ''],
      rows: rows.map((row) => [
        label(row),
        formatSpread(row.requestsPerSecond),
        formatSpread(row.ratioToApollo, formatRatio),
        row.p50Ms.median.toFixed(2),
        row.p99Ms.median.toFixed(2),
        row.target === null ? '' : `≥ ${row.target}`,
        row.target === null ? '' : formatMet(row.ratioToApollo.median >= row.target),
      ]),
      notes: [
        'The ratio is to the Apollo standalone server with default settings, in the same round.',
      ],
    },
    {
      title: 'The same, by the processor time that the server took',
      columns: ['connections, server', 'requests/s', 'ratio', 'server busy', 'load busy'],
      rows: rows.map((row) => [
        label(row),
        formatSpread(row.requestsPerProcessorSecond),
        formatSpread(row.processorRatioToApollo, formatRatio),
        formatRatio(row.serverBusy.median),
        formatRatio(row.loadBusy.median),
      ]),
      notes: [
        'Requests per second of processor time: the rate of a server that never waits.',
        'Busy: the share of its processor. A server below 1 waited for the disk or for other ' +
          'programs; with the load near 1, the load would be what is measured.',
      ],
    },
  ];
}

function label({ connections, name }: SmallRow): string {
  return `${formatNumber(connections)}, ${name}`;
}

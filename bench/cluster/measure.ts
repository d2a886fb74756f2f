import { join } from 'node:path';
import { groupBy } from '../../test/faults/group-by';
import { Load } from '../http/load';
import type { BenchDatabase } from '../postgres/database';
import { nextMessage, startChild, stopChild } from '../support/child';
import { ratioOf, type Spread, spreadOf } from '../support/spread';
import { totalOf, type Usage } from './processor-usage';
import { nameOf, type Plan, type Run } from './runs';
import { type Burst, type Side, startSide } from './side';
import { touchAccounts, touchReferenceAccounts } from './touched-accounts';

/** Requests that each server of a side gets before it is measured. */
const warmUpRequests = 5_000;
/** A reference that needs a round trip per statement is warm after this time at the latest. */
const warmUpMsMax = { ledger: 20_000, reference: 3_000 };

export interface Row extends Run {
  readonly name: string;
  readonly requestsPerSecond: Spread;
  readonly referenceRequestsPerSecond: Spread;
  readonly ratio: Spread;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly serverCpuMsPerRequest: number;
  readonly postgresCpuMsPerRequest: number;
  /** Of all bursts of the ledger in this run. */
  readonly shares: Usage;
  /** The largest share that other programs took in a burst, the reference's included. */
  readonly othersShareMax: number;
  /** Of the responses that were checked. */
  readonly refusedShare: number;
}

/** Measures the runs of a plan; those with the same servers and round trip share their servers. */
export async function measure(database: BenchDatabase, { runs, ...plan }: Plan): Promise<Row[]> {
  const groups = groupBy(runs, ({ servers, roundTripMs }) => `${servers}_${roundTripMs}`);
  const rows: Row[] = [];
  for (const [name, group] of groups)
    rows.push(...(await measureGroup(database, name, group, plan)));
  return rows;
}

type Lengths = Pick<Plan, 'rounds' | 'burstMs'>;

async function measureGroup(
  database: BenchDatabase,
  name: string,
  runs: readonly Run[],
  plan: Lengths,
): Promise<Row[]> {
  const [{ servers, roundTripMs }] = runs;
  const accounts = Math.max(...runs.map((run) => run.accounts));
  const network = roundTripMs > 0 ? await startNetwork(database.port, roundTripMs) : null;
  const load = await Load.start(null);
  const shared = {
    PostgreSQL: [database.pid],
    network: network === null ? [] : [network.pid],
    load: [load.child.pid!],
  };
  const start = async (kind: 'ledger' | 'reference') => {
    const url = new URL(await database.create(`${kind}_${name}`));
    if (network !== null) url.port = String(network.port);
    return startSide(kind, url.href, servers, load, shared);
  };
  const ledger = await start('ledger');
  const reference = await start('reference');
  await touchAccounts(ledger.port, accounts);
  await touchReferenceAccounts(database, `reference_${name}`, accounts);
  const rows: Row[] = [];
  for (const run of runs) {
    rows.push(await measureRun(run, ledger, reference, plan));
    process.stderr.write(
      `${rows.at(-1)!.name}: ${Math.round(rows.at(-1)!.requestsPerSecond.median)}/s\n`,
    );
  }
  await ledger.stop();
  await reference.stop();
  await load.stop();
  await network?.stop();
  return rows;
}

async function startNetwork(target: number, roundTripMs: number) {
  const script = join(__dirname, 'delay-worker.js');
  const child = startChild({
    script,
    arguments: [String(target), String(roundTripMs)],
    core: null,
  });
  const port = await nextMessage<number>(child);
  return { port, pid: child.pid!, stop: () => stopChild(child) };
}

async function measureRun(
  run: Run,
  ledger: Side,
  reference: Side,
  { rounds, burstMs }: Lengths,
): Promise<Row> {
  const warmUp = warmUpRequests * run.servers;
  await reference.burst(run, warmUpMsMax.reference, warmUp);
  await ledger.burst(run, warmUpMsMax.ledger, warmUp);
  const own: Burst[] = [];
  const others: Burst[] = [];
  for (let round = 0; round < rounds; round += 1) {
    others.push(await reference.burst(run, burstMs));
    own.push(await ledger.burst(run, burstMs));
  }
  if (own.every(({ refusedShare }) => refusedShare === 1)) {
    throw new Error(`${nameOf(run)}: every response was a refusal or an error.`);
  }
  return rowOf(run, own, others);
}

function rowOf(run: Run, own: readonly Burst[], others: readonly Burst[]): Row {
  const rates = (bursts: readonly Burst[]) => bursts.map((each) => each.requestsPerSecond);
  const seconds = (name: keyof Usage) => own.reduce((sum, { usage }) => sum + usage[name], 0);
  const total = own.reduce((sum, { usage }) => sum + totalOf(usage), 0);
  const responses = own.reduce((sum, each) => sum + each.responses, 0);
  const names = Object.keys(own[0].usage) as (keyof Usage)[];
  return {
    ...run,
    name: nameOf(run),
    requestsPerSecond: spreadOf(rates(own)),
    referenceRequestsPerSecond: spreadOf(rates(others)),
    ratio: ratioOf(rates(own), rates(others)),
    p50Ms: spreadOf(own.map(({ p50Ms }) => p50Ms)).median,
    p99Ms: spreadOf(own.map(({ p99Ms }) => p99Ms)).median,
    serverCpuMsPerRequest: (1_000 * seconds('servers')) / responses,
    postgresCpuMsPerRequest: (1_000 * seconds('PostgreSQL')) / responses,
    shares: Object.fromEntries(names.map((name) => [name, seconds(name) / total])) as Usage,
    othersShareMax: Math.max(
      ...[...own, ...others].map(({ usage }) => usage.others / totalOf(usage)),
    ),
    refusedShare: Math.max(...own.map(({ refusedShare }) => refusedShare)),
  };
}

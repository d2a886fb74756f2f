import { join } from 'node:path';
import { Load } from '../http/load';
import { type BurstFigures, burst } from '../http/processor-time';
import { type ServerProcess, startLedger } from '../http/server-process';
import { startDatabase } from '../postgres/database';
import { emptyDataFolder } from '../support/data-folder';
import type { Section } from '../support/section';
import { ratioOf, spreadOf } from '../support/spread';
import { formatMet, formatNumber, formatRatio, formatSpread } from '../support/table';
import { type Ends, endsOf } from './ends';

/** Processes differ, by what V8 optimized in each: every kind of ends gets several in turns. */
const sets = 4;
const rounds = 5;
const burstMilliseconds = 1_000;
const warmUpMilliseconds = 2_500;
const connectionCounts = [1, 32];
const accounts = 1_000;
/** The most that an add with an end may cost, in adds without one. */
const costMax = 1.1;

const allEnds = Object.keys(endsOf) as Ends[];

/** A server for each kind of ends, since each fills its tables differently. */
type Servers = ReadonlyMap<Ends, ServerProcess>;

interface Row {
  readonly store: string;
  readonly ends: Ends;
  readonly connections: number;
  readonly bursts: readonly BurstFigures[];
  /** Of adds without an end, in the same rounds. */
  readonly reference: readonly BurstFigures[];
}

export const datedSection: Section = {
  name: 'dated',
  title: 'Points that expire: durable addTransaction over HTTP, beside points that do not',
  async run() {
    const folder = emptyDataFolder('dated');
    const database = await startDatabase();
    const load = await Load.start();
    try {
      const sqlite = async (name: string) => `file:${join(folder, `${name}.db`)}`;
      const rows = [
        ...(await measure('SQLite', load, sqlite)),
        ...(await measure('PostgreSQL', load, (name) => database.create(name))),
      ];
      return present(rows);
    } finally {
      await load.stop();
      await database.stop();
    }
  },
};

async function measure(
  store: string,
  load: Load,
  urlOf: (name: string) => Promise<string>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let set = 0; set < sets; set += 1) {
    rows.push(...(await measureSet(store, load, (name) => urlOf(`${name}_${set}`))));
  }
  return connectionCounts.flatMap((connections) =>
    allEnds.map((ends) =>
      joined(rows.filter((row) => row.connections === connections && row.ends === ends)),
    ),
  );
}

/** Returns the rows of all sets as one. */
function joined([first, ...others]: readonly Row[]): Row {
  const bursts = [first!, ...others].flatMap((row) => row.bursts);
  const reference = [first!, ...others].flatMap((row) => row.reference);
  return { ...first!, bursts, reference };
}

async function measureSet(
  store: string,
  load: Load,
  urlOf: (name: string) => Promise<string>,
): Promise<Row[]> {
  const servers = new Map<Ends, ServerProcess>();
  try {
    for (const [index, ends] of allEnds.entries()) {
      servers.set(ends, await startLedger(await urlOf(`ends_${index}`)));
    }
    const rows: Row[] = [];
    for (const connections of connectionCounts) {
      rows.push(...(await measureServers(store, load, servers, connections)));
    }
    return rows;
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

async function measureServers(store: string, load: Load, servers: Servers, connections: number) {
  const run = (ends: Ends, milliseconds: number) => {
    const request = { kind: 'addTransaction', accounts, ends } as const;
    return burst(load, servers.get(ends)!, { connections, milliseconds, request });
  };
  const bursts = new Map<Ends, BurstFigures[]>(allEnds.map((ends) => [ends, []]));
  for (const ends of allEnds) await run(ends, warmUpMilliseconds);
  for (let round = 0; round < rounds; round += 1) {
    // What disturbs a round in the middle should not always hit the same kind.
    const turn = round % 2 === 0 ? allEnds : allEnds.toReversed();
    for (const ends of turn) bursts.get(ends)!.push(await run(ends, burstMilliseconds));
  }
  return allEnds.map((ends): Row => {
    const reference = bursts.get('never')!;
    return { store, ends, connections, bursts: bursts.get(ends)!, reference };
  });
}

function present(rows: readonly Row[]) {
  const figures = rows.map(({ bursts, reference, ...row }) => ({
    ...row,
    requestsPerSecond: spreadOf(bursts.map((each) => each.requestsPerSecond)),
    cost: ratioOf(rates(reference), rates(bursts)),
    processorCost: ratioOf(processorRates(reference), processorRates(bursts)),
  }));
  const table = {
    title: `addTransaction over ${formatNumber(accounts)} accounts, median (quartiles)`,
    columns: ['store, connections, ends', 'requests/s', 'cost', 'target', '', 'processor'],
    rows: figures.map(({ store, connections, ends, requestsPerSecond, cost, processorCost }) => [
      `${store}, ${connections}, ${ends}`,
      formatSpread(requestsPerSecond),
      formatSpread(cost, formatRatio),
      ...(ends === 'never' ? ['', ''] : [`≤ ${costMax}`, formatMet(cost.median <= costMax)]),
      formatSpread(processorCost, formatRatio),
    ]),
    notes: [
      'Cost: the time of a request, in requests of the same round whose points never expire. ' +
        'Processor: the same of the processor time that the server took.',
    ],
  };
  return { figures, tables: [table] };
}

function rates(bursts: readonly BurstFigures[]): number[] {
  return bursts.map((each) => each.requestsPerSecond);
}

function processorRates(bursts: readonly BurstFigures[]): number[] {
  return bursts.map((each) => each.requestsPerProcessorSecond);
}

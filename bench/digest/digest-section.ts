import { join } from 'node:path';
import type { RequestKind } from '../http/graphql-requests';
import { Load } from '../http/load';
import { type BurstFigures, burst } from '../http/processor-time';
import { type ServerProcess, startLedger } from '../http/server-process';
import { emptyDataFolder } from '../support/data-folder';
import type { Section } from '../support/section';
import { ratioOf, spreadOf } from '../support/spread';
import { formatMet, formatNumber, formatRatio, formatSpread } from '../support/table';

const rounds = 15;
const burstMilliseconds = 1_500;
const warmUpMilliseconds = 3_000;

interface Variant {
  readonly name: string;
  readonly connections: number;
  readonly request: RequestKind;
  /** The most that it may cost, in times of its cost without digests. */
  readonly costMax: number;
}

const single = (accounts: number, connections: number): Variant => ({
  name: `addTransaction, ${formatNumber(accounts)} accounts, ${connections} at a time`,
  connections,
  request: { kind: 'addTransaction', accounts },
  costMax: 1.03,
});

const bulk = (accounts: number): Variant => ({
  name: `addTransactions of 1,000 rows, ${formatNumber(accounts)} accounts, 8 at a time`,
  connections: 8,
  request: { kind: 'addTransactions', accounts, keys: 'none' },
  costMax: 1.1,
});

const variants = [single(1_000, 1), single(1_000, 32), bulk(10), bulk(1_000)];

/** The same server with and without digests, each on a file of its own. */
interface Sides {
  readonly sealed: ServerProcess;
  readonly bare: ServerProcess;
}

export const digestSection: Section = {
  name: 'digest',
  title: 'Digests: the server as it is shipped and without digests, in turns',
  async run() {
    const folder = emptyDataFolder('digest');
    const without = ['--require', join(__dirname, 'without-digests.js')];
    const sides = {
      sealed: await startLedger(`file:${join(folder, 'sealed.db')}`),
      bare: await startLedger(`file:${join(folder, 'bare.db')}`, without),
    };
    const load = await Load.start();
    try {
      const figures: Row[] = [];
      for (const variant of variants) figures.push(await measure(variant, sides, load));
      return present(figures);
    } finally {
      await load.stop();
      await Promise.all([sides.sealed.stop(), sides.bare.stop()]);
    }
  },
};

type Row = Awaited<ReturnType<typeof measure>>;

async function measure(variant: Variant, { sealed, bare }: Sides, load: Load) {
  const { connections, request } = variant;
  const run = (server: ServerProcess, milliseconds: number) =>
    burst(load, server, { connections, milliseconds, request });
  for (const server of [sealed, bare]) await run(server, warmUpMilliseconds);
  const bursts: { sealed: BurstFigures[]; bare: BurstFigures[] } = { sealed: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    // The first of two bursts may be slower, so the sides take turns in being first.
    const isSealedFirst = round % 2 === 0;
    if (isSealedFirst) bursts.sealed.push(await run(sealed, burstMilliseconds));
    bursts.bare.push(await run(bare, burstMilliseconds));
    if (!isSealedFirst) bursts.sealed.push(await run(sealed, burstMilliseconds));
  }
  const costOf = (figure: 'requestsPerSecond' | 'requestsPerProcessorSecond') =>
    ratioOf(
      bursts.bare.map((each) => each[figure]),
      bursts.sealed.map((each) => each[figure]),
    );
  const rates = bursts.sealed.map(({ requestsPerSecond }) => requestsPerSecond);
  return {
    name: variant.name,
    costMax: variant.costMax,
    requestsPerSecond: spreadOf(rates),
    timeCost: costOf('requestsPerSecond'),
    processorCost: costOf('requestsPerProcessorSecond'),
  };
}

function present(figures: readonly Row[]) {
  const table = {
    title: 'What digests cost, in times of the cost without them, median (quartiles)',
    columns: ['', 'requests/s', 'time', 'processor time', 'target', ''],
    rows: figures.map(({ name, costMax, requestsPerSecond, timeCost, processorCost }) => [
      name,
      formatSpread(requestsPerSecond),
      formatSpread(timeCost, formatRatio),
      formatSpread(processorCost, formatRatio),
      `≤ ${costMax}`,
      formatMet(processorCost.median <= costMax),
    ]),
    notes: [
      'Without: the same program, in which a module of the benchmark stores 64 zeros instead.',
      'The target is compared with the processor time, which other programs hardly affect.',
    ],
  };
  return { figures, tables: [table] };
}

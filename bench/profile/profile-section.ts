import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestKind } from '../http/graphql-requests';
import { Load } from '../http/load';
import { type BurstFigures, burst } from '../http/processor-time';
import { type ServerProcess, startLedger } from '../http/server-process';
import { nextMessage } from '../support/child';
import { emptyDataFolder } from '../support/data-folder';
import { projectRoot } from '../support/paths';
import type { Section } from '../support/section';
import { formatNumber, type Table } from '../support/table';
import { type AreaTime, type FunctionTime, timesOf } from './areas';
import type { CpuProfile, ProfilerOrder } from './profiler';

interface Run {
  readonly name: string;
  readonly connections: number;
  readonly request: RequestKind;
  readonly rowsPerRequest: number;
}

interface Profiled extends Run {
  readonly rowsPerSecond: number;
  readonly serverBusy: number;
  readonly areas: readonly AreaTime[];
  readonly functions: readonly FunctionTime[];
}

/** Counted in rows, so that the engine has compiled as much on a busy machine as on a quiet one. */
const warmUpRows = { small: 20_000, bulk: 200_000 };
const profiledRows = { small: 50_000, bulk: 500_000 };
const millisecondsMax = 60_000;
const functionsMax = 30;

const adds = [32, 256].flatMap((connections) =>
  [1, 1_000].map((accounts) => ({
    name: `add-${accounts === 1 ? 'hot' : accounts}-${connections}`,
    connections,
    request: { kind: 'addTransaction', accounts } as const,
    rowsPerRequest: 1,
  })),
);

const bulk = [10, 1_000].map((accounts) => ({
  name: `bulk-${accounts}`,
  connections: 8,
  request: { kind: 'addTransactions', accounts, keys: 'none' } as const,
  rowsPerRequest: 1_000,
}));

const runs: readonly Run[] = [...adds, ...bulk];

/** `--run=add-hot-32,bulk-10` measures these runs only; without it all. */
export const profileSection: Section = {
  name: 'profile',
  title: 'Where the server spends its time, by a profile of its processor',
  async run(options) {
    const named = options.find((option) => option.startsWith('--run='))?.slice('--run='.length);
    const names = named?.split(',') ?? runs.map(({ name }) => name);
    const folder = emptyDataFolder('profile');
    const server = await startLedger(`file:${join(folder, 'ledger.db')}`, [
      '--require',
      join(__dirname, 'profiler.js'),
    ]);
    const load = await Load.start();
    try {
      const profiled: Profiled[] = [];
      for (const run of runs) {
        if (names.includes(run.name)) profiled.push(await profile(run, server, load));
      }
      return { figures: profiled, tables: profiled.flatMap(present) };
    } finally {
      await load.stop();
      await server.stop();
    }
  },
};

async function profile(run: Run, server: ServerProcess, load: Load): Promise<Profiled> {
  const { connections, request, rowsPerRequest } = run;
  const size = rowsPerRequest === 1 ? 'small' : 'bulk';
  const send = (rows: number): Promise<BurstFigures> => {
    const requestsMax = rows / rowsPerRequest;
    return burst(load, server, {
      connections,
      milliseconds: millisecondsMax,
      requestsMax,
      request,
    });
  };
  await send(warmUpRows[size]);
  await order(server, 'start');
  const { requestsPerSecond, serverBusy } = await send(profiledRows[size]);
  const content = await order<CpuProfile>(server, 'stop');
  keep(run.name, content);
  const rowsPerSecond = requestsPerSecond * rowsPerRequest;
  const { areas, functions } = timesOf(content);
  return { ...run, rowsPerSecond, serverBusy, areas, functions: functions.slice(0, functionsMax) };
}

function order<Response>(
  { child }: ServerProcess,
  profile: ProfilerOrder['profile'],
): Promise<Response> {
  const response = nextMessage<Response>(child);
  child.send({ profile } satisfies ProfilerOrder);
  return response;
}

/** For the developer tools of a browser, or `speedscope`. */
function keep(name: string, content: CpuProfile): void {
  const folder = join(projectRoot, 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.cpuprofile`), JSON.stringify(content));
}

function present(profiled: Profiled): Table[] {
  const { name, rowsPerSecond, serverBusy, areas, functions } = profiled;
  const total = areas.reduce((sum, { microseconds }) => sum + microseconds, 0);
  const rows = (rowsPerSecond * total) / 1e6;
  const figuresOf = (microseconds: number) => [
    `${((microseconds / total) * 100).toFixed(1)} %`,
    (microseconds / rows).toFixed(2),
  ];
  return [
    {
      title: `${name}: ${formatNumber(rowsPerSecond)} rows/s`,
      columns: ['area', 'share', 'µs per row'],
      rows: areas.map(({ area, microseconds }) => [area, ...figuresOf(microseconds)]),
      notes: [
        `The server took ${(serverBusy * 100).toFixed(0)} % of its processor, with the profiler. The ` +
          'rest is what was idle, and waits for the disk and for other programs.',
        `bench/results/${name}.cpuprofile has every sample.`,
      ],
    },
    {
      title: `${name}: the functions that took most themselves`,
      columns: ['function', 'share', 'µs per row'],
      rows: functions.map(({ area, name: called, path, microseconds }) => [
        `${called} (${path === '' ? '' : `${path}; `}${area})`,
        ...figuresOf(microseconds),
      ]),
      notes: [],
    },
  ];
}

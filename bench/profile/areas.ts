import { projectRoot } from '../support/paths';
import type { CpuProfile } from './profiler';

/** A function of a profile. The path is relative to the project, or begins with `node:`. */
interface Frame {
  readonly name: string;
  readonly path: string;
}

/** What a server spends its time on. */
interface Area {
  readonly name: string;
  /** @param callers of the function, the direct one first. */
  readonly has: (frame: Frame, callers: readonly Frame[]) => boolean;
}

/**
 * A function is of the first of these areas that has it. One of no area, such as those of Node's
 * file system, of the engine, of small packages and of compiled operations, is of its caller's.
 */
const areas: readonly Area[] = [
  called('idle', '(idle)'),
  called('garbage collection', '(garbage collector)'),
  called('native: event loop, parser of HTTP, reads of sockets', '(program)'),
  sqlite('SQLite: COMMIT, with its wait for the disk', 'inTransaction'),
  sqlite('SQLite: BEGIN', 'begin'),
  within('SQLite: rows', /^node_modules\/libsql\//),
  within('checks of files and of the WAL', /^dist\/journal\/sqlite\/(wal|database-watch|file)/),
  within('digest', /^dist\/(digest\/|ledger\/(canonical-form|form-))/),
  within('authentication', /^dist\/(auth\/|http\/authentication)/),
  within('journal', /^dist\/journal\//),
  within('service', /^dist\/service\//),
  within('rules', /^dist\/ledger\//),
  within(
    'GraphQL',
    /^dist\/(graphql|http\/execution|http\/apollo)\//,
    /^node_modules\/(graphql|graphql-jit|graphql-scalars|type-graphql|@apollo)\//,
  ),
  within('sockets', /^node:(net|internal\/stream_base_commons)$/),
  within(
    'HTTP and Fastify',
    /^dist\/http\//,
    /^node_modules\/(fastify|@fastify|find-my-way)\//,
    /^node:_http/,
  ),
];

/** The function that starts and stops the profile, which is no work of the server. */
const profiler = 'dispatch';

/** What was left: promises, timers and streams that no function above called. */
const other = 'Node: streams, promises, timers';

export interface AreaTime {
  readonly area: string;
  readonly microseconds: number;
}

export interface FunctionTime extends AreaTime, Frame {}

/** Adds up the time of each area, and of each function itself. The longest times come first. */
export function timesOf({ nodes, samples = [], timeDeltas = [] }: CpuProfile): {
  readonly areas: readonly AreaTime[];
  readonly functions: readonly FunctionTime[];
} {
  const byArea = new Map<string, AreaTime>();
  const byFunction = new Map<string, FunctionTime>();
  const chains = chainsOf(nodes);
  for (const [index, sample] of samples.entries()) {
    const microseconds = timeDeltas[index];
    const chain = chains.get(sample)!;
    if (chain[0].name === profiler) continue;
    const area = areaOf(chain);
    addTo(byArea, area, { area, microseconds });
    const [frame] = chain;
    addTo(byFunction, `${area} ${frame.name} ${frame.path}`, { ...frame, area, microseconds });
  }
  return { areas: longestFirst(byArea), functions: longestFirst(byFunction) };
}

function areaOf(chain: readonly Frame[]): string {
  for (const [index, frame] of chain.entries()) {
    const callers = chain.slice(index + 1);
    const area = areas.find(({ has }) => has(frame, callers));
    if (area !== undefined) return area.name;
  }
  return other;
}

/** Returns the function of each node and its callers, the root last. */
function chainsOf(nodes: CpuProfile['nodes']): ReadonlyMap<number, readonly Frame[]> {
  const parents = new Map(
    nodes.flatMap((node) => (node.children ?? []).map((id) => [id, node.id])),
  );
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, frameOf(callFrame)]));
  return new Map(
    nodes.map(({ id }) => {
      const chain: Frame[] = [];
      for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
        chain.push(frames.get(at)!);
      }
      return [id, chain];
    }),
  );
}

function frameOf({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): Frame {
  const path = url.replace(/^file:\/\//, '');
  const own = `${projectRoot}/`;
  return {
    name: functionName === '' ? '(anonymous)' : functionName,
    path: path.startsWith(own) ? path.slice(own.length) : path,
  };
}

function addTo<Time extends AreaTime>(times: Map<string, Time>, key: string, time: Time): void {
  const microseconds = (times.get(key)?.microseconds ?? 0) + time.microseconds;
  times.set(key, { ...time, microseconds });
}

function longestFirst<Time extends AreaTime>(times: ReadonlyMap<string, Time>): Time[] {
  return [...times.values()].sort((a, b) => b.microseconds - a.microseconds);
}

function called(name: string, functionName: string): Area {
  return { name, has: (frame) => frame.name === functionName };
}

function within(name: string, ...paths: readonly RegExp[]): Area {
  return { name, has: ({ path }) => paths.some((pattern) => pattern.test(path)) };
}

/** Statements without rows, by the method of the connection that executes them. */
function sqlite(name: string, method: string): Area {
  return {
    name,
    has: ({ path }, [, caller]) => /^node_modules\/libsql\//.test(path) && caller?.name === method,
  };
}

import { Session } from 'node:inspector';

/**
 * Counts what code does instead of timing it: how often V8 ran each block of the files that it
 * watches. A loop's body counts once a turn, a function once a call. Elements that the engine
 * itself walks in one call, as in `indexOf`, are counted by {@link withBulkCalls}.
 *
 * V8 counts the blocks of functions compiled while it is counting: start first, load the watched
 * files afterwards.
 */
export class StepCounter {
  readonly #session = new Session();

  constructor(readonly isWatched: (file: string) => boolean) {}

  start(): void {
    this.#session.connect();
    this.#post('Profiler.enable');
    this.#post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  stop(): void {
    this.#post('Profiler.stopPreciseCoverage');
    this.#session.disconnect();
  }

  /** The number of steps that `operation` takes in the watched files. */
  stepsOf(operation: () => void): number {
    this.#take();
    let elements = 0;
    withBulkCalls((length) => {
      elements += length;
    }, operation);
    return this.#take() + elements;
  }

  /** The counts of all watched blocks since the last call. */
  #take(): number {
    let steps = 0;
    for (const { url, functions } of this.#post<Coverage>('Profiler.takePreciseCoverage').result) {
      if (!this.isWatched(url)) continue;
      for (const { ranges } of functions) for (const { count } of ranges) steps += count;
    }
    return steps;
  }

  /** The session of one's own thread answers before `post` returns. */
  #post<Result>(method: string, params: object = {}): Result {
    let answer: Result | undefined;
    this.#session.post(method, params, (error, result) => {
      if (error !== null) throw error;
      answer = result as Result;
    });
    return answer!;
  }
}

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

type Method = (this: ArrayLike<unknown>, ...parameters: unknown[]) => unknown;

/** Methods whose cost grows with the array that they are called on. */
const bulkMethods = [
  'splice',
  'slice',
  'indexOf',
  'includes',
  'find',
  'findIndex',
  'filter',
  'map',
];
const moreBulkMethods = [
  'some',
  'every',
  'forEach',
  'reduce',
  'reverse',
  'sort',
  'shift',
  'unshift',
];
const typedBulkMethods = [
  'set',
  'slice',
  'copyWithin',
  'fill',
  'indexOf',
  'subarray',
  'reverse',
  'sort',
];

/**
 * Runs an operation and tells the length of every array on which it calls a method that walks the
 * array.
 */
export function withBulkCalls(onCall: (length: number) => void, operation: () => void): void {
  const typed = Object.getPrototypeOf(Float64Array.prototype) as Record<string, Method>;
  const plain = Array.prototype as unknown as Record<string, Method>;
  const restores = [
    ...[...bulkMethods, ...moreBulkMethods, 'copyWithin', 'fill', 'concat', 'flat'].map((name) =>
      watch(plain, name, onCall),
    ),
    ...typedBulkMethods.map((name) => watch(typed, name, onCall)),
  ];
  try {
    operation();
  } finally {
    for (const restore of restores) restore();
  }
}

function watch(prototype: Record<string, Method>, name: string, onCall: (n: number) => void) {
  const original = prototype[name]!;
  prototype[name] = function watched(...parameters) {
    onCall(this.length);
    return original.apply(this, parameters);
  };
  return () => {
    prototype[name] = original;
  };
}

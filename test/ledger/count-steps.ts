import { CountedModules } from './counted-modules';

/**
 * Counts what code does instead of timing it: each iteration of a loop, each call of a function,
 * and each element that is spread. Elements that the engine itself walks in one call, as in
 * `indexOf`, are counted by {@link withBulkCalls}. Only modules that are loaded through the counter
 * are counted; the counts do not depend on the engine.
 */
export class StepCounter {
  #steps = 0;
  readonly #modules = new CountedModules({
    step: () => {
      this.#steps += 1;
    },
    spread: (value) => {
      this.#steps += elementsOf(value);
      return value;
    },
  });

  /** @param path of a TypeScript file, without its extension. */
  load<Module>(path: string): Module {
    return this.#modules.load(path);
  }

  /** Returns the number of steps that `operation` takes in the loaded modules. */
  stepsOf(operation: () => void): number {
    const before = this.#steps;
    withBulkCalls((length) => {
      this.#steps += length;
    }, operation);
    return this.#steps - before;
  }
}

function elementsOf(value: unknown): number {
  const { length, size } = value as { readonly length?: number; readonly size?: number };
  return length ?? size ?? 0;
}

type Method = (this: ArrayLike<unknown>, ...parameters: unknown[]) => unknown;

/**
 * Methods whose cost does not grow with the array that they are called on; all others are watched.
 */
const constantMethods = new Set(['constructor', 'at', 'push', 'pop', 'keys', 'values', 'entries']);

const bulkMethods = [Array.prototype, Object.getPrototypeOf(Float64Array.prototype)].flatMap(
  (prototype) =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype))
      .filter(([name, { value }]) => typeof value === 'function' && !constantMethods.has(name))
      .map(([name]) => [prototype as Record<string, Method>, name] as const),
);

/**
 * Runs an operation and reports the length of every array on which it calls a method that walks the
 * array.
 */
function withBulkCalls(onCall: (length: number) => void, operation: () => void): void {
  const restores = bulkMethods.map(([prototype, name]) => watch(prototype, name, onCall));
  restores.push(watchArrayFrom(onCall));
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

function watchArrayFrom(onCall: (length: number) => void): () => void {
  const original = Array.from;
  Array.from = function watched(...parameters: Parameters<typeof original>) {
    const array = original.apply(Array, parameters);
    onCall(array.length);
    return array;
  } as typeof original;
  return () => {
    Array.from = original;
  };
}

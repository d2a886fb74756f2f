import type { Parameters as AssertParameters } from 'fast-check';

/**
 * Returns how often a property runs: `runs` times, `FC_TIMES` times as often, or `FC_RUNS` times.
 * `FC_SEED` repeats a run; fast-check prints the seed of one that failed.
 */
export function often<T>(runs: number): AssertParameters<T> {
  const { FC_RUNS, FC_TIMES = '1', FC_SEED } = process.env;
  const numRuns = FC_RUNS === undefined ? Math.ceil(runs * Number(FC_TIMES)) : Number(FC_RUNS);
  return FC_SEED === undefined ? { numRuns } : { numRuns, seed: Number(FC_SEED) };
}

const isLongRun = process.env.FC_RUNS !== undefined || process.env.FC_TIMES !== undefined;
/** Time limit, long enough for as many runs as the environment sets; otherwise Jest's. */
export const longRunMsMax = isLongRun ? 24 * 60 * 60 * 1000 : 240_000;

/** True in the long form `test:exhaustive`: suites then use their largest sizes. */
export const isExhaustive = process.env.EXHAUSTIVE_LENGTH !== undefined;

/**
 * Returns a generator of numbers from 0 up to 1, the same for the same seed (mulberry32, by Tommy
 * Ettinger).
 */
export function numbersFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

import type { Parameters as AssertParameters } from 'fast-check';

/**
 * How often a property runs: `runs` times, or as often as `FC_RUNS` says. `FC_SEED` repeats a run;
 * fast-check prints the seed of one that failed.
 */
export function often<T>(runs: number): AssertParameters<T> {
  const { FC_RUNS, FC_SEED } = process.env;
  const numRuns = FC_RUNS === undefined ? runs : Number(FC_RUNS);
  return FC_SEED === undefined ? { numRuns } : { numRuns, seed: Number(FC_SEED) };
}

/** Enough time for as many runs as the environment asks for. */
export const longRunMsMax = process.env.FC_RUNS === undefined ? 30_000 : 24 * 60 * 60 * 1000;

/**
 * A stream of numbers from 0 up to 1, the same for the same seed (mulberry32, by Tommy Ettinger).
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

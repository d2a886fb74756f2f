/**
 * Returns a generator of numbers from 0 to below 1, the same in every run (Marsaglia's xorshift32).
 */
export function seededRandom(seed = 0x9e3779b9): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

import type { Chunks } from '../../../src/import/file-records';

const workMsMax = 30;

/** Yields the same chunks, and lets the browser draw and react at least every 30 ms. */
export async function* yieldingChunks(chunks: Chunks): Chunks {
  let since = performance.now();
  for await (const chunk of chunks) {
    yield chunk;
    if (performance.now() - since < workMsMax) continue;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  }
}

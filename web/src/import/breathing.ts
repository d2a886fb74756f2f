import type { Chunks } from '../../../src/import/file-records';

const workMsMax = 30;

/** The same chunks, with a pause for the page now and then, however fast they come and are worked on. */
export async function* breathing(chunks: Chunks): Chunks {
  let since = performance.now();
  for await (const chunk of chunks) {
    yield chunk;
    if (performance.now() - since < workMsMax) continue;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  }
}

interface Started {
  dispose(): Promise<void>;
}

/**
 * Starts something before the tests of one file, and disposes of it after them, also if it took
 * longer to start than the hook may: it would keep jest waiting.
 */
export function useStarted<Kind extends Started>(
  start: () => Promise<Kind>,
  startMsMax?: number,
): () => Kind {
  let started: Kind | null = null;
  let starting: Promise<Kind> | null = null;
  beforeAll(async () => {
    starting = start();
    started = await starting;
  }, startMsMax);
  afterAll(() => disposeOf(starting));
  return () => {
    if (started === null) throw new Error('It exists only while tests run.');
    return started;
  };
}

/** Disposes of what is being started, once it has; of nothing if it fails to. */
export async function disposeOf(starting: Promise<Started> | null): Promise<void> {
  const started = await starting?.catch(() => null);
  await started?.dispose();
}

import { backoff, jittered, type RetryPolicy, retry } from '../src/retry';

afterEach(() => jest.useRealTimers());

const passing = new Error('passing');

/** Fails so many times, then succeeds with the number of the attempt. */
function failing(times: number, error: Error = passing) {
  return (attempt: number) => (attempt <= times ? Promise.reject(error) : Promise.resolve(attempt));
}

function policy(given: Partial<RetryPolicy> = {}): RetryPolicy & { readonly pauses: number[] } {
  const pauses: number[] = [];
  const wait = async (milliseconds: number) => void pauses.push(milliseconds);
  const isRetryable = (error: unknown) => error === passing;
  return { pauseMs: backoff(100, 500), isRetryable, wait, ...given, pauses };
}

test('a call that fails for a time is made again, with growing pauses', async () => {
  const given = policy();
  expect(await retry(failing(5), given)).toBe(6);
  expect(given.pauses).toEqual([100, 200, 400, 500, 500]);
});

test('an error that is not retryable is thrown at once', async () => {
  const given = policy();
  const final = new Error('final');
  await expect(retry(failing(1, final), given)).rejects.toBe(final);
  expect(given.pauses).toEqual([]);
});

test('the last error is thrown when the attempts or the time are used up', async () => {
  const few = policy({ attemptsMax: 3 });
  await expect(retry(failing(9), few)).rejects.toBe(passing);
  expect(few.pauses).toEqual([100, 200]);
  jest.useFakeTimers();
  const short = policy({ totalMsMax: 700 });
  await expect(retry(failing(9), short)).rejects.toBe(passing);
  expect(short.pauses).toEqual([100, 200, 400]);
});

test('each retry is announced with its number before its pause', async () => {
  const seen: unknown[] = [];
  await retry(failing(2), policy({ onRetry: (error, attempt) => seen.push([error, attempt]) }));
  expect(seen).toEqual([
    [passing, 2],
    [passing, 3],
  ]);
});

test('an aborted signal ends a pause', async () => {
  const abort = new AbortController();
  const isRetryable = () => !abort.signal.aborted;
  const given = { pauseMs: () => 60_000, isRetryable, signal: abort.signal };
  const failed = retry(failing(9), given);
  setImmediate(() => abort.abort());
  await expect(failed).rejects.toBe(passing);
});

test('jitter keeps a pause between half and full length', () => {
  const pauseMs = jittered(() => 100);
  for (let draw = 0; draw < 1_000; draw += 1) {
    expect(pauseMs(2)).toBeGreaterThanOrEqual(50);
    expect(pauseMs(2)).toBeLessThanOrEqual(100);
  }
});

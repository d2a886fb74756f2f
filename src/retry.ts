/** When to try again, and when to give up. Times are in milliseconds. */
export interface RetryPolicy {
  /** True for an error after which the same call may succeed. */
  readonly isRetryable: (error: unknown) => boolean;
  /** The pause before an attempt: 2 for the first retry. */
  readonly pauseMs: (attempt: number) => number;
  /**
   * No attempt begins later than this after the first. Pauses count in full even if `wait` takes
   * less time, so that a test whose waits take no time ends too.
   */
  readonly totalMsMax?: number;
  readonly attemptsMax?: number;
  /** Called before the pause, with the number of the attempt that follows. */
  readonly onRetry?: (error: unknown, attempt: number) => void;
  /** Ends the pause early when aborted; the caller's `isRetryable` then decides. */
  readonly signal?: AbortSignal;
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/**
 * Calls `attempt` until it succeeds. Rejects with the last error if that is not retryable, or if
 * the policy's limits are reached. Runs in browsers too.
 */
export async function retry<Result>(
  attempt: (number: number) => Promise<Result>,
  policy: RetryPolicy,
): Promise<Result> {
  const { isRetryable, pauseMs, onRetry, signal, wait = pause } = policy;
  const { totalMsMax = Number.POSITIVE_INFINITY, attemptsMax = Number.POSITIVE_INFINITY } = policy;
  const start = performance.now();
  for (let number = 1, paused = 0; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      const next = pauseMs(number + 1);
      paused += next;
      const elapsed = Math.max(paused, performance.now() - start + next);
      if (number >= attemptsMax || elapsed > totalMsMax || !isRetryable(error)) throw error;
      onRetry?.(error, number + 1);
      await wait(next, signal);
    }
  }
}

/** Returns exponential backoff: `firstMs`, then twice as long each time, up to `maxMs`. */
export function backoff(firstMs: number, maxMs: number): (attempt: number) => number {
  return (attempt) => Math.min(maxMs, firstMs * 2 ** Math.max(0, attempt - 2));
}

/**
 * Spreads pauses from half to full length, so that callers who failed together do not return so.
 */
export function jittered(pauseMs: (attempt: number) => number): (attempt: number) => number {
  return (attempt) => pauseMs(attempt) * (0.5 + Math.random() / 2);
}

/** Resolves after a time, or when the signal is aborted. */
function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}

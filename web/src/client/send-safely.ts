import { backoff, retry } from '../../../src/retry';
import { isRetryable } from './errors';

/** With the pauses below, the last attempt begins about 16 seconds after the first. */
export const attemptsMax = 7;
const firstPauseMs = 400;
const longestPauseMs = 5_000;

/**
 * Retries with backoff until there is a response. Only for requests that are safe to repeat.
 *
 * @param onRetry called before the pause, with the number of the attempt that follows, from 2.
 * @throws the last error, or at once an error that is not retryable.
 */
export function sendSafely<Response>(
  send: () => Promise<Response>,
  onRetry: (attempt: number) => void = () => {},
): Promise<Response> {
  return retry(send, {
    isRetryable,
    pauseMs: backoff(firstPauseMs, longestPauseMs),
    attemptsMax,
    onRetry: (_error, attempt) => onRetry(attempt),
  });
}

import { JournalUnavailable } from '../journal/journal-error';
import { ServiceUnavailable } from './service-error';

/**
 * Returns the error for the caller: `ServiceUnavailable` if the store is away, which the caller may
 * retry, and any other error as it is.
 */
export function asServiceError(thrown: unknown): Error {
  if (thrown instanceof JournalUnavailable) {
    return new ServiceUnavailable('The store does not respond; nothing was changed, retry.', {
      cause: thrown,
    });
  }
  return toError(thrown);
}

export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

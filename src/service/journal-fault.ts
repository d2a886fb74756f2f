import { JournalUnavailable } from '../journal/journal';
import { ServiceUnavailable } from './service-error';

/**
 * What the store cannot do now is the caller's to retry; everything else is a fault, and told as it
 * is.
 */
export function asServiceError(thrown: unknown): Error {
  if (thrown instanceof JournalUnavailable) {
    return new ServiceUnavailable('The store does not answer now; nothing was changed, retry.', {
      cause: thrown,
    });
  }
  return toError(thrown);
}

export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

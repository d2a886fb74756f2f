import { AppendOutcomeUnknown, JournalUnavailable } from '../../journal/journal-error';
import { OperatorError } from '../../operator-error';
import { OutcomeUnknown, ServiceError } from '../service-error';

/** True if the store failed; any other error is a bug of this program. */
export function isOfTheStore(error: unknown): boolean {
  return (
    error instanceof JournalUnavailable ||
    error instanceof OperatorError ||
    error instanceof OutcomeUnknown
  );
}

/**
 * Returns what the log says of a failure in the background: the reason, if the store or the server
 * serves nobody now, and the error with its stack if it is a bug.
 */
export function faultFields(error: unknown): { reason: string } | { err: unknown } {
  const isExpected =
    isOfTheStore(error) || error instanceof ServiceError || error instanceof AppendOutcomeUnknown;
  return isExpected ? { reason: reasonOf(error) } : { err: error };
}

/** Returns the reason in one line: that of the store, if the error is what a client is told. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ServiceError && error.cause instanceof Error) return error.cause.message;
  return error.message;
}

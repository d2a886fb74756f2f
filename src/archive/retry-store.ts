import { AppendOutcomeUnknown, JournalUnavailable } from '../journal/journal-error';
import { retry } from '../retry';

const attempts = 10;
const pauseMs = 500;

/** Another process writes to the store, so that an append was refused. */
export class StoreInUse extends JournalUnavailable {}

/**
 * Makes a call of a restore until it succeeds, for as long as a database takes to restart. The call
 * must have the same effect if an earlier attempt took effect too.
 */
export async function retryStore<Result>(call: () => Promise<Result>): Promise<Result> {
  return retry(call, {
    attemptsMax: attempts,
    pauseMs: () => pauseMs,
    isRetryable: (error) =>
      !(error instanceof StoreInUse) &&
      (error instanceof JournalUnavailable || error instanceof AppendOutcomeUnknown),
  });
}

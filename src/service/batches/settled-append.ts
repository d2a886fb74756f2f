import type { Append, AppendResult, Journal } from '../../journal/journal';
import {
  AppendOutcomeUnknown,
  JournalDamaged,
  JournalUnavailable,
} from '../../journal/journal-error';
import { backoff, retry } from '../../retry';
import { OutcomeUnknown } from '../service-error';

/** How long to retry, and how to wait; passed in so that tests need no time. */
export interface Patience {
  readonly settleMsMax: number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

const firstPauseMs = 20;
const pauseMsMax = 500;

/**
 * Appends, and settles an unknown outcome, see {@link settleAppend}. Rejects with `OutcomeUnknown`
 * only if the store does not respond in time, and otherwise as the journal does.
 */
export async function appendSettled(
  journal: Journal,
  appends: readonly Append[],
  patience: Patience,
): Promise<AppendResult[]> {
  try {
    return await journal.append(appends);
  } catch (error) {
    if (!(error instanceof AppendOutcomeUnknown)) throw error;
    return settleAppend(journal, appends, patience, error);
  }
}

/**
 * Settles appends whose outcome is unknown. Reading back would prove nothing, since the store may
 * still commit what was sent. So exactly the same entries are appended again, with backoff, until
 * their sequences are taken: by them, or by others. Rejects with `OutcomeUnknown` if the store does
 * not respond within `settleMsMax`, or is damaged; its cause is the last error of the store.
 */
export async function settleAppend(
  journal: Journal,
  appends: readonly Append[],
  { settleMsMax, wait }: Patience,
  cause: unknown = null,
): Promise<AppendResult[]> {
  if (settleMsMax <= 0) throw outcomeUnknown(cause);
  await wait(firstPauseMs);
  const attempt = async () => recognizeOwn(journal, appends, await journal.append(appends));
  try {
    return await retry(attempt, {
      isRetryable: (error) => isUnsettled(error) && !(error instanceof JournalDamaged),
      pauseMs: backoff(2 * firstPauseMs, pauseMsMax),
      totalMsMax: settleMsMax - firstPauseMs,
      wait,
    });
  } catch (error) {
    throw isUnsettled(error) ? outcomeUnknown(error) : error;
  }
}

function isUnsettled(error: unknown): boolean {
  return error instanceof AppendOutcomeUnknown || error instanceof JournalUnavailable;
}

function outcomeUnknown(cause: unknown): OutcomeUnknown {
  return new OutcomeUnknown(
    'The store did not confirm the change in time; it may or may not be recorded. Retry with the same idempotency key.',
    { cause },
  );
}

/** Turns a conflict with our own entries into success: the append of unknown outcome was done. */
async function recognizeOwn(
  journal: Journal,
  appends: readonly Append[],
  results: readonly AppendResult[],
): Promise<AppendResult[]> {
  const conflicting = appends.filter((_append, index) => results[index] === 'conflict');
  if (conflicting.length === 0) return [...results];
  const own = await journal.confirm(conflicting.map(({ entries: [first] }) => first));
  const confirmed = new Set(conflicting.filter((_append, index) => own[index]));
  return results.map((result, index) => (confirmed.has(appends[index]) ? 'appended' : result));
}

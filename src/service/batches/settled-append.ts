import {
  type Append,
  AppendOutcomeUnknown,
  type AppendResult,
  type Journal,
  JournalDamaged,
  JournalUnavailable,
} from '../../journal/journal';
import { OutcomeUnknown } from '../service-error';

/** How to wait and for how long; passed in so that tests need no time. */
export interface Patience {
  readonly settleMsMax: number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

const firstWaitMs = 20;
const waitMsMax = 500;

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
 * still commit what was sent. So exactly the same entries are appended again until their sequences
 * are taken: by them, or by others. Rejects with `OutcomeUnknown` if the store does not respond in
 * time; its cause is the last error of the store.
 */
export async function settleAppend(
  journal: Journal,
  appends: readonly Append[],
  { settleMsMax, wait }: Patience,
  cause: unknown = null,
): Promise<AppendResult[]> {
  let last = cause;
  const giveUpAt = performance.now() + settleMsMax;
  let pause = firstWaitMs;
  for (let waited = 0; waited < settleMsMax && performance.now() < giveUpAt; waited += pause) {
    await wait(pause);
    pause = Math.min(pause * 2, waitMsMax);
    try {
      return await recognizeOwn(journal, appends, await journal.append(appends));
    } catch (error) {
      const isAway = error instanceof AppendOutcomeUnknown || error instanceof JournalUnavailable;
      if (!isAway) throw error;
      last = error;
      // No retry would tell.
      if (error instanceof JournalDamaged) break;
    }
  }
  throw new OutcomeUnknown(
    'The store did not confirm the change in time; it may or may not be recorded. Retry with the same idempotency key.',
    { cause: last },
  );
}

/** A conflict with our own entries means that the append of unknown outcome succeeded. */
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

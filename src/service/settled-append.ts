import {
  type Append,
  AppendOutcomeUnknown,
  type AppendResult,
  type Journal,
  JournalDamaged,
  JournalUnavailable,
} from '../journal/journal';
import { OutcomeUnknown } from './service-error';

/** How to wait and for how long; handed in so that tests need no time. */
export interface Patience {
  readonly settleMsMax: number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

const firstWaitMs = 20;
const waitMsMax = 500;

/**
 * Appends, and settles an unknown outcome, see {@link settleAppend}. Rejects with `OutcomeUnknown`
 * only if the store does not answer in time, and else as the journal does.
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
    return settleAppend(journal, appends, patience);
  }
}

/**
 * Finds out what became of appends whose answer was lost. Reading back would prove nothing, as the
 * store may still commit what was sent; so the very same entries are appended again until their
 * sequences are taken: by them, or by others. Rejects with `OutcomeUnknown` if the store does not
 * answer in time.
 */
export async function settleAppend(
  journal: Journal,
  appends: readonly Append[],
  { settleMsMax, wait }: Patience,
): Promise<AppendResult[]> {
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
      // No retry would tell.
      if (error instanceof JournalDamaged) break;
    }
  }
  throw new OutcomeUnknown(
    'The store did not confirm the change in time; it may or may not be recorded. Retry with the same idempotency key.',
  );
}

/** A conflict with our own entries is the success of the append whose answer was lost. */
async function recognizeOwn(
  journal: Journal,
  appends: readonly Append[],
  results: readonly AppendResult[],
): Promise<AppendResult[]> {
  const beaten = appends.filter((_append, index) => results[index] === 'conflict');
  if (beaten.length === 0) return [...results];
  const own = await journal.confirm(beaten.map(({ entries: [first] }) => first));
  const confirmed = new Set(beaten.filter((_append, index) => own[index]));
  return results.map((result, index) => (confirmed.has(appends[index]) ? 'appended' : result));
}

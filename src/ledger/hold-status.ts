import type { Account } from './account';
import { type Entry, isCapture } from './entry';
import type { HoldEntry } from './hold-entry';

/** `ENDED` also after a part was captured: the status is what closed the hold. */
export type HoldStatus = 'OPEN' | 'CAPTURED' | 'RELEASED' | 'ENDED';

/**
 * Returns the current status of a hold; what it holds is `held` of the account's open hold, or 0.
 * Whatever is due must have been processed. O(1).
 * @param newest the newest entry that names the hold; null if none does.
 */
export function holdStatus(account: Account, hold: HoldEntry, newest: Entry | null): HoldStatus {
  if (account.holds.at(hold.sequence) !== null) return 'OPEN';
  if (newest?.kind === 'release') return 'RELEASED';
  if (newest === null || !isCapture(newest)) return 'ENDED';
  return newest.keepRest && newest.total < hold.points ? 'ENDED' : 'CAPTURED';
}

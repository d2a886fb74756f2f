import { type Entry, isCapture } from './entry';

/** `ENDED` also after a part was captured: the status is what closed the hold. */
export type HoldStatus = 'OPEN' | 'CAPTURED' | 'RELEASED' | 'ENDED';

/**
 * Returns the current status of a hold. O(1).
 * @param taken the points that the hold took.
 * @param held the points of the account's open hold, 0 if none is open, once whatever is due has
 *   been processed.
 * @param newest the newest entry that names the hold; null if none does.
 */
export function holdStatus(taken: number, held: number, newest: Entry | null): HoldStatus {
  if (held > 0) return 'OPEN';
  if (newest?.kind === 'release') return 'RELEASED';
  if (newest === null || !isCapture(newest)) return 'ENDED';
  return newest.keepRest && newest.total < taken ? 'ENDED' : 'CAPTURED';
}

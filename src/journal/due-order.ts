import { compareCodePoints } from './code-point-order';
import type { DuePlace } from './journal';

/** Compares by instant, then by account. */
export function compareDue(left: DuePlace, right: DuePlace): number {
  return left.at - right.at || compareCodePoints(left.accountId, right.accountId);
}

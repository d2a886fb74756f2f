import type { Account } from './account';
import type { LotKey } from './entry-common';
import { compareKeys } from './lot-walk';
import type { OpenHold } from './open-hold';
import { type PageRange, type WalkedPage, walkedPage } from './walked-page';

/**
 * Returns open holds, the next to end first, and then by sequence: the timestamps of the range are
 * instants at which holds end. O(n log n) for n open holds, which are at most 1,000.
 */
export function holdPage({ holds }: Account, range: PageRange<LotKey>): WalkedPage<OpenHold> {
  const sorted = holds.inOrder().sort((a, b) => compareKeys(endOf(a), endOf(b)));
  const order = {
    walk(step: 1 | -1, from: LotKey | null) {
      const ahead = sorted.filter(
        (hold) => from === null || compareKeys(endOf(hold), from) * step > 0,
      );
      if (step === -1) ahead.reverse();
      let index = 0;
      return () => ahead[index++] ?? null;
    },
    keyOf: endOf,
    compare: compareKeys,
  };
  return walkedPage(order, range);
}

/** Returns the place of a hold among those that are open. */
function endOf({ expiresAt, sequence }: OpenHold): LotKey {
  return { timestamp: expiresAt, sequence };
}

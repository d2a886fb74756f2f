import { broken } from '../ledger/invariant';
import type { Append } from './journal';

/**
 * Checks that an append has entries of its account, numbered without a gap after the entry they
 * follow. Every adapter calls it, so that a caller's bug never becomes a gap in a table.
 * @throws an invariant's error if not.
 */
export function checkShape(append: Append): void {
  const { accountId, after, entries } = append;
  if (entries.length === 0) broken(`nothing to append to account ${JSON.stringify(accountId)}`);
  let sequence = after?.sequence ?? 0;
  for (const entry of entries) {
    sequence += 1;
    if (entry.sequence !== sequence || entry.accountId !== accountId) {
      broken(
        `entry ${entry.sequence} of account ${JSON.stringify(entry.accountId)} where ` +
          `${sequence} of ${JSON.stringify(accountId)} was expected`,
      );
    }
  }
}

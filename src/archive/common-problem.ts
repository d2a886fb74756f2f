import type { Account } from '../ledger/account';
import type { Entry } from '../ledger/entry';
import { isText } from '../ledger/text';
import { isInstant, shownInstant } from './shown-instant';

/**
 * Returns what is wrong with the place of an entry as the next one of an account, or with values
 * that all kinds have, as a clause to follow its name; null if nothing is.
 */
export function commonProblem(account: Account, entry: Entry): string | null {
  if (entry.sequence !== account.sequence + 1) {
    return `it is in the place of entry ${account.sequence + 1}`;
  }
  if (entry.recordedAt < account.recordedAt) {
    const [previous, own] = [account.recordedAt, entry.recordedAt].map(shownInstant);
    return `it was recorded at ${own}, before the entry that precedes it (${previous})`;
  }
  if (!Number.isSafeInteger(entry.points)) return `its points are ${entry.points}`;
  if (!isInstant(entry.recordedAt)) return `it was recorded at ${entry.recordedAt}`;
  if (entry.id === '') return 'it has no id';
  if (!isText(entry.id)) return `its id is ${JSON.stringify(entry.id)}`;
  const { actor } = entry;
  return actor === undefined || isText(actor) ? null : `its actor is ${JSON.stringify(actor)}`;
}

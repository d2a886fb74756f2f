import { digestOf } from '../digest/entry-digest';
import type { Entry } from '../ledger/entry';

/**
 * Returns what is wrong with an entry's digest, as a clause to follow its name, or null.
 * @param previous the digest of the entry before it in its account; null if there is none.
 */
export function chainProblem(entry: Entry, previous: string | null): string | null {
  const { digest } = entry;
  if (digest === null) {
    return previous === null ? null : 'it has no digest, and the entry that precedes it has one';
  }
  if (digest === digestOf(entry, previous)) return null;
  return 'its digest is not that of its values after the previous digest';
}

import { digestOf } from '../digest/entry-digest';
import { type Entry, isCapture, type SpendEntry } from '../ledger/entry';

/**
 * Returns what is wrong with an entry's digest, as a clause to follow its name, or null.
 * @param previous the digest of the entry before it in its account; null if there is none.
 */
export function chainProblem(entry: Entry, previous: string | null): string | null {
  const { digest } = entry;
  if (digest === null) {
    if (previous !== null) return 'it has no digest, and the entry that precedes it has one';
    return isOfFormat1(entry) ? null : 'it has no digest, and what it says needs format 2';
  }
  if (digest === digestOf(entry, previous)) return null;
  return 'its digest is not that of its values after the previous digest';
}

/** Returns true for what format 1 has: grants, debits and spends without dates and choices. */
function isOfFormat1(entry: Entry): boolean {
  if (entry.kind === 'spend') return isSpendOfFormat1(entry);
  if (entry.kind !== 'transaction') return false;
  return entry.availableFrom === undefined && entry.expiresAt === undefined;
}

function isSpendOfFormat1(entry: SpendEntry): boolean {
  if (isCapture(entry)) return false;
  const { requested, payers, upTo, allocations } = entry;
  const isChosen = requested !== undefined || payers !== undefined || upTo !== undefined;
  return !isChosen && allocations.every((lot) => lot.expiresAt === undefined);
}

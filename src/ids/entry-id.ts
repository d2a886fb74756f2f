import { sequenceMax } from '../ledger/decide';
import type { Entry } from '../ledger/entry';
import { decodeOpaque, encodeOpaque, wholeNumber } from './opaque';

/**
 * The place of an entry, and the journal's own id for it, which differs from the id of an entry in
 * the same place of another history.
 */
interface EntryId {
  readonly accountId: string;
  readonly sequence: number;
  readonly id: string;
}

/** Returns the id that clients use; it contains the place, so that a look-up costs one read. */
export function encodeEntryId(entry: Pick<Entry, 'accountId' | 'sequence' | 'id'>): string {
  return encodeOpaque(entry.accountId, entry.sequence, entry.id);
}

/** Returns null if the text cannot be the id of an entry. */
export function decodeEntryId(text: string): EntryId | null {
  const parts = decodeOpaque(text);
  if (parts?.length !== 3) return null;
  const [accountId, sequencePart, id] = parts as [string, string, string];
  const sequence = wholeNumber(sequencePart);
  if (sequence === null || sequence < 1 || sequence > sequenceMax) return null;
  return { accountId, sequence, id };
}

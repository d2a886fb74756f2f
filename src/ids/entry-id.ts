import { sequenceMax } from '../ledger/decide';
import type { Entry } from '../ledger/entry';
import { decodeOpaque, encodeOpaque, wholeNumber } from './opaque';

/**
 * Where an entry stands, and the journal's own id for it, by which another history's entry is told
 * apart.
 */
interface EntryId {
  readonly accountId: string;
  readonly sequence: number;
  readonly id: string;
}

/**
 * The id by which clients know an entry; it holds the place, so that looking it up costs one read.
 */
export function encodeEntryId(entry: Pick<Entry, 'accountId' | 'sequence' | 'id'>): string {
  return encodeOpaque(entry.accountId, entry.sequence, entry.id);
}

/** Null for a text that was never the id of an entry. */
export function decodeEntryId(text: string): EntryId | null {
  const parts = decodeOpaque(text);
  if (parts?.length !== 3) return null;
  const [accountId, sequencePart, id] = parts as [string, string, string];
  const sequence = wholeNumber(sequencePart);
  if (sequence === null || sequence < 1 || sequence > sequenceMax) return null;
  return { accountId, sequence, id };
}

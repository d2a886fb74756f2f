import type { Journal, SnapshotHead } from './journal';

/**
 * Reads a store that a server may be using, and changes nothing in it: for exports and for
 * verification. Every method may reject with `JournalUnavailable`; `entries` rejects with another
 * error if a row cannot be read.
 */
export interface JournalReader extends Pick<Journal, 'entries' | 'snapshotPart' | 'close'> {
  /**
   * Returns the next account after this one, by code point, of which anything is stored; null if
   * there is none. O(log n).
   */
  nextAccount(after: string | null): Promise<string | null>;

  /** Returns the snapshot that an account would be loaded from, null if there is none. */
  snapshotHead(accountId: string): Promise<SnapshotHead | null>;
}

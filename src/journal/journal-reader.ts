import type { Journal, SnapshotHead } from './journal';

/**
 * Reads a store that a server may be using, and changes nothing in it: for exports and for
 * verification. Every method may reject with `JournalUnavailable`; `entries` rejects with another
 * error where a row among them cannot be read.
 */
export interface JournalReader extends Pick<Journal, 'entries' | 'snapshotPart' | 'close'> {
  /**
   * The first account by code point, behind this one, that anything is stored of; null where there
   * is none. O(log n).
   */
  nextAccount(after: string | null): Promise<string | null>;

  /** The snapshot that an account would be loaded from, null if there is none. */
  snapshotHead(accountId: string): Promise<SnapshotHead | null>;
}

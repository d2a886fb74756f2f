import type { EntryMark } from '../../journal/journal';
import type { Account } from '../../ledger/account';
import type { Entry } from '../../ledger/entry';

/** Is notified of what happens to the accounts in memory. Its methods must not throw. */
export interface AccountObserver {
  /** An entry was applied; it may still be undone. */
  applied(account: Account, entry: Entry): void;
  /** Entries of this process are durable, and so is the entry that they follow. */
  accepted(accountId: string, after: EntryMark | null, entries: readonly Entry[]): void;
}

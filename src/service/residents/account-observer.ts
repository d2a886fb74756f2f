import type { EntryMark } from '../../journal/journal';
import type { Account } from '../../ledger/account';
import type { Entry } from '../../ledger/entry';

/** Is notified of what happens to the accounts in memory. Its methods must not throw. */
export interface AccountObserver {
  /** Is called when an entry was applied; it may still be undone. */
  applied(account: Account, entry: Entry): void;
  /** Entries of this process are durable, and so is the entry that they follow. */
  accepted(accountId: string, after: EntryMark | null, entries: readonly Entry[]): void;
}

/** Returns an observer that also calls a function with entries of this process that are durable. */
export function observerOf(
  observer: AccountObserver,
  onAccepted?: (entries: readonly Entry[]) => void,
): AccountObserver {
  if (onAccepted === undefined) return observer;
  return {
    applied: (account, entry) => observer.applied(account, entry),
    accepted(accountId, after, entries) {
      observer.accepted(accountId, after, entries);
      onAccepted(entries);
    },
  };
}

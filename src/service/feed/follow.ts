import type { Account } from '../../ledger/account';
import type { Entry } from '../../ledger/entry';

/** What a subscriber wants to follow. */
export interface FollowRequest<View> {
  readonly accountId: string;
  /** The last sequence that the subscriber has seen; null begins now. */
  readonly after: number | null;
  /** Null if it wants only the entries. */
  readonly view: AccountView<View> | null;
}

/** What is copied of the account beside each entry. */
export interface AccountView<View> {
  /** Views with the same key copy the same and share their copies. */
  readonly key: string;
  /** Called synchronously on the live account; must copy what it keeps. */
  readonly copy: (account: Account) => View;
  /** How many rows a copy holds, roughly. */
  readonly rowsOf: (account: Account) => number;
}

export interface Change<View> {
  readonly entry: Entry;
  /** Of the account right after the entry, or after a later one; null if none was requested. */
  readonly view: View | null;
}

/**
 * The changes of an account, in order, without a gap and none twice. `return` ends them at once,
 * even while `next` waits.
 */
export interface Changes<View> {
  next(): Promise<IteratorResult<Change<View>, undefined>>;
  return(): Promise<IteratorResult<Change<View>, undefined>>;
}

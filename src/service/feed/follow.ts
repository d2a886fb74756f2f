import type { Account } from '../../ledger/account';
import type { Entry } from '../../ledger/entry';

/** What a subscriber asks for. */
export interface FollowRequest<View> {
  readonly accountId: string;
  /** The last sequence that it has seen; null begins now. */
  readonly after: number | null;
  /** Null where it wants nothing but the entries. */
  readonly view: AccountView<View> | null;
}

/** What is to be read of the account beside each entry. */
export interface AccountView<View> {
  /** Views of one key copy the same, and share their copies. */
  readonly key: string;
  /** Called synchronously on the live account; must copy what it keeps. */
  readonly copy: (account: Account) => View;
  /** How many rows a copy holds, roughly. */
  readonly rowsOf: (account: Account) => number;
}

export interface Change<View> {
  readonly entry: Entry;
  /** Of the account right after the entry, or after a later one; null where none was asked for. */
  readonly view: View | null;
}

/**
 * The changes of an account, in order, without a gap and none twice. `return` ends them at once,
 * also while `next` waits.
 */
export interface Changes<View> {
  next(): Promise<IteratorResult<Change<View>, undefined>>;
  return(): Promise<IteratorResult<Change<View>, undefined>>;
}

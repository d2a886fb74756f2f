import type { AccountRange, EntryPlace, EntryRange } from '../journal/journal';
import type { Account } from '../ledger/account';
import type { Command } from '../ledger/command';
import type { Entry } from '../ledger/entry';
import type { Refusal } from '../ledger/refusal';
import type { Changes, FollowRequest } from './feed/follow';
import type { StoreState } from './write-health';

/**
 * What became of one command. A replay answers the entry that the same command made the first time.
 */
export type Outcome =
  | { readonly kind: 'accepted'; readonly entry: Entry }
  | { readonly kind: 'replayed'; readonly entry: Entry }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Commands for one account, decided one after another, and what is to be read of the account after
 * the last of them. `view` is called synchronously on the live account and must copy what it keeps;
 * it gets null while the account is unknown. It may be called more than once (when another process
 * was faster), and only the last result counts.
 */
export interface Job<View> {
  readonly accountId: string;
  readonly commands: readonly Command[];
  readonly view: (account: Account | null) => View;
}

export interface JobResult<View> {
  /** In the order of the commands. */
  readonly outcomes: readonly Outcome[];
  readonly view: View;
}

/**
 * Carries the ledger: every answer is durable, and shows whatever was answered before it was asked
 * for. Methods reject with a `ServiceError`, or with a bug's own error.
 */
export interface LedgerService {
  /**
   * Runs jobs on different accounts together: their entries are written as one batch, and each
   * account's view is taken right after its last command. A job without commands is a read.
   */
  run<View>(jobs: readonly Job<View>[]): Promise<JobResult<View>[]>;
  entries(range: EntryRange): Promise<Entry[]>;
  entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]>;
  accounts(range: AccountRange): Promise<string[]>;
  /**
   * Follows an account of a valid id: every entry after a place, when it is durable. Rejects with
   * `UnknownPosition` where the account has not come so far. What is sent is bounded in memory,
   * however slowly it is taken. The changes end with a `HistoryChanged` or, after a while, a
   * `ServiceUnavailable` of the store.
   */
  follow<View>(request: FollowRequest<View>): Promise<Changes<View>>;
  /**
   * Whether requests can be served, or only those that change nothing: the store does not take
   * writes, or the clock is unusable. Rejects if the store does not answer, or the service is
   * closed.
   */
  check(): Promise<StoreState>;
  /** Refuses new requests, answers those it has, then closes the journal. */
  close(): Promise<void>;
}

import type { AccountRange, EntryPlace, EntryRange } from '../journal/journal';
import type { Account } from '../ledger/account';
import type { Command } from '../ledger/command';
import type { Entry } from '../ledger/entry';
import type { Refusal } from '../ledger/refusal';
import type { Changes, FollowRequest } from './feed/follow';
import type { StoreState } from './health/write-health';

/** The outcome of one command. A replay returns the entry that the same command made first. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly entry: Entry }
  | { readonly kind: 'replayed'; readonly entry: Entry }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Commands for one account, decided one after another, and a view of the account after the last of
 * them. `view` is called synchronously on the live account and must copy what it keeps; it gets
 * null if the account has no entries. It may be called more than once (after a lost race), and only
 * the last result counts.
 */
export interface Job<View> {
  readonly accountId: string;
  readonly commands: readonly Command[];
  /** The name of who sends the commands, which their entries keep; missing if it is unknown. */
  readonly actor?: string;
  /**
   * Of a job without commands: the view shows the account at this instant, in milliseconds since
   * 1970 UTC, if nobody does anything until then. Missing, or before the time of the account, for
   * that time. Rejects with `TooMuchDue` if more than `previewRowsMax` rows would lapse until then.
   */
  readonly at?: number;
  /** Of a job without commands: what is due is recorded, as it is with an accepted command. */
  readonly records?: boolean;
  readonly view: (account: Account | null) => View;
}

export interface JobResult<View> {
  /** In the order of the commands. */
  readonly outcomes: readonly Outcome[];
  readonly view: View;
}

/**
 * Serves the ledger. What a method returns is durable, and includes every change that was
 * acknowledged before the call. Methods reject with a `ServiceError`, or with the error of a bug.
 */
export interface LedgerService {
  /**
   * Runs jobs on different accounts together: their entries are written as one batch, and each
   * account's view is taken right after its last command. A job without commands is a read.
   */
  run<View>(jobs: readonly Job<View>[]): Promise<JobResult<View>[]>;
  entries(range: EntryRange): Promise<Entry[]>;
  entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]>;
  /** Returns for each place the newest entry that reverses the entry there, or null. */
  newestNaming(places: readonly EntryPlace[]): Promise<(Entry | null)[]>;
  accounts(range: AccountRange): Promise<string[]>;
  /**
   * Follows an account of a valid id: every entry after a position, when it is durable. Rejects
   * with `HistoryChanged` if `after` is past the newest entry. Memory is bounded, however slow the
   * subscriber is. The changes end with a `HistoryChanged` or, if the store stays away, with a
   * `ServiceUnavailable`.
   */
  follow<View>(request: FollowRequest<View>): Promise<Changes<View>>;
  /**
   * Returns whether requests can be served, or only those that change nothing because the store
   * takes no writes or the clock is unusable. Rejects if the store does not respond, or the service
   * is closed.
   */
  check(): Promise<StoreState>;
  /** Refuses new requests, finishes those in flight, then closes the journal. */
  close(): Promise<void>;
}

import type { Entry } from '../ledger/entry';

/**
 * Remembers what was accepted: an append-only table with one row per entry, keyed by account and
 * sequence.
 *
 * Every method may reject with {@link JournalUnavailable}: the store did not answer, nothing was
 * changed, and the same call may succeed later. Only `append` and `appendAlone`
 * may reject with {@link AppendOutcomeUnknown}. Every adapter passes the suite in `test/journal/contract/suite.ts`.
 */
export interface Journal {
  /**
   * Whether other processes may append too. If so, an account in memory is caught up before it is
   * used, or proven to be current by an append.
   */
  readonly shared: boolean;

  /**
   * True once the store was found damaged, see {@link JournalDamaged}: then accounts in memory must
   * not be read either, as they may have entries that the store has lost.
   */
  readonly isDamaged?: boolean;

  /**
   * Brings accounts up to date and looks up idempotency keys, all of them in one consistent read
   * per account. Costs one round trip, whatever the number of accounts. Answers are in the order of
   * the requests.
   * @param entriesMax the most entries per account: what an answer holds is bounded by it.
   */
  catchUp(requests: readonly CatchUp[], entriesMax: number): Promise<CaughtUp[]>;

  /**
   * Appends new entries, conditionally and per account, each account at most once: all of an
   * account's entries go in, or none of them because one of their sequences or idempotency keys is
   * taken or the entry they follow is not there ('conflict'). A conflict of one account does not
   * touch the others. When the promise resolves, what was appended is durable. One round trip.
   */
  append(appends: readonly Append[]): Promise<AppendResult[]>;

  /**
   * Catches one account up, lets `decide` judge what was read, and appends what it answers, while
   * nobody else can append to the account: for an account that loses to faster processes again and
   * again. `decide` runs at most once and synchronously; others wait for it. Where it answers null,
   * nothing is appended and the answer is null; where the account could not be had alone, `decide`
   * is not called and the answer is 'conflict'. `AppendOutcomeUnknown` may be thrown only after
   * `decide` answered entries. Two round trips.
   */
  appendAlone(
    request: CatchUp,
    entriesMax: number,
    decide: (caughtUp: CaughtUp) => Append | null,
  ): Promise<AppendResult | null>;

  /**
   * Whether each of these entries, whose append had an unknown outcome, stands in its place. Where
   * the answer is yes, the entry is as durable as if its append had been answered. One round trip.
   */
  confirm(entries: readonly Entry[]): Promise<boolean[]>;

  /** A run of one account's entries, in the order asked for. */
  entries(range: EntryRange): Promise<Entry[]>;

  /**
   * The entries at these places, in the order of the places; null where nothing stands. One round
   * trip.
   */
  entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]>;

  /**
   * The ids of the entries at these places, as `entriesAt` answers the entries: cheap to ask for
   * again and again, however large the entries are. One round trip.
   */
  idsAt(places: readonly EntryPlace[]): Promise<(string | null)[]>;

  /** Ids of the accounts that hold an entry, by code point, in the order asked for. */
  accounts(range: AccountRange): Promise<string[]>;

  /**
   * Stores a snapshot of an account in parts, so that none is large. Only when the last part is
   * stored does it take the place of the account's former snapshot; an older one than the present
   * is dropped. Other calls may run between the parts, which are drawn one by one.
   */
  saveSnapshot(snapshot: SnapshotMark, parts: AsyncIterable<string>): Promise<void>;

  /** One part of a stored snapshot, null where it is gone (a newer snapshot took its place). */
  snapshotPart(head: SnapshotHead, part: number): Promise<string | null>;

  /** Resolves if the store answers. */
  check(): Promise<void>;

  /**
   * Writes something that changes nothing, to see whether the store takes writes: resolves if it
   * does. Rejects with the reason if it does not, within a bounded time. Other writers do not wait
   * for it. At most two round trips.
   */
  tryWrite(): Promise<void>;

  close(): Promise<void>;
}

/** Names an entry and tells it from another history's entry of the same number. */
export interface EntryMark {
  readonly sequence: number;
  readonly id: string;
}

export interface CatchUp {
  readonly accountId: string;
  /**
   * The last entry that the account in memory has seen. Null if nothing is in memory: then the
   * newest snapshot is answered, and the entries begin with the one that the snapshot is of.
   */
  readonly known: EntryMark | null;
  /** Idempotency keys whose entries are asked for. */
  readonly keys: readonly string[];
}

export interface CaughtUp {
  /** Only where `known` was null and a snapshot is stored. */
  readonly snapshot: SnapshotHead | null;
  /**
   * Oldest first, from the entry `known` or the snapshot is of, that one included, or from sequence
   * 1. A first entry that is missing or has another id tells that the history is another one. At
   * most `entriesMax`.
   */
  readonly entries: readonly Entry[];
  /** Whether entries follow that were left out. */
  readonly more: boolean;
  /** The entries that carry the keys asked for, in no particular order. */
  readonly keyed: readonly Entry[];
}

export interface Append {
  readonly accountId: string;
  /** The entry after which these come; null if they begin the account at sequence 1. */
  readonly after: EntryMark | null;
  /** At least one; their sequences follow `after` without a gap. */
  readonly entries: readonly Entry[];
  /** A hint: nobody else was seen to append to the account lately, so that a conflict is unlikely. */
  readonly isQuiet?: boolean;
}

export type AppendResult = 'appended' | 'conflict';

export interface EntryRange {
  readonly accountId: string;
  /** Bounds on the sequence, both inclusive. */
  readonly from: number;
  readonly to: number;
  readonly order: 'ascending' | 'descending';
  readonly limit: number;
}

export interface EntryPlace {
  readonly accountId: string;
  readonly sequence: number;
}

export interface AccountRange {
  /** Bounds on the id, both exclusive; null for none. */
  readonly after: string | null;
  readonly before: string | null;
  /** Only ids with this prefix, see `accountBounds`; missing or null for all. */
  readonly startsWith?: string | null;
  readonly order: 'ascending' | 'descending';
  readonly limit: number;
}

/** Names a snapshot: the state of an account right after one of its entries. */
export interface SnapshotMark {
  readonly accountId: string;
  /** Unique; two processes may store a snapshot of the same entry. */
  readonly id: string;
  /** The entry that the snapshot includes as its last. */
  readonly entry: EntryMark;
}

/** Describes a stored snapshot. */
export interface SnapshotHead extends SnapshotMark {
  readonly parts: number;
}

/**
 * The store did not do it and will not do it later: nothing was changed, and the same call may
 * succeed later.
 */
export class JournalUnavailable extends Error {
  override readonly name: string = 'JournalUnavailable';
}

/**
 * The store has lost entries that it had acknowledged to this process. Until an operator has looked
 * and a new process opens it, every call rejects with this; retries are useless.
 */
export class JournalDamaged extends JournalUnavailable {
  override readonly name = 'JournalDamaged';
}

/** An append was sent and its answer was lost: it may be done, or still be done later, or never. */
export class AppendOutcomeUnknown extends Error {
  override readonly name = 'AppendOutcomeUnknown';
}

/**
 * The store cannot be used as it is: a message for the operator that says what is wrong and what to
 * do.
 */
export class JournalUnusable extends Error {
  override readonly name = 'JournalUnusable';
}

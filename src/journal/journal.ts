import type { Entry } from '../ledger/entry';
import type { Target } from '../ledger/target';
import type { StoreClock } from './store-clock';

/**
 * Stores accepted entries: an append-only table with one row per entry, keyed by account and
 * sequence.
 *
 * Every method may reject with `JournalUnavailable`: the store did not respond, nothing was
 * changed, and a retry may succeed. Only `append` and `appendAlone` may reject with
 * `AppendOutcomeUnknown`. Every adapter passes the suite in `test/journal/contract/suite.ts`.
 */
export interface Journal extends StoreClock {
  /**
   * True if other processes may append too. Then a cached account is caught up before it is used,
   * or proven up to date by an append.
   */
  readonly shared: boolean;

  /**
   * True once the store was found damaged, see `JournalDamaged`. Cached accounts must not be
   * read then either, since they may have entries that the store has lost.
   */
  readonly isDamaged?: boolean;

  /**
   * Reads what is new in accounts and looks up keys, in one consistent read per account, in the
   * order of the requests. One round trip, whatever the number of accounts.
   * @param entriesMax the maximum of entries per account in a result.
   */
  catchUp(requests: readonly CatchUp[], entriesMax: number): Promise<CaughtUp[]>;

  /**
   * Appends new entries, conditionally and per account, each account at most once. Either all of an
   * account's entries are appended, or none are, because one of their sequences or idempotency keys
   * is taken or the entry they follow is missing ('conflict'). A conflict of one account does not
   * affect the others. When the promise resolves, the appended entries are durable. One round trip.
   */
  append(appends: readonly Append[]): Promise<AppendResult[]>;

  /**
   * Catches one account up, calls `decide` with the result, and appends what it returns, while no
   * other process can append to the account: for an account that keeps losing the race. Missing if
   * the store cannot lock an account, or nobody else can write to it. `decide` runs at most once
   * and synchronously, and other processes wait for it. Returns null, with nothing appended, if
   * `decide` returns null. Returns 'conflict', without a call of `decide`, if the account could not
   * be locked. `AppendOutcomeUnknown` may be thrown only after `decide` returned entries. Two round
   * trips.
   */
  appendAlone?(
    request: CatchUp,
    entriesMax: number,
    decide: (caughtUp: CaughtUp) => Append | null,
  ): Promise<AppendResult | null>;

  /**
   * Returns for each of these entries, whose append had an unknown outcome, whether it is stored.
   * If so, it is as durable as if its append had been confirmed. One round trip.
   */
  confirm(entries: readonly Entry[]): Promise<boolean[]>;

  /** Returns a range of one account's entries, in the requested order. */
  entries(range: EntryRange): Promise<Entry[]>;

  /** Returns the entries at these places, in the order of the places, or null. One round trip. */
  entriesAt(places: readonly EntryPlace[]): Promise<(Entry | null)[]>;

  /**
   * Returns for each of these places the newest entry that names the entry there as its target, or
   * null. One round trip.
   */
  newestNaming(places: readonly EntryPlace[]): Promise<(Entry | null)[]>;

  /**
   * Returns where something becomes due, by instant, then account, each pair once: the dates of all
   * grants and ends of all holds, whatever is left. May reject with the reason of the signal.
   */
  due(range: DueRange): Promise<DuePlace[]>;

  /**
   * Acquires the lease of the sweep, or renews it, for `forMs` milliseconds by the clock of the
   * store. Returns null while another holder has it.
   */
  leaseSweep(holder: string, forMs: number): Promise<SweepState | null>;

  /** Stores how far everything is recorded. Does nothing if another holder took the lease. */
  saveSweepMark(holder: string, mark: number): Promise<void>;

  /**
   * Returns the ids of the entries at these places, in the order of the places, or null: cheap to
   * poll, however large the entries are. One round trip.
   */
  idsAt(places: readonly EntryPlace[]): Promise<(string | null)[]>;

  /** Returns ids of accounts that have an entry, by code point, in the requested order. */
  accounts(range: AccountRange): Promise<string[]>;

  /**
   * Stores a snapshot of an account in parts, so that none is large. It replaces the account's
   * present snapshot when the last part is stored, or is dropped if the present one is newer. Parts
   * are read one by one, and other calls may run in the meantime.
   */
  saveSnapshot(snapshot: SnapshotMark, parts: AsyncIterable<string>): Promise<void>;

  /** Returns one part of a stored snapshot; null if a newer snapshot has replaced it. */
  snapshotPart(head: SnapshotHead, part: number): Promise<string | null>;

  /** Resolves if the store responds. */
  check(): Promise<void>;

  /**
   * Makes a trial write, which changes nothing. Resolves if the store accepts writes, and rejects
   * with the reason if it does not, within a bounded time. Other writers do not wait for it. At
   * most two round trips.
   */
  tryWrite(): Promise<void>;

  close(): Promise<void>;
}

/** A journal that lets an account be served alone. */
export type TurnJournal = Journal & Required<Pick<Journal, 'appendAlone'>>;

/** True if the journal lets an account be served alone, see {@link Journal.appendAlone}. */
export function hasTurns(journal: Journal): journal is TurnJournal {
  return journal.appendAlone !== undefined;
}

/** Identifies an entry, and distinguishes it from another history's entry of the same sequence. */
export interface EntryMark {
  readonly sequence: number;
  readonly id: string;
}

export interface CatchUp {
  readonly accountId: string;
  /**
   * The last entry that the cached account includes. Null if the account is not cached: then the
   * result has the newest snapshot, and the entries begin with the snapshot's last one.
   */
  readonly known: EntryMark | null;
  /** Idempotency keys to look up. */
  readonly keys: readonly string[];
  /** The sequences of entries that are to be reversed, each once. Missing for none. */
  readonly targets?: readonly number[];
}

export interface CaughtUp {
  /** Null unless `known` was null and a snapshot is stored. */
  readonly snapshot: SnapshotHead | null;
  /**
   * Oldest first, from `known` or the snapshot's last entry on, inclusive, or from sequence 1. If
   * the first entry is missing or has another id, the history is another one. At most `entriesMax`.
   */
  readonly entries: readonly Entry[];
  /**
   * True if further entries follow. Then the keys and the targets may be of a later state than the
   * entries, or the other way round: catch up again before a decision.
   */
  readonly more: boolean;
  /** The entries with the requested keys, in no particular order. */
  readonly keyed: readonly Entry[];
  /**
   * The requested targets that exist, in no particular order, read in the same consistent read as
   * the entries. Missing if none were requested.
   */
  readonly targets?: readonly Target[];
}

export interface Append {
  readonly accountId: string;
  /** The entry after which these come; null if they begin the account at sequence 1. */
  readonly after: EntryMark | null;
  /** At least one; their sequences follow `after` without a gap. */
  readonly entries: readonly Entry[];
  /**
   * A hint: no other process was seen to append to the account lately, so a conflict is unlikely.
   */
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
  /**
   * Only entries that name the one of this sequence: as their target, or in a row that lapsed.
   * Missing for all.
   */
  readonly naming?: number;
}

export interface EntryPlace {
  readonly accountId: string;
  readonly sequence: number;
}

/**
 * An instant, in milliseconds since 1970 UTC, at which a lot of the account expires or begins, or a
 * hold ends.
 */
export interface DuePlace {
  readonly at: number;
  readonly accountId: string;
}

export interface DueRange {
  /** Exclusive; null for from the first. */
  readonly after: DuePlace | null;
  /** Inclusive, in milliseconds since 1970 UTC. */
  readonly until: number;
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/** What the store knows of the sweep, which records what became due. */
export interface SweepState {
  /** Everything due at or before this instant is recorded; null before the first sweep. */
  readonly mark: number | null;
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

/** Identifies a snapshot: the state of an account right after one of its entries. */
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

import type { AddTransaction, Command, SpendPoints } from './command';
import type { Allocation, Entry, EntryCommon, LotKey } from './entry';

/**
 * The kinds of commands and entries that the rules know and the journal cannot store yet. They join
 * {@link Command} and {@link Entry} once it can.
 */
export type AnyCommand = AddDatedTransaction | SpendPoints | ReverseSpend | ReverseTransaction;
export type AnyEntry = Entry | LapseEntry | SpendReversalEntry | TransactionReversalEntry;

/** Grants points that begin later, or expire, or both. */
export interface AddDatedTransaction extends AddTransaction {
  /** When the points begin, in milliseconds since 1970 UTC. Absent for at once. */
  readonly availableFrom?: number;
  /** When the points expire: later than `availableFrom`. Absent for never. */
  readonly expiresAt?: number;
}

interface ReversalCommand {
  /** The sequence of the entry to reverse; null if the id that was passed in names none. */
  readonly target: number | null;
  /** Null requests everything that can be reversed. */
  readonly points: number | null;
  readonly reference: string | null;
  readonly idempotencyKey: string | null;
}

/** Gives points of a spend back to the lots that they came from. */
export interface ReverseSpend extends ReversalCommand {
  readonly kind: 'reverseSpend';
}

/** Takes a grant back from its own lot, or lifts a debit. */
export interface ReverseTransaction extends ReversalCommand {
  readonly kind: 'reverseTransaction';
  /** What happens if points of the grant are spent: refuse, or debit the payer for them. */
  readonly spentPart: SpentPart;
}

export type SpentPart = 'REFUSE' | 'DEBIT';

/** The entry that a reversal names, and what is recorded of it, looked up by the caller. */
export interface Target {
  readonly entry: AnyEntry;
  /** The newest entry that reverses it; null if none does. */
  readonly newest: AnyEntry | null;
  /** What lapsed so far of each lot that the target granted or took from, by the lot's sequence. */
  readonly lapsed: ReadonlyMap<number, LapseTotals>;
}

/** What was due and is processed now. It is written immediately before the next entry. */
export interface LapseEntry extends EntryCommon {
  readonly kind: 'lapse';
  /** The points that expired: the sum over the rows. */
  readonly points: number;
  readonly rows: readonly LapseRow[];
}

export type LapseRow = ExpiryRow | BeginningRow;

/** Unspent points of a lot that are gone. */
export interface ExpiryRow extends LotKey {
  readonly kind: 'expiry';
  readonly payer: string;
  /** Milliseconds since 1970 UTC. It does not depend on when the row is written. */
  readonly at: number;
  /** The points that no debit covered. */
  readonly expired: number;
  /** The points under debits, which are gone together with so much of the debits. */
  readonly settled: number;
  /** The totals of the lot over all of its rows, this one included. */
  readonly totals: LapseTotals;
}

export interface LapseTotals {
  readonly expired: number;
  readonly settled: number;
}

/** Pending points of a lot that can be spent from now on. */
export interface BeginningRow extends LotKey {
  readonly kind: 'beginning';
  readonly payer: string;
  readonly at: number;
  readonly points: number;
}

interface ReversalEntry extends EntryCommon {
  /** The sequence of the entry that is reversed. */
  readonly target: number;
  /** The points that are reversed. */
  readonly points: number;
  /** The points as requested. */
  readonly requested: number | null;
  /** The points of the target that are reversed so far, these included. */
  readonly total: number;
}

export interface SpendReversalEntry extends ReversalEntry {
  readonly kind: 'spendReversal';
  /** Which lots got points back: what was taken last goes back first. */
  readonly allocations: readonly Allocation[];
  /** What came back to lots past their end and is gone at once. */
  readonly lapses: readonly ExpiryRow[];
}

export interface TransactionReversalEntry extends ReversalEntry {
  readonly kind: 'transactionReversal';
  readonly payer: string;
  /** Of the transaction that is reversed: with its sequence the key of the lot. */
  readonly timestamp: number;
  readonly spentPart: SpentPart;
  /** The points that were unspent in the grant's lot. */
  readonly fromLot: number;
  /** The points of the grant that became a debit of the payer. */
  readonly debited: number;
  /** The points by which a debit was lifted. */
  readonly lifted: number;
}

import type { SpentPart } from './command';
import type { Allocation, EntryCommon } from './entry-common';
import type { ExpiryRow } from './lapse-entry';

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

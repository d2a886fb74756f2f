import type { Allocation, EntryCommon, LotKey } from './entry-common';

/** What was due and is processed now. It is written immediately before the next entry. */
export interface LapseEntry extends EntryCommon {
  readonly kind: 'lapse';
  /** The points that expired: the sum over the rows. */
  readonly points: number;
  readonly rows: readonly LapseRow[];
}

export type LapseRow = ExpiryRow | EndRow | BeginningRow;

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

/** A hold that is over: its points go back to their lots. */
export interface EndRow {
  readonly kind: 'end';
  /** The sequence of the hold. */
  readonly hold: number;
  readonly at: number;
  /** The sum of the allocations. */
  readonly points: number;
  /** In the order in which the hold took them. */
  readonly allocations: readonly Allocation[];
}

/** Pending points of a lot that can be spent from now on. */
export interface BeginningRow extends LotKey {
  readonly kind: 'beginning';
  readonly payer: string;
  readonly at: number;
  readonly points: number;
}

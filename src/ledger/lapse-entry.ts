import type { EntryCommon, LotKey } from './entry-common';

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

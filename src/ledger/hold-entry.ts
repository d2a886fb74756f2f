import type { Allocation, EntryCommon } from './entry-common';
import type { ExpiryRow } from './lapse-entry';
import type { PayerChoice } from './payer-choice';

/** What a spend or a hold chose. */
export interface Choices {
  /** Absent for all payers. The names are sorted by code point, each once. */
  readonly payers?: PayerChoice;
  /** True if as many points as there were, up to those requested, were taken. */
  readonly upTo?: true;
}

/** Points that are neither spent nor spendable until the hold is over. */
export interface HoldEntry extends EntryCommon, Choices {
  readonly kind: 'hold';
  /** The points taken: positive, the sum of the allocations. */
  readonly points: number;
  readonly requested: number;
  /** The hold is over from this instant. */
  readonly expiresAt: number;
  /** From which lots, oldest first. */
  readonly allocations: readonly Allocation[];
}

/** What a spend has that captures a hold. */
export interface Capture {
  /** The sequence of the hold. */
  readonly target: number;
  /** Null requests everything that is held. */
  readonly requested: number | null;
  /** True if the hold keeps what is not captured. */
  readonly keepRest: boolean;
  /** The points of the hold that are captured so far, these included. */
  readonly total: number;
  /** What went back to its lots, in the order in which the hold took it. */
  readonly released: readonly Allocation[];
  /** What came back to lots past their end and is gone at once. */
  readonly lapses: readonly ExpiryRow[];
}

/** Gives what a hold still holds back to its lots. */
export interface ReleaseEntry extends EntryCommon {
  readonly kind: 'release';
  /** The sequence of the hold. */
  readonly target: number;
  readonly points: number;
  /** Which lots got points back, in the order in which the hold took them. */
  readonly allocations: readonly Allocation[];
  /** What came back to lots past their end and is gone at once. */
  readonly lapses: readonly ExpiryRow[];
}

import type { Allocation, EntryCommon, LotKey } from './entry-common';
import { unreachable } from './invariant';
import type { LapseEntry } from './lapse-entry';
import type { SpendReversalEntry, TransactionReversalEntry } from './reversal-entry';

/**
 * One accepted change of an account. Entries are numbered 1, 2, 3 … per account and never change.
 */
export type Entry =
  | TransactionEntry
  | SpendEntry
  | SpendReversalEntry
  | TransactionReversalEntry
  | LapseEntry;

export type { Allocation, EntryCommon, LotKey };

export interface TransactionEntry extends EntryCommon {
  readonly kind: 'transaction';
  readonly payer: string;
  /** Positive: opens a lot. Negative: a debit of the payer. */
  readonly points: number;
  /** When the points were earned, in milliseconds since 1970 UTC. */
  readonly timestamp: number;
  /** Of a grant: the points are pending until this instant. Absent if they are not. */
  readonly availableFrom?: number;
  /** Of a grant: the points are gone from this instant. Absent if they never expire. */
  readonly expiresAt?: number;
}

export interface SpendEntry extends EntryCommon {
  readonly kind: 'spend';
  /** The points requested: positive, the sum of the allocations. */
  readonly points: number;
  /** Which lots paid, oldest first. */
  readonly allocations: readonly Allocation[];
}

export interface PayerPoints {
  readonly payer: string;
  readonly points: number;
}

/** Returns how many lots an entry names, one that it opens not counted. */
export function lotsOf(entry: Entry): number {
  switch (entry.kind) {
    case 'transaction':
    case 'transactionReversal':
      return 0;
    case 'spend':
      return entry.allocations.length;
    case 'spendReversal':
      return entry.allocations.length + entry.lapses.length;
    case 'lapse':
      return entry.rows.length;
    default:
      return unreachable(entry);
  }
}

/** What each payer paid, negative, in the order in which the payers were first touched. */
export function deductionsOf(allocations: readonly Allocation[]): PayerPoints[] {
  const paid = new Map<string, number>();
  for (const { payer, points } of allocations) paid.set(payer, (paid.get(payer) ?? 0) - points);
  return Array.from(paid, ([payer, points]) => ({ payer, points }));
}

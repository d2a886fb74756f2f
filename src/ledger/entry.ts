import type { Allocation, EntryCommon, LotKey } from './entry-common';
import type { Capture, Choices, HoldEntry, ReleaseEntry } from './hold-entry';
import { unreachable } from './invariant';
import type { LapseEntry, LapseRow } from './lapse-entry';
import type { SpendReversalEntry, TransactionReversalEntry } from './reversal-entry';

/**
 * One accepted change of an account. Entries are numbered 1, 2, 3 … per account and never change.
 */
export type Entry =
  | TransactionEntry
  | SpendEntry
  | HoldEntry
  | ReleaseEntry
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

export type SpendEntry = LotSpendEntry | CaptureEntry;

interface SpendCommon extends EntryCommon {
  readonly kind: 'spend';
  /** The points spent: positive, the sum of the allocations. */
  readonly points: number;
  /** Which lots paid, oldest first; of a capture, in the order in which the hold took them. */
  readonly allocations: readonly Allocation[];
}

/** A spend of points that were in their lots. */
export interface LotSpendEntry extends SpendCommon, Choices {
  /** The points as requested; absent if they are the points spent. */
  readonly requested?: number;
}

/** A spend of held points. */
export interface CaptureEntry extends SpendCommon, Capture {}

export function isCapture(entry: Entry): entry is CaptureEntry {
  return entry.kind === 'spend' && 'target' in entry;
}

/** Returns the points of a spend as they were requested; null for everything that was held. */
export function requestedOf({ requested, points }: SpendEntry): number | null {
  return requested === undefined ? points : requested;
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
    case 'hold':
      return entry.allocations.length;
    case 'spend':
      return entry.allocations.length + (isCapture(entry) ? lotsGivenBy(entry) : 0);
    case 'release':
    case 'spendReversal':
      return entry.allocations.length + entry.lapses.length;
    case 'lapse':
      return entry.rows.reduce((sum, row) => sum + lotsOfRow(row), 0);
    default:
      return unreachable(entry);
  }
}

function lotsGivenBy({ released, lapses }: CaptureEntry): number {
  return released.length + lapses.length;
}

function lotsOfRow(row: LapseRow): number {
  return row.kind === 'end' ? row.allocations.length : 1;
}

/** Returns what each payer paid, negative, in the order in which the payers were first touched. */
export function deductionsOf(allocations: readonly Allocation[]): PayerPoints[] {
  const paid = new Map<string, number>();
  for (const { payer, points } of allocations) paid.set(payer, (paid.get(payer) ?? 0) - points);
  return Array.from(paid, ([payer, points]) => ({ payer, points }));
}

/**
 * One accepted change of an account. Entries are numbered 1, 2, 3 … per account and never change.
 */
export type Entry = TransactionEntry | SpendEntry;

export interface EntryCommon {
  /**
   * Unique over all entries of all accounts. It tells apart two histories that number their entries
   * alike.
   */
  readonly id: string;
  readonly accountId: string;
  readonly sequence: number;
  /** Milliseconds since 1970 UTC, never before the previous entry's. */
  readonly recordedAt: number;
  readonly reference: string | null;
  readonly idempotencyKey: string | null;
  /**
   * The SHA-256 of the account's history up to this entry, in lower-case hex. Null for an entry of
   * format 1, and for one that was decided and is not yet sealed: {@link canonicalForm}.
   */
  readonly digest: string | null;
}

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

/** The part of a spend that one lot paid. The lot is named by its key and its payer. */
export interface Allocation extends LotKey {
  readonly payer: string;
  /** Positive. */
  readonly points: number;
  /** The lot's end, since a lot that is used up is no longer in memory; absent if it has none. */
  readonly expiresAt?: number;
}

/**
 * The position of a lot in the order of spending: by the instant it was earned, then by acceptance.
 */
export interface LotKey {
  /** Milliseconds since 1970 UTC. */
  readonly timestamp: number;
  /** The sequence of the transaction that opened the lot. */
  readonly sequence: number;
}

export interface PayerPoints {
  readonly payer: string;
  readonly points: number;
}

/** Returns how many lots an entry names. */
export function lotsOf(entry: Entry): number {
  return entry.kind === 'spend' ? entry.allocations.length : 0;
}

/** What each payer paid, negative, in the order in which the payers were first touched. */
export function deductionsOf(allocations: readonly Allocation[]): PayerPoints[] {
  const paid = new Map<string, number>();
  for (const { payer, points } of allocations) paid.set(payer, (paid.get(payer) ?? 0) - points);
  return Array.from(paid, ([payer, points]) => ({ payer, points }));
}

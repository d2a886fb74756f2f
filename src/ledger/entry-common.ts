/** What every entry has. */
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
   * The name of who made the change. Absent if nobody had to authenticate, and of lapses. It is not
   * part of the input of an idempotency key.
   */
  readonly actor?: string;
  /**
   * The SHA-256 of the account's history up to this entry, in lower-case hex. Null for an entry of
   * format 1, and for one that was decided and is not yet sealed: {@link writeForm}.
   */
  readonly digest: string | null;
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

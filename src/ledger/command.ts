/**
 * A change that is requested of an account: a closed union. A new kind is added here, in
 * `entry.ts`, `decide.ts` and `evolve.ts`.
 */
export type Command = AddTransaction | SpendPoints;

/** Grants points of a payer or, if `points` is negative, debits that payer. */
export interface AddTransaction {
  readonly kind: 'addTransaction';
  readonly payer: string;
  /** A whole number within ±(2^53 − 1), never zero. */
  readonly points: number;
  /** When the points were earned, in milliseconds since 1970 UTC. */
  readonly timestamp: number;
  readonly reference: string | null;
  readonly idempotencyKey: string | null;
}

/** Spends the oldest points that no debit covers, regardless of who granted them. */
export interface SpendPoints {
  readonly kind: 'spendPoints';
  /** A positive whole number up to 2^53 − 1. */
  readonly points: number;
  readonly reference: string | null;
  readonly idempotencyKey: string | null;
}

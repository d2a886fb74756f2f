/**
 * A change that is requested of an account: a closed union. A new kind is added here, in
 * `entry.ts`, `decide.ts` and `evolve.ts`.
 */
export type Command = AddTransaction | SpendPoints | ReverseSpend | ReverseTransaction;

interface CommandCommon {
  readonly reference: string | null;
  readonly idempotencyKey: string | null;
}

/** Grants points of a payer or, if `points` is negative, debits that payer. */
export interface AddTransaction extends CommandCommon {
  readonly kind: 'addTransaction';
  readonly payer: string;
  /** A whole number within ±(2^53 − 1), never zero. */
  readonly points: number;
  /** When the points were earned, in milliseconds since 1970 UTC. */
  readonly timestamp: number;
  /** When the points begin, in milliseconds since 1970 UTC. Absent for at once. */
  readonly availableFrom?: number;
  /** When the points expire: later than `availableFrom`. Absent for never. */
  readonly expiresAt?: number;
}

/** Spends the oldest points that no debit covers, regardless of who granted them. */
export interface SpendPoints extends CommandCommon {
  readonly kind: 'spendPoints';
  /** A positive whole number up to 2^53 − 1. */
  readonly points: number;
}

interface ReversalCommand extends CommandCommon {
  /** The sequence of the entry to reverse; null if the id that was passed in names none. */
  readonly target: number | null;
  /**
   * The unique id of that entry, if it is known: in another history an entry may have the same
   * sequence.
   */
  readonly targetId?: string;
  /** Null requests everything that can be reversed. */
  readonly points: number | null;
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

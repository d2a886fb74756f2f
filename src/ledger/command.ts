import type { PayerChoice } from './payer-choice';

/**
 * A change that is requested of an account: a closed union. A new kind is added here, in
 * `entry.ts`, `decide.ts` and `evolve.ts`.
 */
export type Command =
  | AddTransaction
  | SpendPoints
  | ReverseSpend
  | ReverseTransaction
  | HoldPoints
  | CaptureHold
  | ReleaseHold;

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

/** Which points are taken, and how many. */
interface TakingCommand extends CommandCommon {
  /** A positive whole number up to 2^53 − 1. */
  readonly points: number;
  /** Absent for all payers. */
  readonly payers?: PayerChoice;
  /** True takes as many points as there are, at least one. Absent for false. */
  readonly upTo?: boolean;
}

/** Spends the oldest points that no debit covers, regardless of who granted them. */
export interface SpendPoints extends TakingCommand {
  readonly kind: 'spendPoints';
}

/** Takes points as a spend does, until they are captured or released, or the hold ends. */
export interface HoldPoints extends TakingCommand {
  readonly kind: 'holdPoints';
  /** When the hold ends, in milliseconds since 1970 UTC. */
  readonly expiresAt: number;
}

/** A command about an earlier entry. */
export interface TargetCommand extends CommandCommon {
  /** The sequence of that entry; null if the id that was passed in names none. */
  readonly target: number | null;
  /**
   * The unique id of that entry, if it is known: in another history an entry may have the same
   * sequence.
   */
  readonly targetId?: string;
}

/** Spends held points, those that were taken first, and gives the rest back to their lots. */
export interface CaptureHold extends TargetCommand {
  readonly kind: 'captureHold';
  /** Null requests everything that is held. */
  readonly points: number | null;
  /** True keeps the rest held. */
  readonly keepRest: boolean;
}

/** Gives what is held back to its lots. */
export interface ReleaseHold extends TargetCommand {
  readonly kind: 'releaseHold';
}

interface ReversalCommand extends TargetCommand {
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

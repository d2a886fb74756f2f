/** Why a command is refused, in order of precedence: if two apply, the earlier one is returned. */
export const refusalCodes = [
  'INVALID_ACCOUNT',
  'INVALID_PAYER',
  'INVALID_POINTS',
  'INVALID_DATES',
  'INVALID_PAYERS',
  'INVALID_REFERENCE',
  'INVALID_IDEMPOTENCY_KEY',
  'IDEMPOTENCY_KEY_REUSED',
  'ENTRY_NOT_FOUND',
  'NOT_REVERSIBLE',
  'NEVER_SPENDABLE',
  'HOLD_IS_OVER',
  'HOLDS_EXCEEDED',
  'EXCEEDS_HELD',
  'EXCEEDS_REVERSIBLE',
  'LOT_IS_SPENT',
  'PAYER_WOULD_GO_NEGATIVE',
  'INSUFFICIENT_POINTS',
  'POINTS_OUT_OF_RANGE',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** The field of a command that a refusal is about. */
type RefusalField =
  | 'accountId'
  | 'payer'
  | 'points'
  | 'id'
  | 'payers'
  | DateField
  | 'reference'
  | 'idempotencyKey';

export type DateField = 'availableFrom' | 'expiresAt';

/**
 * A refusal is a value: it says what was wrong, where, what would be right, and the figures behind
 * it.
 */
export type Refusal =
  | InvalidInput
  | InvalidDates
  | KeyReused
  | EntryNotFound
  | NotReversible
  | NeverSpendable
  | HoldIsOver
  | HoldsExceeded
  | ExceedsHeld
  | ExceedsReversible
  | LotIsSpent
  | PayerWouldGoNegative
  | InsufficientPoints
  | OutOfRange;

interface RefusalCommon {
  readonly message: string;
  readonly field: RefusalField;
}

export interface InvalidInput extends RefusalCommon {
  readonly code:
    | 'INVALID_ACCOUNT'
    | 'INVALID_PAYER'
    | 'INVALID_POINTS'
    | 'INVALID_PAYERS'
    | 'INVALID_REFERENCE'
    | 'INVALID_IDEMPOTENCY_KEY';
}

export interface KeyReused extends RefusalCommon {
  readonly code: 'IDEMPOTENCY_KEY_REUSED';
}

export interface PayerWouldGoNegative extends RefusalCommon {
  readonly code: 'PAYER_WOULD_GO_NEGATIVE';
  readonly payer: string;
  /** The payer's balance. */
  readonly available: number;
}

export interface InsufficientPoints extends RefusalCommon {
  readonly code: 'INSUFFICIENT_POINTS';
  readonly requested: number;
  /** What the account, or the chosen payers of it, can spend now. */
  readonly available: number;
}

export interface OutOfRange extends RefusalCommon {
  readonly code: 'POINTS_OUT_OF_RANGE';
}

export interface InvalidDates extends RefusalCommon {
  readonly code: 'INVALID_DATES';
  readonly field: DateField;
}

export interface EntryNotFound extends RefusalCommon {
  readonly code: 'ENTRY_NOT_FOUND';
  readonly field: 'id';
}

export interface NotReversible extends RefusalCommon {
  readonly code: 'NOT_REVERSIBLE';
  readonly field: 'id';
}

export interface NeverSpendable extends RefusalCommon {
  readonly code: 'NEVER_SPENDABLE';
  readonly field: 'expiresAt';
}

export interface HoldIsOver extends RefusalCommon {
  readonly code: 'HOLD_IS_OVER';
  readonly field: 'id';
}

export interface HoldsExceeded extends RefusalCommon {
  readonly code: 'HOLDS_EXCEEDED';
  readonly field: 'accountId';
}

export interface ExceedsHeld extends RefusalCommon {
  readonly code: 'EXCEEDS_HELD';
  readonly field: 'points';
  /** The points that the hold still holds. */
  readonly held: number;
}

export interface ExceedsReversible extends RefusalCommon {
  readonly code: 'EXCEEDS_REVERSIBLE';
  readonly field: 'points';
  /** The points that can still be reversed. */
  readonly reversible: number;
}

export interface LotIsSpent extends RefusalCommon {
  readonly code: 'LOT_IS_SPENT';
  readonly field: 'points';
  /** The points of the grant that are in its lot. */
  readonly unspent: number;
}

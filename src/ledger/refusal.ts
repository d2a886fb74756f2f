/** Why a command is refused, in order of precedence: if two apply, the earlier one is returned. */
export const refusalCodes = [
  'INVALID_ACCOUNT',
  'INVALID_PAYER',
  'INVALID_POINTS',
  'INVALID_REFERENCE',
  'INVALID_IDEMPOTENCY_KEY',
  'IDEMPOTENCY_KEY_REUSED',
  'PAYER_WOULD_GO_NEGATIVE',
  'INSUFFICIENT_POINTS',
  'POINTS_OUT_OF_RANGE',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** The field of a command that a refusal is about. */
export type RefusalField = 'accountId' | 'payer' | 'points' | 'reference' | 'idempotencyKey';

/**
 * A refusal is a value: it says what was wrong, where, what would be right, and the figures behind
 * it.
 */
export type Refusal =
  | InvalidInput
  | KeyReused
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
  /** What the account can spend now. */
  readonly available: number;
}

export interface OutOfRange extends RefusalCommon {
  readonly code: 'POINTS_OUT_OF_RANGE';
}

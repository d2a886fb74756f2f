import { unreachable } from '../../ledger/invariant';
import type { Refusal } from '../../ledger/refusal';
import { EntryNotFoundError } from './entry-not-found-error';
import { ExceedsHeldError } from './exceeds-held-error';
import { ExceedsReversibleError } from './exceeds-reversible-error';
import { HoldIsOverError } from './hold-is-over-error';
import { HoldsExceededError } from './holds-exceeded-error';
import { IdempotencyKeyReusedError } from './idempotency-key-reused-error';
import { InsufficientPointsError } from './insufficient-points-error';
import { InvalidInputError } from './invalid-input-error';
import { LotIsSpentError } from './lot-is-spent-error';
import { NeverSpendableError } from './never-spendable-error';
import { NotReversibleError } from './not-reversible-error';
import { PayerWouldGoNegativeError } from './payer-would-go-negative-error';
import { PointsOutOfRangeError } from './points-out-of-range-error';
import type { UserError } from './user-error';

/**
 * Returns the error type of a refusal.
 * @param parent the path from the root of the input to the object that was refused.
 */
export function presentRefusal(refusal: Refusal, parent: readonly string[] = []): UserError {
  switch (refusal.code) {
    case 'INVALID_ACCOUNT':
    case 'INVALID_PAYER':
    case 'INVALID_POINTS':
    case 'INVALID_DATES':
    case 'INVALID_PAYERS':
    case 'INVALID_REFERENCE':
    case 'INVALID_IDEMPOTENCY_KEY':
      return new InvalidInputError(refusal, parent);
    case 'IDEMPOTENCY_KEY_REUSED':
      return new IdempotencyKeyReusedError(refusal, parent);
    case 'ENTRY_NOT_FOUND':
      return new EntryNotFoundError(refusal, parent);
    case 'NOT_REVERSIBLE':
      return new NotReversibleError(refusal, parent);
    case 'NEVER_SPENDABLE':
      return new NeverSpendableError(refusal, parent);
    case 'HOLD_IS_OVER':
      return new HoldIsOverError(refusal, parent);
    case 'HOLDS_EXCEEDED':
      return new HoldsExceededError(refusal, parent);
    case 'EXCEEDS_HELD':
      return new ExceedsHeldError(refusal, parent);
    case 'EXCEEDS_REVERSIBLE':
      return new ExceedsReversibleError(refusal, parent);
    case 'LOT_IS_SPENT':
      return new LotIsSpentError(refusal, parent);
    case 'PAYER_WOULD_GO_NEGATIVE':
      return new PayerWouldGoNegativeError(refusal, parent);
    case 'INSUFFICIENT_POINTS':
      return new InsufficientPointsError(refusal, parent);
    case 'POINTS_OUT_OF_RANGE':
      return new PointsOutOfRangeError(refusal, parent);
    default:
      return unreachable(refusal);
  }
}

import type { InsufficientPoints, KeyReused, OutOfRange, PayerWouldGoNegative } from './refusal';
import { shownName } from './shown-name';

/** The refusals that depend on what was accepted before, each with the figures behind it. */

export function keyReused(sequence: number): KeyReused {
  return {
    code: 'IDEMPOTENCY_KEY_REUSED',
    field: 'idempotencyKey',
    message: `This idempotency key belongs to entry ${sequence} of the account, which was made from other input. Use a new key for a new request.`,
  };
}

export function payerWouldGoNegative(
  payer: string,
  requested: number,
  available: number,
): PayerWouldGoNegative {
  return {
    code: 'PAYER_WOULD_GO_NEGATIVE',
    field: 'points',
    message: `${shownName(payer)} has ${available} points in this account, so ${requested} cannot be taken back.`,
    payer,
    available,
  };
}

export function insufficientPoints(requested: number, available: number): InsufficientPoints {
  return {
    code: 'INSUFFICIENT_POINTS',
    field: 'points',
    message: `The account has ${available} points, so ${requested} cannot be spent.`,
    requested,
    available,
  };
}

export function pointsOutOfRange(room: number): OutOfRange {
  return {
    code: 'POINTS_OUT_OF_RANGE',
    field: 'points',
    message: `The open lots of an account hold at most ${Number.MAX_SAFE_INTEGER} points, those under debits included; there is room for ${room} more.`,
  };
}

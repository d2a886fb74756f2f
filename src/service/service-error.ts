import type { TopLevelErrorCode } from '../error-codes';

/**
 * A request could not be served. `code` is what a client receives; a retry is safe where the class
 * says so.
 */
export abstract class ServiceError extends Error {
  abstract readonly code: ServiceErrorCode;
}

export type ServiceErrorCode = Extract<
  TopLevelErrorCode,
  'SERVICE_UNAVAILABLE' | 'OVERLOADED' | 'OUTCOME_UNKNOWN' | 'HISTORY_CHANGED'
>;

/** The store does not respond, or the server is stopping. Nothing was changed; retry later. */
export class ServiceUnavailable extends ServiceError {
  override readonly name = 'ServiceUnavailable';
  readonly code = 'SERVICE_UNAVAILABLE';
}

/** Too many requests wait. Nothing was changed; retry later, and less. */
export class Overloaded extends ServiceError {
  override readonly name = 'Overloaded';
  readonly code = 'OVERLOADED';
}

/**
 * The store may or may not have recorded the change. Retry with the same idempotency key; without
 * one, read first.
 */
export class OutcomeUnknown extends ServiceError {
  override readonly name = 'OutcomeUnknown';
  readonly code = 'OUTCOME_UNKNOWN';
}

/**
 * What a subscriber has seen is not what the store holds now: the store was restored to an earlier
 * state, or has lost its last entries. The account has to be read again.
 */
export class HistoryChanged extends ServiceError {
  override readonly name = 'HistoryChanged';
  readonly code = 'HISTORY_CHANGED';

  /** @param message for the client. */
  constructor(
    message = 'The ledger has another history now: it was restored to an earlier state. What was ' +
      'sent may not be in it. Read the account again, and subscribe from there.',
  ) {
    super(message);
  }
}

/** Returns the error for a change at a time when the clock cannot be used. */
export function clockUnusable(): ServiceUnavailable {
  return new ServiceUnavailable(
    "The server's clock cannot be trusted now; nothing was changed, retry later.",
  );
}

/**
 * An account cannot be shown at an instant, since too many lots expire or begin, or holds end,
 * until then. The client can request an earlier instant.
 */
export class TooMuchDue extends Error {
  override readonly name = 'TooMuchDue';

  /** @param rowsMax how many lots may expire or begin, and holds end, until the instant. */
  constructor(readonly rowsMax: number) {
    super(
      `More than ${rowsMax} lots expire or begin, or holds end, until then, which is too much to ` +
        'compute; request an earlier instant.',
    );
  }
}

/**
 * A request could not be served. `code` is what a client hears; a retry is safe where the class
 * says so.
 */
export abstract class ServiceError extends Error {
  abstract readonly code:
    | 'SERVICE_UNAVAILABLE'
    | 'OVERLOADED'
    | 'OUTCOME_UNKNOWN'
    | 'HISTORY_CHANGED';
}

/** The store is away, or the server is stopping. Nothing was changed; retry later. */
export class ServiceUnavailable extends ServiceError {
  override readonly name = 'ServiceUnavailable';
  readonly code = 'SERVICE_UNAVAILABLE';
}

/** Too much waits already. Nothing was changed; retry later, and less. */
export class Overloaded extends ServiceError {
  override readonly name = 'Overloaded';
  readonly code = 'OVERLOADED';
}

/**
 * The store may or may not have taken the change. Retry with the same idempotency key; without one,
 * read first.
 */
export class OutcomeUnknown extends ServiceError {
  override readonly name = 'OutcomeUnknown';
  readonly code = 'OUTCOME_UNKNOWN';
}

/**
 * What a subscriber has been sent is not what the store holds now: it was put back to an earlier
 * state, or has lost its last entries. The account has to be read anew.
 */
export class HistoryChanged extends ServiceError {
  override readonly name = 'HistoryChanged';
  readonly code = 'HISTORY_CHANGED';

  constructor() {
    super('The entries that were sent are not those in the store.');
  }
}

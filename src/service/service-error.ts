/**
 * A request could not be served. `code` is what a client hears; a retry is safe where the class
 * says so.
 */
export abstract class ServiceError extends Error {
  abstract readonly code: 'SERVICE_UNAVAILABLE' | 'OVERLOADED' | 'OUTCOME_UNKNOWN';
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

/**
 * The codes of top-level errors, in `extensions.code`. They are part of the API: the server sends
 * no others, and the console and the command line tell errors apart by nothing else.
 */
export const topLevelErrorCodes = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  /** The request has no key or token that is accepted. */
  'UNAUTHENTICATED',
  /** The key or token may not do this, or does not reach the account. */
  'FORBIDDEN',
  /** The store is away or the server is stopping; nothing was changed. */
  'SERVICE_UNAVAILABLE',
  /** Too many requests wait; nothing was changed. */
  'OVERLOADED',
  /** The change may or may not be recorded. */
  'OUTCOME_UNKNOWN',
  /** What a subscriber has seen is not in the ledger. */
  'HISTORY_CHANGED',
  /** A subscription ended early; it can begin again where it ended. */
  'SUBSCRIPTION_CUT_OFF',
  /** A fault of the server; its details are in the log under the request id. */
  'INTERNAL_SERVER_ERROR',
] as const;

export type TopLevelErrorCode = (typeof topLevelErrorCodes)[number];

/** After these errors the same request, with the same idempotency keys, may succeed later. */
export const retryableCodes = [
  'SERVICE_UNAVAILABLE',
  'OVERLOADED',
  'OUTCOME_UNKNOWN',
] as const satisfies readonly TopLevelErrorCode[];

/** True if `code` is in the list. What comes from outside may be anything. */
export function isOneOf<Code extends string>(codes: readonly Code[], code: unknown): code is Code {
  return (codes as readonly unknown[]).includes(code);
}

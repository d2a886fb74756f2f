import { CombinedGraphQLErrors, ServerError } from '@apollo/client';
import { isOneOf, retryableCodes, type TopLevelErrorCode } from '../../../src/error-codes';

/** What a proxy sends when it cannot reach the server. */
const proxyStatuses = new Set([502, 503, 504]);

/** True if there was no response of the server: the network, or a proxy in front of it, failed. */
export function isUnreachable(error: unknown): boolean {
  if (ServerError.is(error)) return proxyStatuses.has(error.statusCode);
  return error instanceof TypeError;
}

/** True if the same request may succeed later. */
export function isRetryable(error: unknown): boolean {
  return hasCode(error, retryableCodes) || isUnreachable(error);
}

/** True if one of the top-level errors of a response has one of these codes. */
export function hasCode(error: unknown, codes: readonly TopLevelErrorCode[]): boolean {
  return (
    CombinedGraphQLErrors.is(error) &&
    error.errors.some(({ extensions }) => isOneOf(codes, extensions?.code))
  );
}

/** Returns what a person should read about an error, with the request id of a server fault. */
export function errorText(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) {
    const { message, extensions } = error.errors[0]!;
    const requestId = extensions?.requestId;
    return requestId === undefined ? message : `${message} Request id: ${requestId}`;
  }
  if (isUnreachable(error)) return unreachableText;
  return error instanceof Error ? error.message : String(error);
}

export const unreachableText = 'The server is not reachable.';

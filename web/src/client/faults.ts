import { CombinedGraphQLErrors, ServerError } from '@apollo/client';
import { isOneOf, retryableCodes } from '../../../src/error-codes';

const proxyStatuses = new Set([502, 503, 504]);

/** Whether nothing that speaks GraphQL answered: the network, or what stands before the server. */
export function isSilence(error: unknown): boolean {
  if (ServerError.is(error)) return proxyStatuses.has(error.statusCode);
  return error instanceof TypeError;
}

/** Whether the same request may well succeed a little later. */
export function isPassing(error: unknown): boolean {
  if (CombinedGraphQLErrors.is(error)) {
    return error.errors.some(({ extensions }) => isOneOf(retryableCodes, extensions?.code));
  }
  return isSilence(error);
}

/** What went wrong, for a person; a fault of the server names the id that its log has it under. */
export function faultWords(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) {
    const { message, extensions } = error.errors[0]!;
    const requestId = extensions?.requestId;
    return requestId === undefined ? message : `${message} Request id: ${requestId}`;
  }
  if (isSilence(error)) return 'The server does not answer.';
  return error instanceof Error ? error.message : String(error);
}

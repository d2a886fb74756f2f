import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { isOneOf, type TopLevelErrorCode } from '../../error-codes';

/** Codes of requests that are refused before execution. */
const refusedCodes = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
] as const satisfies readonly TopLevelErrorCode[];

/**
 * Sets the status of refused requests. By GraphQL over HTTP, section 6.4.1, a client that accepts
 * only `application/json` may take any status but 200 for the response of an intermediary, so it
 * receives 200 for a well-formed request that is refused. All other clients receive 400.
 */
export const statusPlugin: ApolloServerPlugin = {
  requestDidStart: async () => listener,
};

const listener = {
  async willSendResponse({ request, response, errors }: GraphQLRequestContext<object>) {
    if (errors === undefined || response.http.status !== 400) return;
    const isWellFormed = errors.every(({ extensions }) => isOneOf(refusedCodes, extensions.code));
    if (isWellFormed && readsJsonOnly(request.http?.headers.get('accept'))) {
      response.http.status = 200;
    }
  },
};

/** True if the client accepts `application/json` but not `application/graphql-response+json`. */
export function readsJsonOnly(accept: string | undefined): boolean {
  return accept !== undefined && !/graphql-response\+json|\*/.test(accept);
}

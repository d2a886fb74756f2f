import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';

const refusedBeforeExecution: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/**
 * GraphQL over HTTP, section 6.4.1: who reads `application/json` only takes any status but 200 for
 * an answer of something between here and there, so a well-formed request that is refused is
 * answered with 200. Everyone else gets 400.
 */
export const statusPlugin: ApolloServerPlugin = {
  requestDidStart: async () => listener,
};

const listener = {
  async willSendResponse({ request, response, errors }: GraphQLRequestContext<object>) {
    if (errors === undefined || response.http.status !== 400) return;
    const isWellFormed = errors.every(({ extensions }) =>
      refusedBeforeExecution.has(extensions.code),
    );
    if (isWellFormed && readsJsonOnly(request.http?.headers.get('accept'))) {
      response.http.status = 200;
    }
  },
};

export function readsJsonOnly(accept: string | undefined): boolean {
  return accept !== undefined && !/graphql-response\+json|\*/.test(accept);
}

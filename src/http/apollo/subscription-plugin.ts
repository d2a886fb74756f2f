import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { TopLevelErrorCode } from '../../error-codes';
import type { RequestContext } from '../request-context';

/**
 * Lets Apollo Server parse and validate subscriptions as it does every other operation, and passes
 * the valid ones back in the context: Apollo Server does not execute them.
 */
export const subscriptionPlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    async didResolveOperation(resolved: GraphQLRequestContextDidResolveOperation<RequestContext>) {
      const { operation, document, contextValue } = resolved;
      const { stream } = contextValue;
      // Undefined if the document does not hold the operation that is named.
      const kind = operation?.operation;
      if (kind === 'subscription') {
        if (stream === null) throw badRequest(needsStream);
        stream.document = document;
      } else if (kind !== undefined && stream?.carried === 'subscriptions') {
        throw badRequest(subscriptionsOnly(kind));
      }
    },
    async responseForOperation({ contextValue }) {
      if (contextValue.stream?.document == null) return null;
      const http = { status: undefined, headers: new HeaderMap() };
      return { http, body: { kind: 'single', singleResult: { data: null } } };
    },
  }),
};

const needsStream =
  'The results of a subscription are streamed. Send it over a WebSocket to /graphql in the ' +
  'protocol graphql-transport-ws, or by POST with Accept: multipart/mixed;subscriptionSpec=1.0, ' +
  'application/json.';

function subscriptionsOnly(kind: string): string {
  return `The WebSocket carries subscriptions only. Send a ${kind} by POST to /graphql.`;
}

function badRequest(message: string): GraphQLError {
  const code = 'BAD_USER_INPUT' satisfies TopLevelErrorCode;
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}

import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { type DocumentNode, GraphQLError } from 'graphql';
import type { RequestContext } from '../request-context';

/** Marks a request whose sender can take an answer that comes bit by bit. */
export interface StreamRequest {
  /** Whether nothing but subscriptions may come this way. */
  readonly only: boolean;
  /** The subscription that was found right; null for anything else. */
  document: DocumentNode | null;
}

export function streamRequest(only: boolean): StreamRequest {
  return { only, document: null };
}

/**
 * Lets Apollo Server judge subscriptions as it judges everything else, and hands back what it found
 * right: executing it is not Apollo's.
 */
export const subscriptionPlugin: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    async didResolveOperation(resolved: GraphQLRequestContextDidResolveOperation<RequestContext>) {
      const { operation, document, contextValue } = resolved;
      const { stream } = contextValue;
      // Absent where the document does not hold the operation that is named.
      const kind = operation?.operation;
      if (kind === 'subscription') {
        if (stream === null) throw badRequest(notTaken);
        stream.document = document;
      } else if (kind !== undefined && stream?.only) {
        throw badRequest(notHere(kind));
      }
    },
    async responseForOperation({ contextValue }) {
      if (contextValue.stream?.document == null) return null;
      const http = { status: undefined, headers: new HeaderMap() };
      return { http, body: { kind: 'single', singleResult: { data: null } } };
    },
  }),
};

const notTaken =
  'A subscription is answered bit by bit. Send it over a WebSocket to /graphql in the protocol ' +
  'graphql-transport-ws, or by POST with Accept: multipart/mixed;subscriptionSpec=1.0, ' +
  'application/json.';

function notHere(kind: string): string {
  return `Only subscriptions travel over the WebSocket. Send a ${kind} by POST to /graphql.`;
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

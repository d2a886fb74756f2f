import { ApolloLink, HttpLink } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';

/** Subscriptions over a WebSocket, everything else by POST. */
export function liveLink(uri: string): ApolloLink {
  const socket = createClient({
    url: uri.replace(/^http/, 'ws'),
    // It would resume after the first sequence; `accountChanges` knows the last one.
    retryAttempts: 0,
  });
  return ApolloLink.split(
    ({ operationType }) => operationType === 'subscription',
    new GraphQLWsLink(socket),
    new HttpLink({ uri }),
  );
}

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { tap } from 'rxjs';
import { isSilence } from './faults';
import { type ServerState, serverState } from './server-state';
import { socket } from './socket';

/** The console's client: it asks the server that the page came from. */
export function ledgerClient(): ApolloClient {
  const client = new ApolloClient({
    cache: ledgerCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(socket),
      noting(serverState).concat(new HttpLink({ uri: '/graphql' })),
    ),
  });
  serverState.onReturn(() => void client.refetchQueries({ include: 'active' }));
  return client;
}

function ledgerCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes: {
      Entry: ['Transaction', 'Spend'],
      UserError: [
        'InvalidInputError',
        'IdempotencyKeyReusedError',
        'PayerWouldGoNegativeError',
        'InsufficientPointsError',
        'PointsOutOfRangeError',
      ],
    },
    typePolicies: {
      // Balances are one value: whatever came last is the whole of it.
      Account: { fields: { balances: { merge: false }, history: { merge: false } } },
    },
  });
}

/** Lets every answer and every silence tell whether the server is there. */
function noting(state: ServerState): ApolloLink {
  return new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      tap({
        next: () => state.answered(),
        error: (error) => (isSilence(error) ? state.silent() : state.answered()),
      }),
    ),
  );
}

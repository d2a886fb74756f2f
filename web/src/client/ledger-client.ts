import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { tap } from 'rxjs';
import { bucketLink } from '../../../src/client/apollo';
import { accessLink } from '../access/access-link';
import { isUnreachable } from './errors';
import { serverClock } from './server-clock';
import { serverState } from './server-state';
import { socket } from './socket';

/** Returns the console's client. It sends requests to the origin of the page. */
export function ledgerClient(): ApolloClient {
  const client = new ApolloClient({
    cache: ledgerCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      ApolloLink.from([accessLink(), new GraphQLWsLink(socket)]),
      ApolloLink.from([
        reachabilityLink(),
        accessLink(),
        bucketLink(ApolloLink),
        new HttpLink({ uri: '/graphql', fetch: serverClock.fetch }),
      ]),
    ),
  });
  serverState.onReturn(() => void client.refetchQueries({ include: 'active' }));
  return client;
}

function ledgerCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes: {
      Entry: [
        'Transaction',
        'Spend',
        'Hold',
        'Release',
        'SpendReversal',
        'TransactionReversal',
        'Lapse',
      ],
      UserError: [
        'InvalidInputError',
        'IdempotencyKeyReusedError',
        'EntryNotFoundError',
        'NotReversibleError',
        'NeverSpendableError',
        'HoldIsOverError',
        'HoldsExceededError',
        'ExceedsHeldError',
        'ExceedsReversibleError',
        'LotIsSpentError',
        'PayerWouldGoNegativeError',
        'InsufficientPointsError',
        'PointsOutOfRangeError',
      ],
    },
    typePolicies: {
      // A response holds all balances: the newest replaces the others.
      Account: { fields: { balances: { merge: false }, history: { merge: false } } },
    },
  });
}

/** Returns a link that notes in `serverState` whether each request got a response. */
function reachabilityLink(): ApolloLink {
  return new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      tap({
        next: () => serverState.responded(),
        error: (error) => (isUnreachable(error) ? serverState.failed() : serverState.responded()),
      }),
    ),
  );
}

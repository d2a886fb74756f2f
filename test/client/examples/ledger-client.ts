import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { retries } from './retries';

export function ledgerClient(uri: string) {
  return new ApolloClient({ cache: ledgerCache(), link: retries().concat(new HttpLink({ uri })) });
}

export function ledgerCache() {
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
      Account: {
        fields: {
          lots: relayStylePagination(),
          pendingLots: relayStylePagination(),
          expiries: relayStylePagination(['until']),
          holds: relayStylePagination(),
          history: relayStylePagination(),
        },
      },
      Query: {
        fields: {
          accounts: relayStylePagination(['startsWith']),
          // An account is null until its first change; from then on, the cache has it.
          account: (known, { args, canRead, toReference }) => {
            if (args?.at != null) return known;
            const account = toReference({ __typename: 'Account', id: args?.id });
            return known ?? (canRead(account) ? account : known);
          },
        },
      },
    },
  });
}

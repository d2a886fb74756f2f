import { type ApolloClient, CombinedGraphQLErrors, CombinedProtocolErrors } from '@apollo/client';
import { defer, filter, map, type Observable, repeat, retry, tap, throwError, timer } from 'rxjs';
import {
  AccountChangedDocument,
  type AccountChangedSubscription,
} from '../../../src/operations/generated/operations';

export type AccountChange = AccountChangedSubscription['accountChanged'];

/** Every change after a sequence, also those that come while the connection is away. */
export function accountChanges(
  client: ApolloClient,
  accountId: string,
  after: number,
  pauseMs = 1_000,
): Observable<AccountChange> {
  let last = after;
  const variables = () => ({ accountId, after: last });
  return defer(() =>
    client.subscribe({ query: AccountChangedDocument, variables: variables() }),
  ).pipe(
    map(({ data, error }) => {
      if (error) throw error;
      return data?.accountChanged;
    }),
    filter((change) => change !== undefined),
    tap(({ entry }) => {
      last = entry.sequence;
    }),
    // The server ends its streams when it stops.
    repeat({ delay: pauseMs }),
    retry({ delay: (error) => (isLasting(error) ? throwError(() => error) : timer(pauseMs)) }),
  );
}

const lastingCodes = new Set<unknown>([
  'BAD_USER_INPUT',
  'GRAPHQL_VALIDATION_FAILED',
  'HISTORY_CHANGED',
]);

/** Asking again would be answered the same: what is shown has to be read anew. */
function isLasting(error: unknown): boolean {
  const isAnswer = CombinedGraphQLErrors.is(error) || CombinedProtocolErrors.is(error);
  return isAnswer && error.errors.some(({ extensions }) => lastingCodes.has(extensions?.code));
}

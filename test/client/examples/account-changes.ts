import { type ApolloClient, CombinedGraphQLErrors, CombinedProtocolErrors } from '@apollo/client';
import { defer, filter, map, type Observable, repeat, retry, tap, throwError, timer } from 'rxjs';
import {
  AccountChangedDocument,
  type AccountChangedSubscription,
} from '../../../src/operations/generated/operations';

export type AccountChange = AccountChangedSubscription['accountChanged'];

/** Emits every change after a sequence, also those made while the connection is interrupted. */
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
    // The server completes its streams when it stops.
    repeat({ delay: pauseMs }),
    retry({ delay: (error) => (isPermanent(error) ? throwError(() => error) : timer(pauseMs)) }),
  );
}

const permanentCodes = new Set<unknown>([
  'BAD_USER_INPUT',
  'GRAPHQL_VALIDATION_FAILED',
  'HISTORY_CHANGED',
]);

/** True if a retry would fail in the same way: the data must be read again. */
function isPermanent(error: unknown): boolean {
  const isResult = CombinedGraphQLErrors.is(error) || CombinedProtocolErrors.is(error);
  return isResult && error.errors.some(({ extensions }) => permanentCodes.has(extensions?.code));
}

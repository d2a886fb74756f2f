import type { ApolloClient, ObservableQuery } from '@apollo/client';
import {
  AccountHistoryDocument,
  type AccountHistoryQuery,
  type AccountHistoryQueryVariables,
} from '../../../src/operations/generated/operations';

type History = ObservableQuery<AccountHistoryQuery, AccountHistoryQueryVariables>;

export function watchHistory(client: ApolloClient, id: string): History {
  return client.watchQuery({ query: AccountHistoryDocument, variables: { id, first: 20 } });
}

/** Adds the next page to the list. Returns false at the end. */
export async function showMore(history: History): Promise<boolean> {
  const pageInfo = history.getCurrentResult().data?.account?.history?.pageInfo;
  if (!pageInfo?.hasNextPage) return false;
  await history.fetchMore({ variables: { after: pageInfo.endCursor } });
  return true;
}

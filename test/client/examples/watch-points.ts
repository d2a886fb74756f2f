import type { ApolloClient } from '@apollo/client';
import { AccountDocument } from '../../../src/operations/generated/operations';

/** Calls `show` with the points of an account, now and whenever they change in the cache. */
export function watchPoints(client: ApolloClient, id: string, show: (points: number) => void) {
  return client
    .watchQuery({ query: AccountDocument, variables: { id } })
    .subscribe(({ data, dataState }) => {
      if (dataState === 'complete') show(data.account?.points ?? 0);
    });
}

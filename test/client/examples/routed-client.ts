import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { bucketLink } from '../../../src/client/index';
import { ledgerCache } from './ledger-client';
import { retries } from './retries';

export function routedClient(uri: string) {
  const link = ApolloLink.from([bucketLink(ApolloLink), retries(), new HttpLink({ uri })]);
  return new ApolloClient({ cache: ledgerCache(), link });
}

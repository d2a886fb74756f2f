import { Client, cacheExchange, fetchExchange, mapExchange } from '@urql/core';
import { bucketExchange } from '../../../src/client/index';

export function routedUrqlClient(url: string) {
  const exchanges = [cacheExchange, bucketExchange(mapExchange), fetchExchange];
  return new Client({ url, preferGetMethod: false, exchanges });
}

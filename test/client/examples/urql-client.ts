import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';

export function urqlClient(url: string) {
  const socket = createClient({ url: url.replace(/^http/, 'ws'), retryAttempts: 0 });
  return new Client({
    url,
    // Without it, urql sends queries by GET, which the server refuses as CSRF.
    preferGetMethod: false,
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
        }),
      }),
    ],
  });
}

import { ApolloClient, type ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import {
  AccountChangedDocument,
  type AccountChangedSubscription,
  AddTransactionDocument,
  AddTransactionsDocument,
  SpendPointsDocument,
} from '../../src/client/generated/operations';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { until } from './watch';

let server: LedgerServer;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());

interface Way {
  readonly link: ApolloLink;
  dispose(): void;
}

function byParts(): Way {
  return { link: new HttpLink({ uri: server.endpoint }), dispose: () => {} };
}

function byWebSocket(): Way {
  const client = createClient({
    url: server.endpoint.replace('http', 'ws'),
    webSocketImpl: WebSocket,
  });
  return { link: new GraphQLWsLink(client), dispose: () => void client.dispose() };
}

const grant = (accountId: string, points: number) => ({
  accountId,
  payer: 'DANNON',
  points,
  timestamp: '2020-01-01T00:00:00Z',
});

describe.each([
  ['multipart over HttpLink', byParts],
  ['graphql-ws over GraphQLWsLink', byWebSocket],
])('Apollo Client with %s', (name, way) => {
  test('is told of each change, in order, with the account right after it', async () => {
    const accountId = `told ${name}`;
    const { link, dispose } = way();
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    const writer = new ApolloClient({ link: byParts().link, cache: new InMemoryCache() });
    const told: AccountChangedSubscription['accountChanged'][] = [];
    const errors: unknown[] = [];
    const watching = client
      .subscribe({ query: AccountChangedDocument, variables: { accountId, after: 0 } })
      .subscribe({
        next: ({ data, error }) => {
          if (data) told.push(data.accountChanged);
          if (error) errors.push(error);
        },
        error: (error) => errors.push(error),
      });
    const input = grant(accountId, 100);
    await writer.mutate({ mutation: AddTransactionDocument, variables: { input } });
    // Whoever is told of the first is there when the others are made.
    await until(() => told.length === 1 || errors.length > 0);
    const transactions = [1, 2, 3, 4].map((points) => grant(accountId, points));
    await writer.mutate({
      mutation: AddTransactionsDocument,
      variables: { input: { transactions } },
    });
    const spend = { accountId, points: 50 };
    await writer.mutate({ mutation: SpendPointsDocument, variables: { input: spend } });
    await until(() => told.length === 6 || errors.length > 0);
    watching.unsubscribe();
    dispose();
    expect(errors).toEqual([]);
    expect(told.map(({ entry }) => entry.sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(told.map(({ account }) => account.points)).toEqual([100, 101, 103, 106, 110, 60]);
  });
});

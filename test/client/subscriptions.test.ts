import { ApolloClient, type ApolloLink, HttpLink } from '@apollo/client';
import { WebSocket } from 'ws';
import {
  AccountDocument,
  AddTransactionDocument,
  AddTransactionsDocument,
  SpendPointsDocument,
} from '../../src/operations/generated/operations';
import { type RestartableServer, startLedgerOnFile } from '../support/ledger-server';
import { type AccountChange, accountChanges } from './examples/account-changes';
import { ledgerCache } from './examples/ledger-client';
import { liveLink } from './examples/live-link';
import { until, watch } from './watch';

// Browsers have it, and Node.js from 22 on.
Object.assign(globalThis, { WebSocket });

let server: RestartableServer;
beforeAll(async () => {
  server = await startLedgerOnFile();
});
afterAll(() => server.stop());

const clientOf = (link: ApolloLink) => new ApolloClient({ link, cache: ledgerCache() });
const byParts = () => new HttpLink({ uri: server.endpoint });
const bySocket = () => liveLink(server.endpoint);

const grant = (accountId: string, points: number) => ({
  accountId,
  payer: 'DANNON',
  points,
  timestamp: '2020-01-01T00:00:00Z',
});

async function add(client: ApolloClient, accountId: string, ...points: number[]): Promise<void> {
  const transactions = points.map((each) => grant(accountId, each));
  const variables = { input: { transactions } };
  await client.mutate({ mutation: AddTransactionsDocument, variables });
}

interface Received {
  readonly changes: AccountChange[];
  error: unknown;
  unsubscribe(): void;
}

function listen(client: ApolloClient, accountId: string, after: number): Received {
  const received: Received = { changes: [], error: null, unsubscribe: () => {} };
  const watching = accountChanges(client, accountId, after, 20).subscribe({
    next: (change) => received.changes.push(change),
    error: (error) => {
      received.error = error;
    },
  });
  received.unsubscribe = () => watching.unsubscribe();
  return received;
}

const sequences = ({ changes }: Received) => changes.map(({ entry }) => entry.sequence);

describe.each([
  ['multipart over HttpLink', byParts],
  ['graphql-ws over GraphQLWsLink', bySocket],
])('Apollo Client with %s', (name, link) => {
  test('receives each change, with the account after it', async () => {
    const accountId = `received ${name}`;
    const [client, writer] = [clientOf(link()), clientOf(byParts())];
    const received = listen(client, accountId, 0);
    const input = grant(accountId, 100);
    await writer.mutate({ mutation: AddTransactionDocument, variables: { input } });
    // A subscriber that has received the first change is subscribed for the others.
    await until(() => received.changes.length === 1);
    await add(writer, accountId, 1, 2, 3, 4);
    const spend = { accountId, points: 50 };
    await writer.mutate({ mutation: SpendPointsDocument, variables: { input: spend } });
    await until(() => received.changes.length === 6);
    received.unsubscribe();
    expect(received.error).toBe(null);
    expect(sequences(received)).toEqual([1, 2, 3, 4, 5, 6]);
    const points = received.changes.map(({ account }) => account.points);
    expect(points).toEqual([100, 101, 103, 106, 110, 60]);
  });

  test('shows new points wherever the account is shown', async () => {
    const accountId = `shown ${name}`;
    const [client, writer] = [clientOf(link()), clientOf(byParts())];
    await add(writer, accountId, 5);
    const query = client.watchQuery({ query: AccountDocument, variables: { id: accountId } });
    const watched = await watch(query);
    const received = listen(client, accountId, 1);
    await add(writer, accountId, 7);
    await watched.shows(({ account }) => account?.points === 12);
    watched.stop();
    received.unsubscribe();
  });

  test('misses nothing and receives nothing twice while the server restarts', async () => {
    const accountId = `away ${name}`;
    const client = clientOf(link());
    const received = listen(client, accountId, 0);
    for (let round = 0; round < 3; round += 1) {
      const writer = clientOf(byParts());
      await add(writer, accountId, 1, 1, 1);
      await until(() => received.changes.length === 5 * round + 3);
      await server.restart();
      await add(writer, accountId, 1, 1);
      await until(() => received.changes.length === 5 * round + 5);
    }
    received.unsubscribe();
    expect(sequences(received)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  });

  test('receives HISTORY_CHANGED if it has seen another history', async () => {
    const received = listen(clientOf(link()), `nobody ${name}`, 3);
    await until(() => received.error !== null);
    expect(String(received.error)).toMatch(/after is 3, but the last entry .* is 0/);
  });
});

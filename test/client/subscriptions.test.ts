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

interface Told {
  readonly changes: AccountChange[];
  error: unknown;
  unsubscribe(): void;
}

function listen(client: ApolloClient, accountId: string, after: number): Told {
  const told: Told = { changes: [], error: null, unsubscribe: () => {} };
  const watching = accountChanges(client, accountId, after, 20).subscribe({
    next: (change) => told.changes.push(change),
    error: (error) => {
      told.error = error;
    },
  });
  told.unsubscribe = () => watching.unsubscribe();
  return told;
}

const sequences = ({ changes }: Told) => changes.map(({ entry }) => entry.sequence);

describe.each([
  ['multipart over HttpLink', byParts],
  ['graphql-ws over GraphQLWsLink', bySocket],
])('Apollo Client with %s', (name, link) => {
  test('is told of each change, with the account right after it', async () => {
    const accountId = `told ${name}`;
    const [client, writer] = [clientOf(link()), clientOf(byParts())];
    const told = listen(client, accountId, 0);
    const input = grant(accountId, 100);
    await writer.mutate({ mutation: AddTransactionDocument, variables: { input } });
    // Whoever is told of the first is there when the others are made.
    await until(() => told.changes.length === 1);
    await add(writer, accountId, 1, 2, 3, 4);
    const spend = { accountId, points: 50 };
    await writer.mutate({ mutation: SpendPointsDocument, variables: { input: spend } });
    await until(() => told.changes.length === 6);
    told.unsubscribe();
    expect(told.error).toBe(null);
    expect(sequences(told)).toEqual([1, 2, 3, 4, 5, 6]);
    const points = told.changes.map(({ account }) => account.points);
    expect(points).toEqual([100, 101, 103, 106, 110, 60]);
  });

  test('shows new points wherever the account is shown', async () => {
    const accountId = `shown ${name}`;
    const [client, writer] = [clientOf(link()), clientOf(byParts())];
    await add(writer, accountId, 5);
    const query = client.watchQuery({ query: AccountDocument, variables: { id: accountId } });
    const watched = await watch(query);
    const told = listen(client, accountId, 1);
    await add(writer, accountId, 7);
    await watched.shows(({ account }) => account?.points === 12);
    watched.stop();
    told.unsubscribe();
  });

  test('misses nothing and is told nothing twice while the server is started again', async () => {
    const accountId = `away ${name}`;
    const client = clientOf(link());
    const told = listen(client, accountId, 0);
    for (let round = 0; round < 3; round += 1) {
      const writer = clientOf(byParts());
      await add(writer, accountId, 1, 1, 1);
      await until(() => told.changes.length === 5 * round + 3);
      await server.restart();
      await add(writer, accountId, 1, 1);
      await until(() => told.changes.length === 5 * round + 5);
    }
    told.unsubscribe();
    expect(sequences(told)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  }, 60_000);

  test('is told in words that it has seen another history', async () => {
    const told = listen(clientOf(link()), `nobody ${name}`, 3);
    await until(() => told.error !== null);
    expect(String(told.error)).toMatch(/after is 3, but the last entry .* is 0/);
  });
});

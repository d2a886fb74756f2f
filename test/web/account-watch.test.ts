import { ApolloClient, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import {
  AccountWatch,
  type AccountWatchOptions,
  type LivePhase,
} from '../../web/src/live/account-watch';
import { until } from '../client/watch';
import { type LedgerServer, startLedger } from '../support/ledger-server';

// Browsers have it, and Node.js from 22 on.
Object.assign(globalThis, { WebSocket });

let server: LedgerServer;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());

async function addRow(accountId: string): Promise<void> {
  const query = `mutation ($input: AddTransactionsInput!) {
    addTransactions(input: $input) { results { errors { message } } }
  }`;
  const row = { accountId, payer: 'DANNON', points: 1, timestamp: '2020-01-01T00:00:00Z' };
  const body = JSON.stringify({ query, variables: { input: { transactions: [row] } } });
  const headers = { 'content-type': 'application/json' };
  await (await fetch(server.endpoint, { method: 'POST', headers, body })).arrayBuffer();
}

/** A watch over a socket of its own, and what it told. */
function watching(given: Pick<AccountWatchOptions, 'accountId' | 'after' | 'readSequence'>) {
  const url = server.endpoint.replace(/^http/, 'ws');
  const socket = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
  const client = new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() });
  const told = { changes: 0, phases: [] as LivePhase[] };
  const watch = new AccountWatch({
    client,
    socket,
    isSocketOpen: () => false,
    onChange: () => {
      told.changes += 1;
    },
    onPhase: (phase) => told.phases.push(phase),
    ...given,
  });
  const stop = async () => {
    watch.stop();
    await socket.dispose();
  };
  return { told, stop };
}

test('what is accepted while the place in another history is asked for is told of too', async () => {
  await addRow('restored');
  let changesBefore = 0;
  const { told, stop } = watching({
    accountId: 'restored',
    after: 99,
    readSequence: async () => {
      changesBefore = told.changes;
      await addRow('restored');
      return 2;
    },
  });
  await until(() => changesBefore === 1 && told.changes === 2);
  await addRow('restored');
  await until(() => told.changes === 3);
  await stop();
});

test('another refusal than that of the place is no other history: it is tried again, and said to be away', async () => {
  let reads = 0;
  const { told, stop } = watching({
    accountId: 'x'.repeat(1_000),
    after: 0,
    readSequence: async () => {
      reads += 1;
      return 0;
    },
  });
  await until(() => told.phases.includes('away'));
  expect(told.changes).toBe(0);
  expect(reads).toBe(0);
  await stop();
});

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

// Node.js has it from version 22.
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

/** Starts a watch with its own socket, and records its calls. */
function watching(given: Pick<AccountWatchOptions, 'accountId' | 'after' | 'readSequence'>) {
  const url = server.endpoint.replace(/^http/, 'ws');
  const socket = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
  const client = new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() });
  const calls = { changes: 0, phases: [] as LivePhase[] };
  const watch = new AccountWatch({
    client,
    socket,
    isSocketOpen: () => false,
    onChange: () => {
      calls.changes += 1;
    },
    onPhase: (phase) => calls.phases.push(phase),
    ...given,
  });
  const stop = async () => {
    watch.stop();
    await socket.dispose();
  };
  return { calls, stop };
}

test('a change accepted while the sequence of another history is read is reported', async () => {
  await addRow('restored');
  let changesBefore = 0;
  const { calls, stop } = watching({
    accountId: 'restored',
    after: 99,
    readSequence: async () => {
      changesBefore = calls.changes;
      await addRow('restored');
      return 2;
    },
  });
  await until(() => changesBefore === 1 && calls.changes === 2);
  await addRow('restored');
  await until(() => calls.changes === 3);
  await stop();
});

test('an error other than HISTORY_CHANGED is retried and does not reload the account', async () => {
  let reads = 0;
  const { calls, stop } = watching({
    accountId: 'x'.repeat(1_000),
    after: 0,
    readSequence: async () => {
      reads += 1;
      return 0;
    },
  });
  await until(() => calls.phases.includes('offline'));
  expect(calls.changes).toBe(0);
  expect(reads).toBe(0);
  await stop();
});

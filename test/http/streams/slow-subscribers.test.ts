import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import { until } from '../../client/watch';
import { type LedgerServer, startLedgerOver } from '../../support/ledger-server';
import { acceptParts, addRows, RawSocket, Subscriber, socketClient } from './stream-client';

let server: LedgerServer;
const cuts: string[] = [];
beforeEach(async () => {
  cuts.length = 0;
  const logger = {
    debug() {},
    info() {},
    warn: (fields: object) => cuts.push((fields as { reason: string }).reason),
    error: (_fields: object, message: string) => cuts.push(message),
  };
  server = await startLedgerOver({ journal: new MemoryJournal() }, logger, {
    streamLookMs: 20,
    // A subscriber in this process that the event loop delays must not be cut off.
    streamStallMsMax: 3_000,
    streamCloseMsMax: 100,
  });
});
afterEach(() => server.stop());

/** With many fields, so that a thousand events exceed the buffers of the system. */
const wide = `subscription { accountChanged(after: 0) { entry { ${Array.from(
  { length: 90 },
  (_, index) => `name${index}: reference a${index}: accountId`,
)
  .join(' ')
  .replaceAll(/ a\d+: accountId/g, '')} sequence } } }`;

const long = 'x'.repeat(255);

async function addLong(count: number): Promise<void> {
  const row = { payer: 'P', points: 1, timestamp: '2020-01-01T00:00:00Z', reference: long };
  const query = `mutation ($input: AddTransactionsInput!) {
    addTransactions(input: $input) { results { replayed } }
  }`;
  const body = JSON.stringify({
    query,
    variables: { input: { transactions: Array(count).fill(row) } },
  });
  const headers = { 'content-type': 'application/json' };
  await (await fetch(server.endpoint, { method: 'POST', headers, body })).arrayBuffer();
}

test('a WebSocket that reads nothing is cut off, and receives the reason when it reads again', async () => {
  await addLong(1_000);
  const slow = await RawSocket.greeted(server.endpoint);
  slow.subscribe('1', wide);
  await until(() => slow.messages.length > 1);
  slow.socket.pause();
  const client = socketClient(server.endpoint);
  const quick = new Subscriber(client, wide);
  await until(() => cuts.length > 0);
  slow.socket.resume();
  await until(() => slow.closed !== null);
  expect(slow.closed!.code).toBe(4290);
  expect(slow.closed!.reason).toMatch(/Subscribe again after the last sequence seen/);
  expect(slow.messages.length).toBeLessThan(1_000);
  // Nobody else has to suffer.
  await until(() => quick.results.length === 1_000 || quick.end !== null, 40_000);
  expect(quick.end).toBe(null);
  expect(cuts).toHaveLength(1);
  await client.dispose();
});

test('a multipart subscriber that reads nothing is cut off, with the reason in its last part', async () => {
  await addLong(1_000);
  const response = await new Promise<IncomingMessage>((resolve) => {
    const asking = request(server.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: acceptParts },
    });
    asking.on('response', resolve).end(JSON.stringify({ query: wide }));
  });
  response.pause();
  await until(() => cuts.length > 0);
  let text = '';
  for await (const chunk of response) text += chunk;
  const parts = text.split('\r\n--graphql');
  expect(parts.at(-1)).toBe('--\r\n');
  expect(JSON.parse(parts.at(-2)!.split('\r\n\r\n')[1])).toEqual({
    payload: null,
    errors: [
      {
        message: expect.stringContaining('nothing is missed'),
        extensions: { code: 'SUBSCRIPTION_CUT_OFF' },
      },
    ],
  });
  expect(parts.length).toBeLessThan(1_000);
});

test('a peer that does not respond is cut off, an idle one is not', async () => {
  const [dead, quiet] = [
    await RawSocket.greeted(server.endpoint),
    await RawSocket.greeted(server.endpoint),
  ];
  dead.socket.pause();
  await until(() => cuts.length > 0);
  await pause(100);
  expect(cuts).toEqual(['it did not respond']);
  expect(quiet.closed).toBe(null);
  await addRows(server.endpoint, 1);
  quiet.socket.close();
  dead.socket.terminate();
});

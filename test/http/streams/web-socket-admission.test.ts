import { once } from 'node:events';
import { WebSocket } from 'ws';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import { until } from '../../client/watch';
import { type LedgerServer, startLedgerOver } from '../../support/ledger-server';
import { RawSocket, socketUrl } from './stream-client';

let server: LedgerServer;
beforeEach(async () => {
  const journal = new MemoryJournal();
  server = await startLedgerOver({ journal }, undefined, { webSocketsMax: 3 });
});
afterEach(() => server.stop());

/** The server's response to an upgrade: 101, or a refusal. */
async function upgradeStatus(
  headers: Record<string, string>,
  { path = '', protocols = ['graphql-transport-ws'] } = {},
): Promise<number> {
  const socket = new WebSocket(socketUrl(server.endpoint) + path, protocols, { headers });
  const responded = Promise.race([
    once(socket, 'open').then(() => 101),
    once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number),
  ]);
  socket.on('error', () => {});
  const status = await responded;
  socket.terminate();
  return status;
}

test('pages of other servers may not open a WebSocket', async () => {
  const { host } = new URL(server.endpoint);
  expect(await upgradeStatus({})).toBe(101);
  expect(await upgradeStatus({ origin: `http://${host}` })).toBe(101);
  expect(await upgradeStatus({ origin: 'https://evil.example' })).toBe(403);
  expect(await upgradeStatus({ origin: 'http://127.0.0.1:1' })).toBe(403);
  expect(await upgradeStatus({ origin: 'null' })).toBe(403);
  const proxied = { host: 'points.localhost', origin: 'https://points.localhost:443' };
  expect(await upgradeStatus(proxied)).toBe(101);
});

test('WebSockets open at /graphql only, and up to the limit', async () => {
  expect(await upgradeStatus({}, { path: 'x' })).toBe(404);
  const raws = await Promise.all([1, 2, 3].map(() => RawSocket.greeted(server.endpoint)));
  expect(await upgradeStatus({})).toBe(503);
  raws[0].socket.close();
  await until(() => raws[0].closed !== null);
  expect(await upgradeStatus({})).toBe(101);
  for (const { socket } of raws) socket.close();
});

test('only the current protocol of graphql-ws is accepted, and the refusal names it', async () => {
  expect(await upgradeStatus({}, { protocols: [] })).toBe(400);
  expect(await upgradeStatus({}, { protocols: ['graphql-ws'] })).toBe(400);
  expect(await upgradeStatus({}, { protocols: ['graphql-ws', 'graphql-transport-ws'] })).toBe(101);
});

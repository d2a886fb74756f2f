import { MemoryJournal } from '../../../src/journal/memory/journal';
import { until } from '../../client/watch';
import { type LedgerServer, startLedgerOver } from '../../support/ledger-server';
import { addRows, Parts, RawSocket, Subscriber, socketClient, watchDefault } from './stream-client';

let server: LedgerServer;
beforeEach(async () => {
  server = await startLedgerOver({ journal: new MemoryJournal() }, undefined, {
    streamCloseMsMax: 200,
  });
});
/** The tests stop it; one that fails before must not keep Jest waiting for it. */
afterEach(() => server.stop());

test('streams end cleanly when the server stops', async () => {
  const parts = await Parts.of(server.endpoint, watchDefault);
  const raw = await RawSocket.greeted(server.endpoint);
  raw.subscribe('1');
  const client = socketClient(server.endpoint);
  const subscriber = new Subscriber(client, watchDefault, { after: 0 });
  await addRows(server.endpoint, 1);
  await until(() => subscriber.results.length === 1 && raw.messages.length === 2);
  await until(() => parts.contents.length === 1);
  await server.stop();
  await until(() => parts.isOver && raw.closed !== null && subscriber.end !== null);
  expect(raw.closed).toEqual({ code: 1001, reason: 'The server is stopping.' });
  expect(subscriber.end).toMatchObject({ code: 1001 });
  expect(parts.error).toBe(null);
  expect(parts.text).toMatch(/--graphql--\r\n$/);
});

test('the server stops before a peer responds to the close frame', async () => {
  const raw = await RawSocket.greeted(server.endpoint);
  raw.subscribe('1');
  await addRows(server.endpoint, 1);
  await until(() => raw.messages.length === 2);
  raw.socket.pause();
  await server.stop();
  expect(raw.closed).toBe(null);
  raw.socket.resume();
  await until(() => raw.closed !== null);
});

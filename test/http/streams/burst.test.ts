import { MemoryJournal } from '../../../src/journal/memory/journal';
import { until } from '../../client/watch';
import { isExhaustive } from '../../model/runs';
import { type LedgerServer, startLedgerOver } from '../../support/ledger-server';
import { addRows, Parts, RawSocket, Subscriber, socketClient, watchDefault } from './stream-client';

let server: LedgerServer;
beforeAll(async () => {
  server = await startLedgerOver({ journal: new MemoryJournal() });
});
afterAll(() => server.stop());

/** `npm run test:exhaustive` makes ten thousand changes. */
const calls = isExhaustive ? 10 : 2;
const newest = calls * 1_000 + 1;

test('thousands of changes are sent to all subscribers in order, while other requests are served', async () => {
  const clients = [1, 2].map(() => socketClient(server.endpoint));
  const subscribers = clients.map((client) => new Subscriber(client, watchDefault, { after: 0 }));
  const parts = await Parts.of(server.endpoint, watchDefault, { after: 0 });
  const asleep = await RawSocket.greeted(server.endpoint);
  asleep.subscribe('1');
  await addRows(server.endpoint, 1);
  await until(() => subscribers.every(({ results }) => results.length === 1));
  asleep.socket.pause();
  await Promise.all(Array.from({ length: calls }, () => addRows(server.endpoint, 1_000)));
  const begun = subscribers.map(({ results }) => results.length);
  const health = await fetch(server.endpoint.replace('graphql', 'healthz'));
  expect(health.status).toBe(200);
  expect(Math.min(...begun)).toBeLessThan(newest);
  await until(() => subscribers.every(({ results }) => results.length === newest), 50_000);
  await until(() => parts.text.includes(`"sequence":${newest}}`), 50_000);
  expect(parts.contents.filter((part) => 'payload' in part)).toHaveLength(newest);
  const right = Array.from({ length: newest }, (_, index) => index + 1);
  for (const { sequences } of subscribers) expect(sequences).toEqual(right);
  for (const { results } of subscribers) {
    expect(results.at(-1)!.data!.accountChanged.account.points).toBe(newest);
  }
  parts.leave();
  asleep.socket.terminate();
  await Promise.all(clients.map((client) => client.dispose()));
});

import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../client/watch';
import { addRows, Subscriber, socketClient, watchDefault } from '../http/streams/stream-client';
import { usePostgres } from '../support/postgres-server';
import { useClusterServers } from './cluster-servers';

const postgres = usePostgres();
const servers = useClusterServers();

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test('subscribers of every process receive what any process accepts, in order', async () => {
  const url = await postgres().createDatabase('changes');
  const started = [servers.start(url), servers.start(url)];
  const endpoints = (await Promise.all(started.map(({ origin }) => origin))).map(
    (origin) => `${origin}/graphql`,
  );
  const clients = endpoints.map(socketClient);
  const subscribers = clients.map((client) => new Subscriber(client, watchDefault, { after: 0 }));

  // One of them writes: the other learns of it only by polling.
  await addRows(endpoints[0], 1);
  await until(() => subscribers.every(({ results }) => results.length === 1));
  expect(subscribers.map(({ results }) => results[0].data!.accountChanged.account.points)).toEqual([
    1, 1,
  ]);

  // All write at once, while a subscriber connects and disconnects.
  const writing = [0, 1, 0, 1].map(async (index) => {
    for (let call = 0; call < 10; call += 1) await addRows(endpoints[index], 5);
  });
  const pieces: (number | undefined)[] = [];
  while (pieces.length < 201) {
    const index = pieces.length % 2;
    const piece = new Subscriber(clients[index], watchDefault, { after: pieces.at(-1) ?? 0 });
    await until(() => piece.results.length >= Math.min(20, 201 - pieces.length));
    piece.leave();
    pieces.push(...piece.sequences);
  }
  await Promise.all(writing);
  await until(() => subscribers.every(({ results }) => results.length === 201));
  for (const each of subscribers) expect(each.sequences).toEqual(numbers(201));
  expect(pieces).toEqual(numbers(201));

  // A process that stops closes its streams; another one sends what is missing.
  started[0].process.kill('SIGTERM');
  await until(() => subscribers[0].end !== null);
  expect(subscribers[0].end).toMatchObject({ code: 1001 });
  expect(await started[0].ended).toMatchObject({ code: 0 });
  await addRows(endpoints[1], 2);
  const moved = new Subscriber(clients[1], watchDefault, { after: 201 });
  await until(() => moved.results.length === 2);
  expect(moved.sequences).toEqual([202, 203]);
  await Promise.all(clients.map((client) => client.dispose()));
});

test('after an outage of the database nothing is missing', async () => {
  const url = await postgres().createDatabase('changes_away');
  const [writing, reading] = [servers.start(url), servers.start(url)];
  const [from, to] = [`${await writing.origin}/graphql`, `${await reading.origin}/graphql`];
  const client = socketClient(to);
  const subscriber = new Subscriber(client, watchDefault, { after: 0 });
  await addRows(from, 1);
  await until(() => subscriber.results.length === 1);
  await postgres().stop('immediate');
  await expect(addRows(from, 1)).rejects.toThrow('SERVICE_UNAVAILABLE');
  await postgres().start();
  while ((await fetch(from.replace('graphql', 'readyz'))).status !== 200) await pause(20);
  await addRows(from, 1);
  await until(() => subscriber.results.length > 1);
  expect(subscriber.sequences).toEqual([1, 2]);
  expect(subscriber.end).toBe(null);
  await client.dispose();
});

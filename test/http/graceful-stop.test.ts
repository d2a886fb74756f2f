import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { drainConnections, openSockets } from '../../src/http/graceful-stop';
import { until } from '../client/watch';
import { RawConnection, requestText } from './raw-connection';

const stopIdleMsMax = 200;

async function listening(onRequest: RequestListener) {
  const server = createServer(onRequest);
  const sockets = openSockets(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const drain = () => drainConnections(server, sockets, { stopIdleMsMax, stopMsMax: 30_000 });
  return { origin: `http://127.0.0.1:${port}`, sockets, drain };
}

/** Holds up this process, as a machine does that has no processor for it. */
function stall(ms: number): void {
  for (const begun = performance.now(); performance.now() - begun < ms; );
}

test('connections in the backlog are served, however long the process is held up', async () => {
  const { origin, drain } = await listening((_request, response) => response.end());
  const opening = Array.from({ length: 100 }, async () => {
    const raw = (await RawConnection.open(origin)).read().send(requestText('/'));
    await until(() => raw.isClosed);
    raw.socket.destroy();
    return raw.statuses;
  });
  // Connections begin in the next tick; the server accepts them in the next iteration.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  const drained = drain();
  stall(2 * stopIdleMsMax);
  expect(await Promise.all(opening)).toEqual(opening.map(() => [200]));
  expect(await drained).toBe(0);
});

test('a response is sent to its end, however slowly its client reads', async () => {
  // More than the buffers of the system hold.
  const body = 'x'.repeat(32 * 1_024 * 1_024);
  const { origin, sockets, drain } = await listening((_request, response) => response.end(body));
  const raw = (await RawConnection.open(origin)).send(requestText('/'));
  await until(() => [...sockets].some(({ writableLength }) => writableLength > 0));
  const drained = drain();
  await pause(3 * stopIdleMsMax);
  raw.read();
  await until(() => raw.isClosed);
  raw.socket.destroy();
  expect(raw.text.length).toBeGreaterThan(body.length);
  expect(await drained).toBe(0);
});

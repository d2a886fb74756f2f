import { type Limits, limits } from '../../../src/config';
import { until } from '../../client/watch';
import { RawConnection, requestText, webSocketFields } from '../raw-connection';
import { startStubServer } from '../stub-server';

const few = { ...limits, connectionsMax: 2, surplusConnectionsMax: 2, stopIdleMsMax: 50 };

/** A server with as many connections as it may have. */
async function fullServer(given: Partial<Limits> = {}) {
  const server = await startStubServer({ limits: { ...few, ...given } });
  const connections = [];
  for (let count = 0; count < few.connectionsMax; count++) {
    const raw = (await RawConnection.open(server.origin)).read().send(requestText('/healthz'));
    await until(() => raw.statuses.length === 1);
    connections.push(raw);
  }
  return { server, connections };
}

/** Everything that a new connection receives until it ends. */
async function responseTo(origin: string, sent: string): Promise<string> {
  const raw = (await RawConnection.open(origin)).read().send(sent);
  await until(() => raw.isClosed);
  raw.socket.destroy();
  return raw.text;
}

test('beyond the limit of connections, all requests but health checks get 503 immediately', async () => {
  const { server, connections } = await fullServer();
  const json = { 'content-type': 'application/json' };
  for (const sent of [
    requestText('/'),
    requestText('/playground/main.js'),
    requestText('/graphql', json, '{"query":"{ greeting }"}'),
    requestText('/graphql', webSocketFields),
    requestText('/nowhere'),
  ]) {
    const text = await responseTo(server.origin, sent);
    expect(text).toMatch(/^HTTP\/1\.1 503 /);
    expect(JSON.parse(text.split('\r\n\r\n')[1])).toEqual({
      errors: [
        {
          message: 'This server has 2 connections already. Retry later.',
          extensions: { code: 'OVERLOADED' },
        },
      ],
    });
  }
  for (const path of ['/healthz', '/readyz', '/readyz?verbose']) {
    const text = await responseTo(server.origin, requestText(path));
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
  }
  const [first, second] = connections;
  second.send(requestText('/'));
  await until(() => second.statuses.length === 2);
  expect(second.statuses).toEqual([200, 200]);
  first.socket.destroy();
  const served = async () => (await fetch(`${server.origin}/`)).status === 200;
  while (!(await served()));
  second.socket.destroy();
  await server.stop();
});

test('a surplus connection that sends nothing is closed, and the oldest makes way', async () => {
  const { server, connections } = await fullServer({ surplusConnectionMsMax: 300 });
  const silent: RawConnection[] = [];
  for (let count = 0; count < 3; count++) {
    silent.push((await RawConnection.open(server.origin)).read());
  }
  await until(() => silent[0].isClosed);
  const text = await responseTo(server.origin, requestText('/healthz'));
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
  await until(() => silent.every(({ isClosed }) => isClosed));
  for (const { socket } of [...connections, ...silent]) socket.destroy();
  await server.stop();
});

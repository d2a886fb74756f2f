import { until } from '../client/watch';
import { RawConnection, requestText } from '../http/raw-connection';
import { add, row } from './access-cases';
import { bearer, eventually, type ProtectedServer, post, startProtected } from './protected-server';

const running: ProtectedServer[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.stop())));

async function start(settings?: Record<string, string>): Promise<ProtectedServer> {
  const server = await startProtected(settings);
  running.push(server);
  return server;
}

const text = JSON.stringify({ query: add, variables: { input: { ...row, accountId: 'a' } } });
const json = { 'content-type': 'application/json' };

/** Sends a request without the last character of its body, once the server has begun to read it. */
async function begun(server: ProtectedServer, key: string | null) {
  const raw = (await RawConnection.open(server.origin)).read();
  raw.send(
    requestText('/graphql', { ...json, ...bearer(key), expect: '100-continue' }, text).slice(0, -1),
  );
  await until(() => raw.statuses.includes(100));
  return raw;
}

/** Sends the rest of the body, and returns the status of the response. */
async function statusAfter(raw: RawConnection): Promise<number> {
  raw.send(text.slice(-1));
  await until(() => raw.statuses.length === 2);
  raw.socket.destroy();
  return raw.statuses[1]!;
}

async function reads(server: ProtectedServer, name: string): Promise<unknown> {
  const key = await server.createKey(name, { scopes: ['points:read'] });
  return (await post(server, key, '{ account(id: "a") { points } }')).body.data;
}

test.each([
  ['was revoked', (server: ProtectedServer) => server.revokeKey('slow')],
  ['has expired', async () => {}],
])('a change whose key %s before its body was complete is not made', async (ending, end) => {
  const server = await start();
  // Long enough for the requests before it, on a slow machine too.
  const expiresAt = ending === 'has expired' ? Date.now() + 4_000 : null;
  const key = await server.createKey('slow', {
    scopes: ['points:write', 'points:read'],
    expiresAt,
  });
  const raw = await begun(server, key);
  const isRefused = async () => (await post(server, key, '{ __typename }')).status === 401;
  expect(await isRefused()).toBe(false);
  await end(server);
  await eventually(isRefused);
  expect(await statusAfter(raw)).toBe(401);
  expect(await reads(server, 'reader')).toEqual({ account: null });
});

test('a change without a key is not made if keys exist before its body is complete', async () => {
  const server = await start({});
  const raw = await begun(server, null);
  await server.createKey('first');
  await eventually(async () => (await post(server, null, '{ __typename }')).status === 401);
  expect(await statusAfter(raw)).toBe(401);
  expect(await reads(server, 'reader')).toEqual({ account: null });
});

test('a change whose body is slow is made if its key is still accepted', async () => {
  const server = await start();
  const key = await server.createKey('slow', { scopes: ['points:write'] });
  expect(await statusAfter(await begun(server, key))).toBe(200);
  expect(await reads(server, 'reader')).toEqual({ account: { points: row.points } });
});

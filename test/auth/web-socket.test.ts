import { readFileSync, writeFileSync } from 'node:fs';
import { keyFileOf } from '../../src/auth/keys/key-file';
import { until } from '../client/watch';
import { RawSocket } from '../http/streams/stream-client';
import { bearer, eventually, type ProtectedServer, post, startProtected } from './protected-server';

const add =
  'mutation { addTransaction(input: { payer: "P", points: 1, timestamp: "2020-01-01T00:00:00Z" }) { errors { code } } }';

let server: ProtectedServer;
let key: string;
beforeAll(async () => {
  server = await startProtected();
  key = await server.createKey('app');
});
afterAll(() => server.stop());

test.each(['Authorization', 'authorization'])(
  'a WebSocket authenticates by %s in connection_init',
  async (name) => {
    const raw = await RawSocket.open(server.endpoint);
    raw.send({ type: 'connection_init', payload: { [name]: `Bearer ${key}` } });
    await until(() => raw.messages.length === 1);
    expect(raw.messages).toEqual([{ type: 'connection_ack' }]);
    raw.socket.close();
  },
);

test('a WebSocket authenticates by the header of the upgrade', async () => {
  const raw = await RawSocket.open(server.endpoint, undefined, bearer(key));
  raw.send({ type: 'connection_init' });
  await until(() => raw.messages.length === 1);
  expect(raw.messages).toEqual([{ type: 'connection_ack' }]);
  raw.socket.close();
});

test.each([undefined, {}, { Authorization: 'Bearer x' }, { Authorization: 7 }, ['Bearer']])(
  'a WebSocket may open, and is closed after connection_init with %j',
  async (payload) => {
    const raw = await RawSocket.open(server.endpoint);
    raw.send({ type: 'connection_init', payload });
    await until(() => raw.closed !== null);
    expect(raw.messages).toEqual([]);
    expect(raw.closed!.code).toBeGreaterThanOrEqual(4400);
  },
);

test('a WebSocket ends subscriptions of a revoked key, and begins no more of them', async () => {
  const passing = await server.createKey('passing');
  const raw = await RawSocket.open(server.endpoint, undefined, bearer(passing));
  raw.send({ type: 'connection_init' });
  await until(() => raw.messages.length === 1);
  raw.subscribe('1');
  await server.revokeKey('passing');
  const refusedAs = (id: string) => [
    {
      id,
      type: 'error',
      payload: [expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } })],
    },
  ];
  await until(() => raw.messages.length === 2);
  expect(raw.messages.slice(1)).toEqual(refusedAs('1'));
  raw.subscribe('2');
  await until(() => raw.messages.length === 3);
  expect(raw.messages.slice(2)).toEqual(refusedAs('2'));
  raw.socket.close();
});

test('a subscription of a key ends as requests are refused once the keys cannot be read, and can begin again', async () => {
  const served = await startProtected({ AUTH: 'on' });
  const secret = await served.createKey('app', { scopes: ['points:read', 'points:write'] });
  const raw = await RawSocket.open(served.endpoint, undefined, bearer(secret));
  raw.send({ type: 'connection_init' });
  await until(() => raw.messages.length === 1);
  raw.subscribe('1');
  const path = keyFileOf(served.path);
  const content = readFileSync(path);
  writeFileSync(path, 'damaged');
  await until(() => raw.messages.length === 2);
  const { body, status } = await post(served, secret, '{ balances { points } }');
  expect([status, body.errors]).toEqual([503, raw.messages[1]!.payload]);
  expect(body.errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
  writeFileSync(path, content);
  await eventually(async () => (await post(served, secret, add)).status === 200);
  raw.subscribe('2');
  await eventually(async () => {
    await post(served, secret, add);
    return raw.messages.length > 2;
  });
  expect(raw.messages[2]).toMatchObject({ id: '2', type: 'next' });
  raw.socket.close();
  await served.stop();
});

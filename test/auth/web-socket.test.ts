import { until } from '../client/watch';
import { RawSocket } from '../http/streams/stream-client';
import { bearer, type ProtectedServer, startProtected } from './protected-server';

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

import { limits } from '../../../src/config';
import { until } from '../../client/watch';
import { RawConnection, requestText, webSocketFields } from '../raw-connection';
import { type StubServer, startStubServer } from '../stub-server';

let server: StubServer;
/** Waits so briefly that any request may be late when the machine stalls. */
let hasty: StubServer;
beforeAll(async () => {
  server = await startStubServer();
  hasty = await startStubServer({ limits: { ...limits, requestReceiveMsMax: 300 } });
});
afterAll(() => Promise.all([server.stop(), hasty.stop()]));

const json = { 'content-type': 'application/json' };
const long = 'x'.repeat(20_000);
const post = 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';

test.each([
  ['no HTTP', 'hello\r\n\r\n', 400, /not valid HTTP\/1\.1: Invalid method/],
  ['a header without a colon', 'GET / HTTP/1.1\r\nhost x\r\n\r\n', 400, /not valid HTTP/],
  ['an unknown version', 'GET / HTTP/9.9\r\nhost: x\r\n\r\n', 400, /not valid HTTP/],
  ['an invalid chunk', `${post}transfer-encoding: chunked\r\n\r\nzz\r\n`, 400, /not valid HTTP/],
  ['two lengths', `${post}content-length: 1\r\ncontent-length: 2\r\n\r\n`, 400, /not valid HTTP/],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400, /no Host header/],
  ['headers that are too long', requestText('/', { long }), 431, /16384 bytes.*POST/],
  ['a target that is too long', requestText(`/graphql?query=${long}`), 431, /16384 bytes.*POST/],
  ['a head that is not complete', 'GET / HTTP/1.1\r\nhost: loc', 408, /within 300 ms/],
  ['a body that is not complete', `${post}content-length: 9\r\n\r\n{}`, 408, /within 300 ms/],
  [
    'a WebSocket without a key',
    requestText('/graphql', { ...webSocketFields, 'sec-websocket-key': 'x' }),
    400,
    /Sec-WebSocket-Key/,
  ],
])('%s gets a response in GraphQL’s shape', async (_what, sent, status, message) => {
  const { origin } = status === 408 ? hasty : server;
  const raw = (await RawConnection.open(origin)).read().send(sent);
  await until(() => raw.isClosed || raw.text.endsWith(']}'));
  expect(raw.statuses).toEqual([status]);
  const [head, body] = raw.text.split('\r\n\r\n');
  expect(head).toMatch(/^content-type: application\/json; charset=utf-8\r?$/im);
  expect(JSON.parse(body)).toEqual({
    errors: [{ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } }],
  });
  raw.socket.destroy();
});

test('a request that cannot be parsed gets its response after those before it', async () => {
  const body = JSON.stringify({ query: '{ greeting }' });
  const raw = (await RawConnection.open(server.origin)).read();
  raw.send(`${requestText('/graphql', json, body)}${requestText('/none')}nonsense\r\n\r\n`);
  await until(() => raw.isClosed);
  expect(raw.statuses).toEqual([200, 404, 400]);
  raw.socket.destroy();
});

test('an unknown expectation is ignored', async () => {
  const raw = (await RawConnection.open(server.origin)).read();
  raw.send(requestText('/healthz', { expect: 'miracles' }));
  await until(() => raw.statuses.length > 0);
  expect(raw.statuses).toEqual([200]);
  raw.socket.destroy();
});

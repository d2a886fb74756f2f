import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '../../src/config';
import { until } from '../client/watch';
import { startLedger } from '../support/ledger-server';
import { RawConnection, requestText, webSocketFields } from './raw-connection';
import { type StubServer, startStubServer } from './stub-server';

const allowed = 'https://app.example.com';
const other = 'https://evil.example.com';
const query = JSON.stringify({ query: '{ greeting }' });
const json = { 'content-type': 'application/json' };

let none: StubServer;
let some: StubServer;
let all: StubServer;
beforeAll(async () => {
  const small = { ...limits, bodyBytesMax: 1_000, bodiesBytesMax: 2_000 };
  none = await startStubServer();
  some = await startStubServer({ corsOrigins: [allowed, 'http://localhost:5173'], limits: small });
  all = await startStubServer({ corsOrigins: '*' });
});
afterAll(() => Promise.all([none.stop(), some.stop(), all.stop()]));

/** The status and the CORS headers of a response, `vary` included. */
function corsOf({ status, headers }: { status: number; headers: Headers }) {
  const cors = [...headers].filter(([name]) => /^access-control-|^vary$/.test(name));
  return { status, ...Object.fromEntries(cors) };
}

const preflight = (server: StubServer, origin: string, method = 'POST') =>
  fetch(`${server.origin}/graphql`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'content-type',
    },
  });

const grant = {
  'access-control-expose-headers': 'x-request-id, retry-after, ratelimit',
  vary: 'Origin',
};
const preflightGrant = {
  status: 204,
  ...grant,
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers':
    'content-type, authorization, apollo-require-preflight, x-apollo-operation-name, ' +
    'x-ledger-bucket, traceparent',
  'access-control-max-age': '600',
};

describe('preflights', () => {
  test.each([allowed, 'http://localhost:5173'])('%s is allowed', async (origin) => {
    const response = await preflight(some, origin);
    expect(corsOf(response)).toEqual({ ...preflightGrant, 'access-control-allow-origin': origin });
    expect(await response.text()).toBe('');
  });

  test.each([
    other,
    'null',
    'http://app.example.com',
    `${allowed}:8443`,
    `${allowed}.evil.example`,
    'HTTPS://APP.EXAMPLE.COM',
    `${allowed}/`,
  ])('%s is refused with the reason', async (origin) => {
    const response = await preflight(some, origin);
    expect(corsOf(response)).toEqual({ status: 403, vary: 'Origin' });
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    expect(errors[0]!.message).toMatch(
      origin === 'null' ? /sandboxed/ : /setting CORS_ORIGINS \(corsOrigins of openLedger\)\.$/,
    );
  });

  test('all are refused if no origin is set', async () => {
    expect(corsOf(await preflight(none, allowed))).toEqual({ status: 403, vary: 'Origin' });
  });

  test('* allows every origin but null', async () => {
    const star = { ...preflightGrant, 'access-control-allow-origin': '*' };
    expect(corsOf(await preflight(all, other, 'GET'))).toEqual(star);
    expect(corsOf(await preflight(all, 'null'))).toEqual({ status: 403, vary: 'Origin' });
  });

  test('OPTIONS without the headers of a preflight is not allowed', async () => {
    const response = await fetch(`${some.origin}/graphql`, { method: 'OPTIONS' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });
});

describe('responses of /graphql', () => {
  const post =
    (body: string, headers: object = {}) =>
    () =>
      fetch(`${some.origin}/graphql`, {
        method: 'POST',
        headers: { ...json, origin: allowed, ...headers },
        body,
      });
  const get =
    (path: string, headers: object = {}) =>
    () =>
      fetch(some.origin + path, { headers: { origin: allowed, ...headers } });
  const preflighted = { 'apollo-require-preflight': '1' };
  const multipart = { accept: 'multipart/mixed;subscriptionSpec=1.0, application/json' };

  test.each([
    ['a query by POST', 200, post(query)],
    ['the same again, on the fast path', 200, post(query)],
    ['a query by GET', 200, get('/graphql?query={greeting}', preflighted)],
    ['a client that accepts parts', 200, post(query, multipart)],
    ['a refused document', 400, post('{"query":"{"}')],
    ['malformed JSON', 400, post('{')],
    ['a media type', 415, post(query, { 'content-type': 'text/plain' })],
    ['a body that is too large', 413, post(query.padEnd(1_001))],
    ['GET without a preflight', 400, get('/graphql?query={greeting}')],
    ['an Accept header that cannot be met', 406, post(query, { accept: 'text/csv' })],
    [
      'another method',
      405,
      () => fetch(`${some.origin}/graphql`, { method: 'PUT', headers: { origin: allowed } }),
    ],
  ])('%s has the headers', async (_what, status, send) => {
    const response = await send();
    expect(corsOf(response)).toEqual({ status, ...grant, 'access-control-allow-origin': allowed });
  });

  test('a refusal because of too many bodies has the headers', async () => {
    const raw: RawConnection[] = [];
    const fields = { ...json, origin: allowed, 'content-length': '900' };
    const head = requestText('/graphql', fields).replace('GET', 'POST');
    for (let count = 0; count < 3; count++) {
      raw.push((await RawConnection.open(some.origin)).read().send(head + ' '.repeat(800)));
    }
    await until(() => raw.some(({ text }) => text !== ''));
    const [refused] = raw.filter(({ text }) => text !== '');
    expect(refused!.text).toMatch(/^HTTP\/1\.1 503 /);
    expect(refused!.text).toMatch(/^vary: Origin\r$/im);
    expect(refused!.text).toMatch(/^access-control-allow-origin: https:\/\/app\.example\.com\r$/im);
    for (const { socket } of raw) socket.destroy();
  });

  test('a refusal because of too many connections has the headers', async () => {
    const full = await startStubServer({
      corsOrigins: [allowed],
      limits: { ...limits, connectionsMax: 0 },
    });
    const response = await full.post(query, { origin: allowed });
    expect(corsOf(response)).toEqual({
      status: 503,
      ...grant,
      'access-control-allow-origin': allowed,
    });
    await full.stop();
  });

  test('a stream of results has the headers', async () => {
    const ledger = await startLedger(null, 0, [allowed]);
    const subscription = 'subscription { accountChanged(accountId: "a") { entry { sequence } } }';
    const response = await fetch(ledger.endpoint, {
      method: 'POST',
      headers: { ...json, ...multipart, origin: allowed },
      body: JSON.stringify({ query: subscription }),
    });
    expect(response.headers.get('content-type')).toMatch(/^multipart\/mixed/);
    expect(corsOf(response)).toEqual({
      status: 200,
      ...grant,
      'access-control-allow-origin': allowed,
    });
    await response.body!.cancel();
    await ledger.stop();
  });

  test('other origins get a response that their pages cannot read', async () => {
    for (const [server, origin] of [
      [some, other],
      [some, 'null'],
      [none, allowed],
      [all, 'null'],
    ] as const) {
      const response = await fetch(`${server.origin}/graphql`, {
        method: 'POST',
        headers: { ...json, origin },
        body: query,
      });
      expect(corsOf(response)).toEqual({ status: 200, vary: 'Origin' });
    }
  });

  test('a host that is not allowed is refused with the headers', async () => {
    const raw = (await RawConnection.open(some.origin)).read();
    raw.send(requestText('/graphql', { host: 'rebound.example', origin: allowed }));
    await until(() => raw.text.includes('}'));
    expect(raw.text).toMatch(/^HTTP\/1\.1 403 /);
    expect(raw.text).toMatch(/^vary: Origin\r$/im);
    expect(raw.text).toContain('rebound.example');
    raw.socket.destroy();
  });

  test('credentials are never allowed', async () => {
    for (const server of [some, all]) {
      const { headers } = await preflight(server, allowed);
      expect(headers.get('access-control-allow-credentials')).toBe(null);
    }
  });
});

test('other paths have no CORS headers', async () => {
  for (const path of ['/', '/healthz', '/none', '/playground']) {
    const { headers } = await fetch(all.origin + path, { headers: { origin: allowed } });
    expect(headers.get('access-control-allow-origin')).toBe(null);
  }
});

test.each([
  ['an origin of the list', () => some, allowed, 101],
  ['another origin', () => some, other, 403],
  ['the origin null', () => some, 'null', 403],
  ['any origin with *', () => all, other, 101],
  ['the origin null with *', () => all, 'null', 403],
  ['any origin without a list', () => none, allowed, 403],
])('a WebSocket from %s', async (_what, server, origin, status) => {
  const raw = (await RawConnection.open(server().origin)).read();
  raw.send(requestText('/graphql', { ...webSocketFields, origin }));
  await until(() => raw.statuses.length > 0);
  await pause(5);
  expect(raw.statuses).toEqual([status]);
  if (status === 403 && origin !== 'null') expect(raw.text).toContain('CORS_ORIGINS');
  raw.socket.destroy();
});

test('a warning is logged at start if all origins are allowed', () => {
  expect(all.log).toContainEqual({
    level: 'warn',
    fields: {},
    message: expect.stringMatching(/CORS_ORIGINS is \*/),
  });
  expect([...some.log, ...none.log].filter(({ message }) => /CORS/.test(message))).toEqual([]);
});

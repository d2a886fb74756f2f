import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp } from '../../src/app';
import { readConfig } from '../../src/config';
import { silentLogger } from '../../src/telemetry/logger';
import { until } from '../client/watch';
import { RawSocket } from '../http/streams/stream-client';
import { temporaryFolder } from '../support/temporary-folder';
import { bearer, eventually, type ProtectedServer, post, startProtected } from './protected-server';

const read = '{ balances { points } }';
const servers: ProtectedServer[] = [];
async function start(settings?: Record<string, string>): Promise<ProtectedServer> {
  const server = await startProtected(settings);
  servers.push(server);
  return server;
}
afterAll(() => Promise.all(servers.map((server) => server.stop())));

describe('a server with AUTH=on', () => {
  let server: ProtectedServer;
  let key: string;
  beforeAll(async () => {
    server = await start({ AUTH: 'on', CORS_ORIGINS: 'https://app.example.com' });
    key = await server.createKey('app');
  });

  test.each([
    read,
    '{ __schema { queryType { name } } }',
    'no document {',
    'mutation { addTransactions(input: { transactions: [] }) { results { errors { code } } } }',
  ])('responds 401 to %s without a key', async (query) => {
    const { status, headers, body } = await post(server, null, query);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="points-ledger"');
    expect(body).toEqual({
      errors: [
        {
          message: expect.stringContaining('Authorization: Bearer'),
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
  });

  test('responds 401 by GET, to other methods and to unknown paths too', async () => {
    const query = `${server.endpoint}?${new URLSearchParams({ query: read })}`;
    const requests: [string, RequestInit][] = [
      [query, { headers: { 'apollo-require-preflight': '1' } }],
      [server.endpoint, { method: 'DELETE' }],
      [server.endpoint, { method: 'OPTIONS' }],
      [`${server.origin}/metrics`, {}],
      [
        server.endpoint,
        { method: 'POST', body: '{', headers: { accept: 'multipart/mixed;subscriptionSpec=1.0' } },
      ],
    ];
    for (const [url, init] of requests) expect((await fetch(url, init)).status).toBe(401);
  });

  test('serves health checks, static files and preflights to everybody', async () => {
    for (const path of [
      '/healthz',
      '/readyz',
      '/',
      '/accounts/m',
      '/playground',
      '/playground/start.js',
    ]) {
      expect([path, (await fetch(server.origin + path)).status]).toEqual([path, 200]);
    }
    const page = await fetch(server.endpoint, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    const headers = { origin: 'https://app.example.com', 'access-control-request-method': 'POST' };
    const preflight = await fetch(server.endpoint, { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(204);
  });

  test('lets pages of an allowed origin read the 401', async () => {
    const origin = 'https://app.example.com';
    const { status, headers } = await post(server, null, read, {}, { origin });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, origin]);
  });

  test('serves a request with a key, and with the scheme in any case', async () => {
    expect((await post(server, key, read)).body).toEqual({ data: { balances: [] } });
    const authorization = `bEARER   ${key}`;
    expect((await post(server, null, read, {}, { authorization })).status).toBe(200);
    const get = `${server.endpoint}?${new URLSearchParams({ query: read })}`;
    const headers = { 'apollo-require-preflight': '1', ...bearer(key) };
    expect((await fetch(get, { headers })).status).toBe(200);
  });

  test('refuses every other credential with the same response', async () => {
    const expired = await server.createKey('old', { expiresAt: Date.now() - 1 });
    const other = `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`;
    const wrong = [expired, other, 'x', 'eyJhbGciOiJub25lIn0.e30.', `${key}x`];
    const responses = await Promise.all(wrong.map((each) => post(server, each, read)));
    for (const authorization of [key, `Basic ${btoa(`a:${key}`)}`, 'Bearer', `Bearer ${key} x`]) {
      responses.push(await post(server, null, read, {}, { authorization }));
    }
    for (const { status, body } of responses) {
      expect(status).toBe(401);
      expect(body).toEqual(responses[0]!.body);
    }
  });

  test('accepts a new key at once, and refuses a revoked one within 10 s', async () => {
    const fresh = await server.createKey('passing');
    const accepted = async () => (await post(server, fresh, read)).status === 200;
    expect(await accepted()).toBe(true);
    expect(await server.revokeKey('passing')).toBe(true);
    await eventually(async () => !(await accepted()));
    expect((await post(server, key, read)).status).toBe(200);
  });
});

describe('a server with AUTH unset', () => {
  test('is open on loopback, and says so', async () => {
    const server = await start({});
    expect((await post(server, null, read)).status).toBe(200);
    expect((await post(server, 'whatever', read)).status).toBe(200);
    expect(server.log.join('\n')).toMatch(/Everybody on this machine may use the ledger/);
  });

  test('is open to nobody until the keys can be read, and says so', async () => {
    const path = join(temporaryFolder('auth'), 'ledger.db');
    writeFileSync(`${path}.keys`, 'damaged');
    const server = await start({ DATABASE_URL: `file:${path}` });
    const { status, body } = await post(server, null, read);
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(server.log.join('\n')).toMatch(/Nobody may use the ledger until its keys can be read/);
    expect(server.log.join('\n')).not.toMatch(/Everybody/);
    rmSync(`${path}.keys`);
    expect((await post(server, null, read)).status).toBe(200);
  });

  test('is open to nobody once the keys cannot be read any more, as the first may be among them', async () => {
    const server = await start({});
    const outcome = async () => {
      const { status, body } = await post(server, null, read);
      return [status, body.errors?.[0]?.extensions.code];
    };
    expect(await outcome()).toEqual([200, undefined]);
    writeFileSync(`${server.path}.keys`, 'damaged');
    await eventually(async () => (await outcome())[0] !== 200);
    expect(await outcome()).toEqual([503, 'SERVICE_UNAVAILABLE']);
    rmSync(`${server.path}.keys`);
    const key = await server.createKey('first');
    await eventually(async () => (await outcome())[0] === 401);
    expect((await post(server, key, read)).status).toBe(200);
  });

  let open: ProtectedServer;
  beforeAll(async () => {
    open = await start({ CORS_ORIGINS: 'https://app.example.com' });
  });

  test.each([
    ['forwarded', 'for=1.2.3.4'],
    ['x-forwarded-for', '1.2.3.4'],
    ['X-Forwarded-Anything', ''],
    ['via', '1.1 proxy'],
  ])(
    'refuses a request with %s while it is open, with the headers of CORS',
    async (name, value) => {
      const origin = 'https://app.example.com';
      const { status, headers, body } = await post(open, null, read, {}, { [name]: value, origin });
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect((await fetch(`${open.origin}/`, { headers: { [name]: value } })).status).toBe(403);
      expect((await fetch(`${open.origin}/readyz`, { headers: { [name]: value } })).status).toBe(
        200,
      );
    },
  );

  test('requires a key from the first one on, though the file of keys disappears', async () => {
    const server = await start({});
    const raw = await RawSocket.greeted(server.endpoint);
    raw.subscribe('1');
    const key = await server.createKey('first');
    await eventually(async () => (await post(server, null, read)).status === 401);
    expect((await post(server, key, read, {}, { via: '1.1 proxy' })).status).toBe(200);
    await until(() => raw.messages.length === 2);
    expect(raw.messages[1]).toMatchObject({
      payload: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    rmSync(`${server.path}.keys`);
    await eventually(async () => (await post(server, key, read)).status === 401);
    expect((await post(server, null, read)).status).toBe(401);
    expect(server.log.join('\n')).toContain('Authentication is required from now on');
  });

  test('requires a key at once if the store holds one, though it is revoked and expired', async () => {
    const first = await start({});
    await first.createKey('old', { expiresAt: 1, revokedAt: 1 });
    const second = await startApp(
      readConfig({ PORT: '0', DATABASE_URL: `file:${first.path}` }),
      silentLogger,
    ).catch((error: Error) => error.message);
    // One server at a time owns the file.
    expect(second).toContain('Another server is using');
    await eventually(async () => (await post(first, null, read)).status === 401);
  });

  test('does not start elsewhere than on loopback, and says in two lines what to do', async () => {
    const config = readConfig({ PORT: '0', HOST: '0.0.0.0', DATABASE_URL: 'memory:' });
    const failure = await startApp(config, silentLogger).catch((error: Error) => error.message);
    expect(String(failure).split('\n')).toEqual([
      expect.stringContaining('HOST is "0.0.0.0", where other machines can connect'),
      expect.stringMatching(/`points keys create`.*AUTH_JWKS_URL.*AUTH to off/),
    ]);
  });
});

test('AUTH=off allows everything, elsewhere than on loopback and through proxies, and says so', async () => {
  const server = await start({ AUTH: 'off', HOST: '0.0.0.0' });
  await server.createKey('unused');
  expect((await post(server, null, read, {}, { via: '1.1 proxy' })).status).toBe(200);
  expect(server.log.join('\n')).toMatch(/warn AUTH is off: everybody who can connect/);
});

test('memory: holds no keys, so AUTH=on without tokens is refused', async () => {
  const config = readConfig({ PORT: '0', AUTH: 'on', DATABASE_URL: 'memory:' });
  await expect(startApp(config, silentLogger)).rejects.toThrow(/memory: holds no keys/);
});

import { AllowedHosts } from '../../../src/http/admission/allowed-hosts';
import { until } from '../../client/watch';
import { RawConnection, requestText, webSocketFields } from '../raw-connection';
import { type StubServer, startStubServer } from '../stub-server';

let server: StubServer;
beforeAll(async () => {
  server = await startStubServer({ allowedHosts: ['points.example.com'] });
});
afterAll(() => server.stop());

async function responseTo(sent: string): Promise<string> {
  const raw = (await RawConnection.open(server.origin)).read().send(sent);
  // An upgraded connection sends no body, and is closed later.
  await until(() => /\r\n\r\n.|^HTTP\/1\.1 101 .*\r\n\r\n/s.test(raw.text) || raw.isClosed);
  raw.socket.destroy();
  return raw.text;
}

async function statusOf(sent: string): Promise<number> {
  return Number((await responseTo(sent)).split(' ')[1]);
}

const json = { 'content-type': 'application/json' };
const query = '{"query":"{ greeting }"}';

test.each([
  '127.0.0.1',
  '127.0.0.1:4000',
  '192.168.7.1:80',
  '[::1]:4000',
  '[::ffff:127.0.0.1]',
  'localhost',
  'localhost:',
  'LocalHost:4000',
  'localhost.:4000',
  'points.localhost',
  'a.b.localhost:1',
  'points.example.com',
  'POINTS.example.com.:443',
])('requests for %s are served', async (host) => {
  expect(await statusOf(requestText('/graphql', { ...json, host }, query))).toBe(200);
});

test.each([
  'evil.example',
  'evil.example:4000',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  'evil.localhost.example',
  'evillocalhost',
  '.localhost',
  'localhost..',
  'localhost:4000:1',
  'localhost:x',
  'localhost@evil.example',
  'localhost, evil.example',
  'www.points.example.com',
  'example.com',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '127.1',
  '0177.0.0.1',
  '[::1',
  '[localhost]',
  '::1',
  '',
])('requests for %j get 403 that names the setting', async (host) => {
  const text = await responseTo(requestText('/graphql', { ...json, host }, query));
  expect(text).toMatch(/^HTTP\/1\.1 403 /);
  const { errors } = JSON.parse(text.split('\r\n\r\n')[1]);
  expect(errors[0].message).toMatch(
    /^Requests for the host ".*" are not allowed\. .*ALLOWED_HOSTS/,
  );
  expect(errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT' });
});

test('every route is guarded but the health checks', async () => {
  const host = 'evil.example';
  const origin = 'http://evil.example';
  for (const target of ['/', '/playground', '/playground/main.js', '/none', '/healthz/', '/%zz']) {
    expect([target, await statusOf(requestText(target, { host }))]).not.toEqual([target, 200]);
  }
  for (const target of ['/', '/playground/main.js', '/none']) {
    expect(await statusOf(requestText(target, { host }))).toBe(403);
  }
  for (const target of ['/healthz', '/readyz?x']) {
    expect(await statusOf(requestText(target, { host }))).toBe(200);
  }
  const upgrade = { ...webSocketFields, origin };
  expect(await statusOf(requestText('/graphql', { ...upgrade, host }))).toBe(403);
  expect(await statusOf(requestText('/graphql', webSocketFields))).toBe(101);
});

test('the host of a target in absolute form wins over the header', async () => {
  const post = (target: string, host: string) =>
    statusOf(requestText(target, { ...json, host }, query));
  expect(await post('http://evil.example/graphql', 'localhost')).toBe(403);
  expect(await post('HTTP://localhost@evil.example/graphql', 'localhost')).toBe(403);
  expect(await post('http://0x7f000001/graphql', 'localhost')).toBe(403);
  expect(await post('http://localhost:4000/graphql', 'localhost')).toBe(200);
  expect(await post('http://localhost/graphql', 'evil.example')).toBe(200);
});

test('HTTP/1.0 needs no Host, and one that it has is checked', async () => {
  expect(await statusOf('GET / HTTP/1.0\r\n\r\n')).toBe(200);
  expect(await statusOf('GET / HTTP/1.0\r\nhost: evil.example\r\n\r\n')).toBe(403);
  expect(await statusOf('GET / HTTP/1.1\r\n\r\n')).toBe(400);
});

test('a server that others can reach checks hosts only with the setting', () => {
  const request = (host: string) =>
    ({ url: '/', headers: { host }, rawHeaders: ['Host', host] }) as never;
  const isRefused = (address: string, names: string[] | null) => {
    const hosts = new AllowedHosts(names, server.logger);
    hosts.listensOn(address);
    return hosts.refusalOf(request('evil.example')) !== null;
  };
  for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) {
    expect(isRefused(address, null)).toBe(true);
  }
  for (const address of ['0.0.0.0', '::', '192.168.7.1']) {
    expect(isRefused(address, null)).toBe(false);
    expect(isRefused(address, ['points.example.com'])).toBe(true);
  }
});

test('a refused host is logged once, up to a limit of hosts', () => {
  server.log.length = 0;
  const hosts = new AllowedHosts(['points.example.com'], server.logger);
  const refuse = (host: string) =>
    hosts.refusalOf({ url: '/', headers: { host }, rawHeaders: [] } as never);
  for (const host of ['evil.example', 'Evil.example:1', 'evil.example.:2']) refuse(host);
  expect(server.log.map(({ level, fields }) => [level, fields])).toEqual([
    ['warn', { host: 'evil.example' }],
  ]);
  for (let index = 0; index < 2_000; index++) refuse(`evil-${index}.example`);
  expect(server.log).toHaveLength(1_001);
  expect(server.log.at(-1)!.message).toBe('Further hosts that are refused are not logged');
});

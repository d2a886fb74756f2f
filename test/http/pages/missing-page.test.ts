import { startProtected } from '../../auth/protected-server';
import { type StubServer, startStubServer } from '../stub-server';

const asBrowser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const unknown = ['/index.html', '/import/x', '/graphql/', '/assets/none.js', '/%zz', '/<script>'];

let server: StubServer;
beforeAll(async () => {
  server = await startStubServer();
});
afterAll(() => server.stop());

test.each(unknown)('%s shows a browser a page that leads to the console', async (path) => {
  const response = await fetch(server.origin + path, { headers: asBrowser });
  expect(response.status).toBe(404);
  const { headers } = response;
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('content-security-policy')).toBe("default-src 'none'");
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  const page = await response.text();
  expect(page).toContain('<a href="/">console</a>');
  expect(page).not.toContain('<script');
});

test('every link of the page leads to a page', async () => {
  const response = await fetch(`${server.origin}/nowhere`, { headers: asBrowser });
  const links = [...(await response.text()).matchAll(/href="([^"]+)"/g)].map(([, path]) => path);
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) {
    expect((await fetch(server.origin + link, { headers: asBrowser })).status).toBe(200);
  }
});

test.each([
  ['a program', 'GET', {}],
  ['a program that names its operation', 'GET', { ...asBrowser, 'x-apollo-operation-name': 'a' }],
  ['another method', 'POST', asBrowser],
])('%s gets an error in JSON at an unknown path', async (_who, method, headers) => {
  const response = await fetch(`${server.origin}/nowhere`, { method, headers });
  expect([response.status, response.headers.get('content-type')]).toEqual([
    404,
    'application/json; charset=utf-8',
  ]);
});

test('a server that needs keys shows the page without one, and nothing else', async () => {
  const guarded = await startProtected();
  const status = async (path: string, headers: object) =>
    (await fetch(guarded.origin + path, { headers: { ...headers } })).status;
  const found = [
    await status('/nowhere', asBrowser),
    await status('/nowhere', {}),
    await status('/graphql?query={__typename}', { 'apollo-require-preflight': '1' }),
  ];
  await guarded.stop();
  expect(found).toEqual([404, 401, 401]);
});

import { startStubServer } from '../stub-server';

test('the page and all that it names come from the server, under a policy without inline scripts', async () => {
  const server = await startStubServer();
  const response = await fetch(`${server.origin}/playground`);
  const page = await response.text();
  const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path);
  const files = named.filter((path) => !path.startsWith('/'));
  const responses = files.map((path) => fetch(`${server.origin}/playground/${path}`));
  const statuses = (await Promise.all(responses)).map(({ status }) => status);
  await server.stop();
  expect(page).toContain('<title>Playground · Points ledger</title>');
  expect(page).toContain('<base href="/playground/">');
  expect(files).toContain('start.js');
  expect(new Set(statuses)).toEqual(new Set([200]));
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'; script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
});

test('its files cannot be left by a path', async () => {
  const server = await startStubServer();
  const response = await fetch(`${server.origin}/playground/..%2f..%2fpackage.json`);
  await server.stop();
  expect([403, 404]).toContain(response.status);
});

test('without introspection the page explains how to open the playground', async () => {
  const server = await startStubServer({ introspection: false });
  const response = await fetch(`${server.origin}/playground`);
  const page = await response.text();
  await server.stop();
  expect(response.status).toBe(200);
  expect(page).toContain('INTROSPECTION=on');
});

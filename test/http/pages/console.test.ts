import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StubServer, startStubServer } from '../stub-server';

let folder: string;
let server: StubServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<title>Points ledger</title>');
  writeFileSync(join(folder, 'assets/index-abc.js'), 'start()');
  writeFileSync(join(folder, 'assets/index-abc.js.br'), 'compressed');
  server = await startStubServer({ consoleFolder: folder });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

test.each([
  '/',
  '/accounts',
  '/accounts/default',
  `/accounts/${'%C3%A4%2F'.repeat(120)}`,
  '/entries/abc',
  '/import',
  '/accounts/',
  '/accounts/default/',
  '/entries/abc/',
  '/import/',
])('%s returns the page, revalidated each time, with a strict policy', async (path) => {
  const response = await fetch(`${server.origin}${path}`);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('<title>Points ledger</title>');
  const { headers } = response;
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-cache');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  const policy = headers.get('content-security-policy')!;
  expect(policy).not.toContain('unsafe');
  const host = new URL(server.origin).host;
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ws://${host} wss://${host}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
});

test('its files are kept for ever, and travel compressed', async () => {
  const response = await fetch(`${server.origin}/assets/index-abc.js`, {
    headers: { 'accept-encoding': 'br' },
  }).catch((error: Error) => error);
  // The file is not brotli; an error of fetch shows that it was sent as brotli.
  const plain = await fetch(`${server.origin}/assets/index-abc.js`, {
    headers: { 'accept-encoding': 'identity' },
  });
  expect(response instanceof Error || response.headers.get('content-encoding') === 'br').toBe(true);
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(await plain.text()).toBe('start()');
});

test('other paths below /assets do not exist', async () => {
  for (const path of ['/assets/none.js', '/assets/..%2findex.html', '/assets/', '/account']) {
    const response = await fetch(`${server.origin}${path}`);
    expect([403, 404]).toContain(response.status);
  }
});

test('without a build, the page explains how to build it', async () => {
  const unbuilt = await startStubServer();
  const page = await (await fetch(unbuilt.origin)).text();
  await unbuilt.stop();
  expect(page).toContain('npm run build');
});

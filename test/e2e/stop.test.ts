import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { startApp } from '../../src/app';
import { limits } from '../../src/config';
import { silentLogger } from '../../src/telemetry/logger';
import { appSettings } from '../support/app-settings';
import { builtServer } from '../support/built-server';
import { briefStop } from '../support/ledger-server';
import { temporaryFolder } from '../support/temporary-folder';
import { hammer } from './hammer';
import { type ServerProcess, spawnServer } from './server-process';

let main: string;
let folder: string;
beforeAll(() => {
  main = builtServer();
  folder = temporaryFolder('stop');
});
afterAll(() => rmSync(folder, { recursive: true }));

const memory = { DATABASE_URL: 'memory:' };

const refusedUpgrade = [
  'GET /elsewhere HTTP/1.1',
  'host: localhost',
  'connection: upgrade',
  'upgrade: websocket',
  '\r\n',
].join('\r\n');

const clients = 64;
const runsMax = 5;

/** What a client sees of a connection that was closed because it was idle. */
const closedWhileIdle = /ECONNRESET|ECONNREFUSED|EPIPE|socket hang up/;

test.each(['SIGTERM', 'SIGINT'] as const)(
  'under load, %s cuts no connection and loses no acknowledged transaction',
  async (signal) => {
    for (let run = 1; ; run++) {
      const path = join(folder, `${signal}-${run}.db`);
      const server = spawnServer(main, { DATABASE_URL: `file:${path}` });
      const load = hammer(await server.origin, clients);
      while (load.acknowledged.length < 10 * clients && load.faults.length === 0) await pause(10);
      server.process.kill(signal);
      const heldUpMs = await load.ended;
      expect(await server.ended).toEqual({ code: 0, signal: null, errors: '' });
      expect(load.acknowledged.length).toBeGreaterThan(100);
      const kept = await storedIds(path);
      expect(load.acknowledged.filter((id) => !kept.has(id))).toEqual([]);
      expect(kept.size).toBe(load.acknowledged.length);
      // To clients that pause for as long as the server keeps idle connections, it owes no more.
      const wereIdle = heldUpMs >= limits.stopIdleMsMax / 2 && run < runsMax;
      const faults = load.faults.filter((fault) => !wereIdle || !closedWhileIdle.test(fault));
      expect(faults).toEqual([]);
      if (load.faults.length === 0) break;
    }
  },
);

async function storedIds(path: string): Promise<Set<string>> {
  const database = { kind: 'file', path } as const;
  const app = await startApp({ ...appSettings, database }, silentLogger, { limits: briefStop });
  const ids = new Set<string>();
  for (const account of ['client-0', 'client-1', 'client-2', 'client-3']) {
    for (let after: string | null = null; ; ) {
      const page: Page = await historyPage(app.url, account, after);
      for (const { id } of page.nodes) ids.add(id);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
  }
  await app.close();
  return ids;
}

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

async function historyPage(url: string, account: string, after: string | null): Promise<Page> {
  const query = `query ($account: ID!, $after: String) { account(id: $account) {
    history(first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }`;
  const response = await fetch(`${url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { account, after } }),
  });
  const { data } = (await response.json()) as { data: { account: { history: Page } } };
  return data.account.history;
}

async function openConnection(origin: string): Promise<Socket> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  await once(socket, 'connect');
  return socket;
}

/** Resolves when the server has begun to stop. */
async function beginStop(server: ServerProcess): Promise<void> {
  const lines = createInterface({ input: server.process.stdout! });
  const begun = new Promise<void>((resolve) => {
    lines.on('line', (line) => line.includes('Stopping') && resolve());
  });
  server.process.kill('SIGTERM');
  await begun;
}

test('while the server stops, /readyz returns 503 on a kept-alive connection, which is then closed', async () => {
  const server = spawnServer(main, memory);
  const socket = await openConnection(await server.origin);
  const request = 'GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n';
  socket.write(request);
  expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1.1 200 OK/);
  await beginStop(server);
  for (let isLast = false; !isLast; await pause(10)) {
    socket.write(request);
    const response = String(await once(socket, 'data'));
    expect(response).toMatch(/^HTTP\/1.1 503 /);
    expect(response).toContain('{"status":"stopping"}');
    isLast = /connection: close/i.test(response);
  }
  if (!socket.readableEnded) await once(socket, 'end');
  expect((await server.ended).code).toBe(0);
});

test.each([
  ['without a request, as browsers open them,', ''],
  ['whose WebSocket was refused and that stays half open', refusedUpgrade],
])('a connection %s is closed without waiting for it', async (_name, sent) => {
  const server = spawnServer(main, memory);
  let log = '';
  server.process.stdout!.on('data', (chunk) => {
    log += chunk;
  });
  const { hostname, port } = new URL(await server.origin);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  socket.on('error', () => {}).resume();
  await once(socket, 'connect');
  if (sent !== '') socket.write(sent);
  await pause(200);
  server.process.kill('SIGTERM');
  expect(await server.ended).toEqual({ code: 0, signal: null, errors: '' });
  expect(log).toContain('Stopping');
  expect(log).not.toContain('Connections were cut');
  socket.destroy();
});

test('a signal that is sent as soon as the server logs its address stops it gracefully', async () => {
  // The server sends it to itself, just before the line is written.
  const preload = join(folder, 'signal-when-ready.js');
  writeFileSync(
    preload,
    `const fs = require('node:fs');
    const { writeSync } = fs;
    fs.writeSync = (fd, text, ...rest) => {
      if (String(text).includes('"url"')) process.kill(process.pid, 'SIGTERM');
      return writeSync(fd, text, ...rest);
    };`,
  );
  const server = spawnServer(main, memory, [process.execPath, '--require', preload]);
  await server.origin;
  expect(await server.ended).toEqual({ code: 0, signal: null, errors: '' });
});

test('a second signal ends the server immediately', async () => {
  const server = spawnServer(main, memory);
  const socket = await openConnection(await server.origin);
  // An incomplete request: the first signal waits for it.
  socket
    .on('error', () => {})
    .write('POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n');
  await beginStop(server);
  await pause(300);
  expect(server.process.exitCode).toBeNull();
  server.process.kill('SIGTERM');
  expect((await server.ended).code).toBe(143);
});

test.each([
  ['a setting is wrong', { PORT: 'many' }, 'PORT is "many"; it must be a number from 0 to 65535.'],
  ['the database has no address', { DATABASE_URL: 'postgres://me:secret@[/x' }, /^DATABASE_URL /],
  [
    'the host is not local',
    { HOST: '203.0.113.1', AUTH: 'off', ...memory },
    /^203\.0\.113\.1 is not an address /,
  ],
])('a server that cannot start prints one line: %s', async (_name, settings, message) => {
  const { ended } = spawnServer(main, settings as Record<string, string>);
  const { code, errors } = await ended;
  expect(code).toBe(1);
  expect(errors.trimEnd().split('\n')).toHaveLength(1);
  expect(errors.trim().replace(/^The ledger cannot start: /, '')).toMatch(message);
  expect(errors).not.toContain('secret');
});

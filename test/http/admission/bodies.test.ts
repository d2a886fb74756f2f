import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '../../../src/config';
import { until } from '../../client/watch';
import { RawConnection, requestText } from '../raw-connection';
import { type StubServer, startStubServer } from '../stub-server';

let server: StubServer;
beforeAll(async () => {
  server = await startStubServer({ limits: { ...limits, bodiesBytesMax: 10_000 } });
});
afterAll(() => server.stop());

const json = { 'content-type': 'application/json' };
const query = JSON.stringify({ query: '{ greeting }' });
const chunk = (size: number) => `${size.toString(16)}\r\n${' '.repeat(size)}\r\n`;

/** Begins a body and does not end it. */
async function begin(kind: 'declared' | 'chunked', size: number): Promise<RawConnection> {
  const raw = (await RawConnection.open(server.origin)).read();
  const length: Record<string, string> =
    kind === 'declared' ? { 'content-length': '20000' } : { 'transfer-encoding': 'chunked' };
  // With a body of their own, requestText would state its length.
  raw.send(requestText('/graphql', { ...json, ...length }).replace('GET', 'POST'));
  return raw.send(kind === 'declared' ? ' '.repeat(size) : chunk(size));
}

async function statusOf(size: number): Promise<number> {
  return (await server.post(query.padEnd(size))).status;
}

/** Waits until the server has counted what was sent. */
async function untilFull(size: number): Promise<void> {
  for (let status = 0; status !== 503; status = await statusOf(size)) await pause(5);
}

async function untilFree(): Promise<void> {
  for (let status = 0; status !== 200; status = await statusOf(9_900)) await pause(5);
}

test.each(['declared', 'chunked'] as const)(
  'a %s body beyond the limit of bytes in flight gets 503 immediately, and its bytes are released',
  async (kind) => {
    await untilFree();
    const held = [await begin(kind, 4_000), await begin(kind, 4_000)];
    await untilFull(4_000);
    const refused = await begin(kind, 4_000);
    await until(() => refused.text.includes('\r\n\r\n{'));
    expect(refused.text).toMatch(/^HTTP\/1\.1 503 /);
    expect(JSON.parse(refused.text.split('\r\n\r\n')[1])).toEqual({
      errors: [
        {
          message: expect.stringMatching(/too many large bodies .* retry later/),
          extensions: { code: 'OVERLOADED' },
        },
      ],
    });
    expect(held.map(({ text }) => text)).toEqual(['', '']);
    for (const path of ['/healthz', '/readyz']) {
      expect((await fetch(server.origin + path)).status).toBe(200);
    }
    expect(await statusOf(1_000)).toBe(200);
    expect(await statusOf(4_000)).toBe(503);
    for (const { socket } of [refused, ...held]) socket.destroy();
    await untilFree();
    expect(server.log).toEqual([]);
  },
);

test.each([
  ['is reset', (raw: RawConnection) => raw.socket.resetAndDestroy()],
  ['is half closed', (raw: RawConnection) => raw.socket.end()],
  ['sends no HTTP', (raw: RawConnection) => raw.send('x\r\n')],
])('the bytes are released when the connection %s', async (_how, end) => {
  const raw = await begin('chunked', 9_000);
  await untilFull(2_000);
  end(raw);
  await untilFree();
  raw.socket.destroy();
});

test('the bytes of pipelined requests are released with their connection', async () => {
  const slow = requestText('/playground/main.js');
  const post = requestText('/graphql', { ...json, 'content-length': '20000' }, ' '.repeat(9_000));
  const raw = (await RawConnection.open(server.origin)).send(slow + post);
  await until(() => raw.socket.bytesWritten > 9_000);
  await untilFull(2_000);
  raw.socket.destroy();
  await untilFree();
});

test.each([
  ['that has no JSON', { 'content-type': 'text/plain' }, '/graphql', 415],
  ['that is malformed', json, '/graphql', 400],
  ['for no route', json, '/nowhere', 400],
  ['for a method that is not allowed', json, '/healthz', 400],
])('a body %s is released too', async (_what, headers, path, status) => {
  for (let round = 0; round < 4; round++) {
    const body = '{'.padEnd(6_000);
    const response = await fetch(server.origin + path, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    await response.text();
  }
});

test('a body that is not complete in time gets 408', async () => {
  const hasty = await startStubServer({ limits: { ...limits, requestReceiveMsMax: 300 } });
  const raw = (await RawConnection.open(hasty.origin)).read();
  raw.send(requestText('/graphql', { ...json, 'content-length': '9' }, '{}'));
  const silent = (await RawConnection.open(hasty.origin)).read();
  const headless = (await RawConnection.open(hasty.origin)).read().send('GET / HTTP/1.1\r\nhos');
  await until(() => [raw, silent, headless].every(({ isClosed, text }) => isClosed || text !== ''));
  expect(raw.text).toMatch(/^HTTP\/1\.1 408 /);
  for (const { socket } of [raw, silent, headless]) socket.destroy();
  await hasty.stop();
});

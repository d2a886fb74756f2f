import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '../../../src/config';
import { until } from '../../client/watch';
import { describeIf } from '../../support/needs';
import { RawConnection, requestText, webSocketFields } from '../raw-connection';
import { type StubServer, startStubServer } from '../stub-server';

let server: StubServer;
beforeAll(async () => {
  server = await startStubServer({ limits: { ...limits, pipelinedRequestsMax: 300 } });
});
afterAll(() => server.stop());

/** Larger than the system's buffers of a connection that is not read. */
const file = '/playground/main.js';
const get = requestText(file);
const upgrade = requestText('/graphql', webSocketFields);
const h2c = requestText(file, {
  connection: 'Upgrade, HTTP2-Settings',
  upgrade: 'h2c',
  'http2-settings': 'AAMAAABkAAQAoAAAAAIAAAAA',
});

const descriptors = '/proc/self/fd';
const onLinux = describeIf(
  existsSync(descriptors),
  'descriptor tests: no /proc/self/fd; run on Linux',
);

function openFiles(): number {
  return readdirSync(descriptors).filter((name) => {
    try {
      return readlinkSync(`${descriptors}/${name}`).endsWith('/main.js');
    } catch {
      return false;
    }
  }).length;
}

onLinux('files of responses that are not read', () => {
  test.each([
    ['200 pipelined', get.repeat(200)],
    ['a few pipelined', get.repeat(5)],
    ['ranges', requestText(file, { range: 'bytes=0-2000000' }).repeat(50)],
  ])(
    '%s: at most one is open at a time, and none when the connection ends',
    async (_what, sent) => {
      const endings = [
        (raw: RawConnection) => raw.socket.destroy(),
        (raw: RawConnection) => raw.socket.resetAndDestroy(),
        (raw: RawConnection) => raw.socket.end(),
      ];
      for (const end of endings) {
        const raw = (await RawConnection.open(server.origin)).send(sent);
        await until(() => openFiles() > 0);
        for (let sample = 0; sample < 10; sample += 1) {
          expect(openFiles()).toBeLessThanOrEqual(1);
          await pause(5);
        }
        end(raw);
        await until(() => openFiles() === 0);
        raw.socket.destroy();
      }
    },
  );

  test('none is opened if the connection ends immediately', async () => {
    const raw = await RawConnection.open(server.origin);
    raw.socket.write(get.repeat(200), () => raw.socket.resetAndDestroy());
    await until(() => raw.isClosed);
    await pause(100);
    await until(() => openFiles() === 0);
  });
});

test('pipelined responses come whole and in order', async () => {
  const size = (await (await fetch(server.origin + file)).arrayBuffer()).byteLength;
  const raw = (await RawConnection.open(server.origin)).read();
  raw.send(requestText('/none') + get + requestText('/healthz') + get + requestText('/none'));
  await until(() => raw.text.length > 2 * size && raw.text.endsWith('"}}]}'));
  expect(raw.statuses).toEqual([404, 200, 200, 200, 404]);
  raw.socket.destroy();
});

test.each([
  ['a WebSocket upgrade', upgrade, [200, 404, 101]],
  ['an offer of HTTP/2', h2c, [200, 404, 200]],
])('%s waits for the responses before it', async (_what, last, statuses) => {
  const raw = (await RawConnection.open(server.origin)).read();
  raw.send(requestText('/healthz') + requestText('/none') + last);
  await until(() => raw.statuses.length === 3);
  expect(raw.statuses).toEqual(statuses);
  raw.socket.destroy();
});

test.each([
  ['a WebSocket upgrade', upgrade, 101],
  ['an offer of HTTP/2', h2c, 200],
])('%s waits for responses that the client reads slowly', async (_what, last, status) => {
  const raw = (await RawConnection.open(server.origin)).send(get);
  await until(() => !existsSync(descriptors) || openFiles() > 0);
  // The connection's buffer is full by now, so Node pauses the connection at the next request.
  await pause(50);
  raw.send(get + last).read();
  await until(() => raw.statuses.length === 3);
  expect(raw.statuses).toEqual([200, 200, status]);
  raw.socket.destroy();
});

test('pipelined requests that offer HTTP/2 all get a response, without a warning', async () => {
  const warnings: Error[] = [];
  const noteWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', noteWarning);
  const offer = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMA' };
  const body = JSON.stringify({ query: '{ greeting }' });
  const json = { 'content-type': 'application/json' };
  const posts = requestText('/graphql', { ...offer, ...json }, body).repeat(20);
  const gets = requestText('/none', offer).repeat(20);
  const raw = (await RawConnection.open(server.origin)).read();
  raw.send(posts + requestText('/healthz') + gets);
  raw.send(requestText('/healthz', { ...offer, connection: 'close, Upgrade' }));
  await until(() => raw.isClosed);
  const all = [...Array(20).fill(200), 200, ...Array(20).fill(404), 200];
  expect(raw.statuses).toEqual(all);
  process.off('warning', noteWarning);
  expect(warnings).toEqual([]);
  raw.socket.destroy();
});

test('an upgrade behind a response that the client does not read ends at the timeout', async () => {
  const connectionStallMsMax = 500;
  const hasty = await startStubServer({ limits: { ...limits, connectionStallMsMax } });
  const raw = (await RawConnection.open(hasty.origin)).send(get.repeat(3) + h2c);
  await until(() => !existsSync(descriptors) || openFiles() > 0);
  await until(() => openFiles() === 0);
  // Node notes at the end of the first period how much it has to send, and compares at the next.
  await pause(6 * connectionStallMsMax);
  raw.read();
  await until(() => raw.isClosed);
  expect(raw.statuses.length).toBeLessThan(4);
  raw.socket.destroy();
  await hasty.stop();
});

test('a connection with too many pending requests is closed', async () => {
  const raw = await RawConnection.open(server.origin);
  raw.send(get.repeat(301));
  raw.read();
  await until(() => raw.isClosed);
});

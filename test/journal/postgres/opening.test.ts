import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { PostgresReader } from '../../../src/journal/postgres/reader';
import { usePostgres } from '../../support/postgres-server';

/** More than are sent to open a ledger. */
const messagesMax = 100;

const postgres = usePostgres();
let url: string;

beforeAll(async () => {
  url = await postgres().createDatabase('opening');
  await (await PostgresJournal.open(url)).close();
});

/** Starts a proxy that resets a connection instead of passing the n-th message of all on. */
async function cuttingProxy(target: string, cutAt: number) {
  let messages = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(target).port), '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true).on('error', () => {});
      socket.on('close', () => (socket === near ? far : near).destroy());
    }
    far.on('data', (bytes) => near.write(bytes));
    near.on('data', (bytes) => {
      messages += 1;
      if (messages !== cutAt) far.write(bytes);
      else near.resetAndDestroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxied = new URL(target);
  proxied.port = String((server.address() as AddressInfo).port);
  return {
    url: proxied.href,
    hasCut: () => messages >= cutAt,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

test.each([
  ['a server', (target: string) => PostgresJournal.open(target)],
  ['a command that reads', (target: string) => PostgresReader.open(target)],
])('%s whose connection is cut at any message of its opening says so', async (_who, open) => {
  let cuts = 0;
  for (let cutAt = 1; cutAt <= messagesMax; cutAt += 1) {
    const proxy = await cuttingProxy(url, cutAt);
    const outcome = await open(proxy.url).then(
      (opened) => opened.close().then(() => 'opened'),
      (error: Error) => error.name,
    );
    proxy.stop();
    if (!proxy.hasCut()) break;
    cuts += 1;
    expect({ cutAt, outcome }).toEqual({
      cutAt,
      outcome: expect.stringMatching(/^(opened|JournalUnavailable)$/),
    });
  }
  expect(cuts).toBeGreaterThan(3);
  expect(cuts).toBeLessThan(messagesMax);
});

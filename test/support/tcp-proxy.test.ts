import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { fairWeather, TcpProxy } from './tcp-proxy';

/** Starts an echo server, and connects to it through a proxy. */
async function echo(): Promise<{
  readonly proxy: TcpProxy;
  readonly socket: Socket;
  readonly received: () => string;
  readonly stop: () => Promise<void>;
}> {
  const server = createServer((peer) => {
    peer.on('error', () => {});
    peer.pipe(peer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await TcpProxy.start((server.address() as AddressInfo).port);
  const socket = connect(proxy.port, '127.0.0.1').setEncoding('utf8').setNoDelay(true);
  let text = '';
  socket.on('data', (more) => {
    text += more;
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  const stop = async () => {
    socket.destroy();
    await proxy.stop();
    server.close();
  };
  return { proxy, socket, received: () => text, stop };
}

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test('bytes keep their order, whatever the delay was when they were sent', async () => {
  const { proxy, socket, received, stop } = await echo();
  let sent = '';
  for (let round = 0; round < 20; round += 1) {
    proxy.weather = { delayMs: round % 2 === 0 ? 8 : 0, swallows: 'nothing' };
    socket.write(`${round},`);
    sent += `${round},`;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await until(() => received().length === sent.length);
  expect(received()).toBe(sent);
  await stop();
});

test('swallowed bytes never arrive, and the connection stays open', async () => {
  const { proxy, socket, received, stop } = await echo();
  proxy.weather = { delayMs: 0, swallows: 'everything' };
  socket.write('lost');
  await until(() => proxy.swallowedBytes === 4);
  proxy.weather = fairWeather;
  socket.write('found');
  await until(() => received() !== '');
  expect(received()).toBe('found');
  await stop();
});

test('a cut ends the connection on both sides', async () => {
  const { proxy, socket, stop } = await echo();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write('x');
  await once(socket, 'data');
  proxy.cut();
  await closed;
  await stop();
});

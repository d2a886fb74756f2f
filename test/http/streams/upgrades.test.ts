import { once } from 'node:events';
import { connect } from 'node:net';
import { until } from '../../client/watch';
import { startStubServer } from '../stub-server';

test('a request that offers HTTP/2 is served like any other', async () => {
  const server = await startStubServer();
  const { hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname);
  let responses = '';
  socket.on('data', (chunk) => {
    responses += chunk;
  });
  const body = JSON.stringify({ query: '{ greeting(name: "h2c") }' });
  const head = [
    'POST /graphql HTTP/1.1',
    'host: localhost',
    'connection: Upgrade, HTTP2-Settings',
    'upgrade: h2c',
    'http2-settings: AAMAAABkAAQAoAAAAAIAAAAA',
    'content-type: application/json',
    `content-length: ${body.length}`,
  ].join('\r\n');
  for (let count = 1; count <= 3; count += 1) {
    socket.write(`${head}\r\n\r\n`);
    socket.write(body);
    await until(() => responses.split('Hello, h2c').length === count + 1);
  }
  socket.end();
  await once(socket, 'close');
  expect(responses.match(/HTTP\/1.1 200 OK/g)).toHaveLength(3);
  await server.stop();
});

import { connect } from 'node:net';
import { startStubServer } from '../stub-server';

/** Sends text as it is, and answers all that comes back until the server closes. */
function exchange(origin: string, text: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer)).on('error', reject);
  });
}

test('a request that offers to go on in HTTP/2 is answered as any other', async () => {
  const server = await startStubServer();
  const body = JSON.stringify({ query: '{ greeting(name: "h2c") }' });
  const offer = [
    'POST /graphql HTTP/1.1',
    'host: ledger',
    'connection: Upgrade, HTTP2-Settings',
    'upgrade: h2c',
    'http2-settings: AAMAAABkAAQAoAAAAAIAAAAA',
    'content-type: application/json',
    `content-length: ${body.length}`,
  ].join('\r\n');
  const last = 'GET /healthz HTTP/1.1\r\nhost: ledger\r\nconnection: close\r\n\r\n';
  const answer = await exchange(
    server.origin,
    `${offer}\r\n\r\n${body}${offer}\r\n\r\n${body}${last}`,
  );
  expect(answer.match(/HTTP\/1.1 200 OK/g)).toHaveLength(3);
  expect(answer.match(/Hello, h2c/g)).toHaveLength(2);
  expect(answer).toContain('{"status":"ok"}');
  await server.stop();
});

import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import type { WebSocketServer } from 'ws';
import { truncated } from '../../graphql/truncated';
import { isSameOrigin } from './same-origin';

export interface Door {
  readonly sockets: WebSocketServer;
  readonly socketsMax: number;
  readonly isStopping: () => boolean;
}

/** Lets WebSockets in at /graphql, and says to all others why they are not. */
export function addUpgrades(server: Server, door: Door): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!isWebSocket(request)) {
      answerAsUsual(server, request, socket, head);
      return;
    }
    // Without a listener, a peer that goes away would end the process.
    socket.on('error', () => socket.destroy());
    const refusal = refusalOf(request, door);
    if (refusal !== null) {
      refuse(socket, ...refusal);
      return;
    }
    const { sockets } = door;
    sockets.handleUpgrade(request, socket, head, (peer) =>
      sockets.emit('connection', peer, request),
    );
  });
}

function isWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Some clients offer to go on in HTTP/2 with every request. As soon as there is a listener for
 * upgrades, Node hands over all of them; here the request is read once more, without the offer.
 */
function answerAsUsual(
  server: Server,
  { method, url, httpVersion, rawHeaders }: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name, value] = [rawHeaders[index], rawHeaders[index + 1]];
    if (!/^(upgrade|connection|http2-settings)$/i.test(name)) lines.push(`${name}: ${value}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

type Refusal = readonly [status: number, code: string, message: string];

function refusalOf(
  request: IncomingMessage,
  { sockets, socketsMax, isStopping }: Door,
): Refusal | null {
  const path = request.url?.split('?', 1)[0];
  if (path !== '/graphql') {
    return [
      404,
      'BAD_USER_INPUT',
      `There is no WebSocket at ${truncated(path ?? '')}, only at /graphql.`,
    ];
  }
  if (isStopping()) {
    return [503, 'SERVICE_UNAVAILABLE', 'The server is stopping. Try again.'];
  }
  if (!handleProtocols(request.headers['sec-websocket-protocol'] ?? '')) {
    return [400, 'BAD_USER_INPUT', 'The WebSocket must offer the protocol graphql-transport-ws.'];
  }
  if (!isSameOrigin(request)) {
    const { origin, host } = request.headers;
    return [
      403,
      'BAD_USER_INPUT',
      `A page of ${truncated(origin ?? '')} may not open a WebSocket to ${truncated(host ?? '')}.`,
    ];
  }
  if (sockets.clients.size >= socketsMax) {
    return [
      503,
      'OVERLOADED',
      `This server has ${socketsMax} WebSockets already. Try again later.`,
    ];
  }
  return null;
}

function refuse(socket: Duplex, status: number, code: string, message: string): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  // A peer that never closes its half would keep the connection.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

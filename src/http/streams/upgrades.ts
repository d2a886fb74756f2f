import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import type { WebSocketServer } from 'ws';
import { truncated } from '../../graphql/truncated';
import type { Admission, Refusal } from '../admission/admission';
import type { PipelinedResponses } from '../admission/pipelined-responses';
import { isSameOrigin } from './same-origin';

export interface Door {
  readonly admission: Admission;
  readonly responses: PipelinedResponses;
  readonly sockets: WebSocketServer;
  readonly socketsMax: number;
  readonly isStopping: () => boolean;
}

/** Lets WebSockets in at /graphql, and says to all others why they are not. */
export function addUpgrades(server: Server, door: Door): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Without a listener, a peer that goes away would end the process.
    const onError = () => socket.destroy();
    socket.on('error', onError);
    door.responses.whenSent(socket, () => {
      if (isWebSocket(request)) {
        openWebSocket(request, socket, head, door);
      } else {
        socket.off('error', onError);
        answerAsUsual(server, request, socket, head);
      }
    });
  });
}

function openWebSocket(request: IncomingMessage, socket: Duplex, head: Buffer, door: Door): void {
  const refusal = refusalOf(request, door);
  if (refusal !== null) {
    refuse(socket, refusal);
    return;
  }
  const { sockets } = door;
  sockets.handleUpgrade(request, socket, head, (peer) => sockets.emit('connection', peer, request));
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

function refusalOf(request: IncomingMessage, door: Door): Refusal | null {
  const { admission, sockets, socketsMax, isStopping } = door;
  const refusal = admission.refusalOf(request);
  if (refusal !== null) return refusal;
  const path = request.url?.split('?', 1)[0];
  if (path !== '/graphql') {
    return badInput(404, `There is no WebSocket at ${truncated(path ?? '')}, only at /graphql.`);
  }
  if (isStopping()) {
    const message = 'The server is stopping. Try again.';
    return { status: 503, code: 'SERVICE_UNAVAILABLE', message };
  }
  if (!handleProtocols(request.headers['sec-websocket-protocol'] ?? '')) {
    return badInput(400, 'The WebSocket must offer the protocol graphql-transport-ws.');
  }
  if (!isSameOrigin(request)) {
    const { origin, host } = request.headers;
    const page = truncated(origin ?? '');
    return badInput(403, `A page of ${page} may not open a WebSocket to ${truncated(host ?? '')}.`);
  }
  if (sockets.clients.size >= socketsMax) {
    const message = `This server has ${socketsMax} WebSockets already. Try again later.`;
    return { status: 503, code: 'OVERLOADED', message };
  }
  return null;
}

function badInput(status: number, message: string): Refusal {
  return { status, code: 'BAD_USER_INPUT', message };
}

function refuse(socket: Duplex, { status, code, message }: Refusal): void {
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

import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import type { WebSocketServer } from 'ws';
import { allowsOrigin, type CorsOrigins } from '../../cors-origins';
import { truncated } from '../../graphql/truncated';
import type { Admission } from '../admission/admission';
import type { PipelinedResponses } from '../admission/pipelined-responses';
import { badInput, type Refusal } from '../admission/refusal';
import { originRefused } from '../cors';
import { refuseConnection } from '../errors/raw-response';
import { isSameOrigin } from './same-origin';

interface UpgradeOptions {
  readonly admission: Admission;
  readonly responses: PipelinedResponses;
  readonly sockets: WebSocketServer;
  readonly socketsMax: number;
  readonly corsOrigins: CorsOrigins;
  readonly isStopping: () => boolean;
}

/** Accepts WebSockets at /graphql, and refuses all others with the reason. */
export function addUpgrades(server: Server, options: UpgradeOptions): void {
  const { responses, sockets } = options;
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    // Without a listener, an error of the connection would end the process.
    const onError = () => socket.destroy();
    socket.on('error', onError);
    const endSending = responses.keepSending(socket);
    responses.whenSent(socket, () => {
      endSending();
      if (isWebSocket(request)) {
        openWebSocket(request, socket, head, options);
      } else {
        socket.off('error', onError);
        serveWithoutUpgrade(server, request, socket, head);
      }
    });
  });
  sockets.on('wsClientError', ({ message }: Error, socket: Duplex) => {
    refuseConnection(socket, badInput(400, `The WebSocket cannot be opened: ${message}.`));
  });
}

function openWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  options: UpgradeOptions,
): void {
  const refusal = refusalOf(request, options);
  if (refusal !== null) {
    refuseConnection(socket, refusal);
    return;
  }
  const { sockets } = options;
  sockets.handleUpgrade(request, socket, head, (peer) => sockets.emit('connection', peer, request));
}

function isWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Serves the request without its upgrade. Some clients offer HTTP/2 (`Upgrade: h2c`) with every
 * request. Node emits `upgrade` for all of them as soon as there is a listener, so the request is
 * parsed again without the offer.
 */
function serveWithoutUpgrade(
  server: Server,
  { method, url, httpVersion, rawHeaders }: IncomingMessage,
  socket: Socket,
  head: Buffer,
): void {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const line = withoutUpgrade(rawHeaders[index], rawHeaders[index + 1]);
    if (line !== null) lines.push(line);
  }
  forgetParser(socket);
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

/** Returns a line of the header, or null if it is only about the upgrade. */
function withoutUpgrade(name: string, value: string): string | null {
  if (/^(upgrade|http2-settings)$/i.test(name)) return null;
  if (name.toLowerCase() !== 'connection') return `${name}: ${value}`;
  const options = value
    .split(',')
    .filter((each) => !/^\s*(upgrade|http2-settings)\s*$/i.test(each));
  return options.length === 0 ? null : `${name}: ${options.join(',')}`;
}

/** Removes what Node's listener for `connection` leaves on an upgraded socket, and adds again. */
function forgetParser(socket: Socket): void {
  socket.removeAllListeners('resume').removeAllListeners('pause');
  // Set while the responses before this one exceeded the buffer; the next parser asserts that it
  // is not.
  (socket as { _paused?: boolean })._paused = false;
}

function refusalOf(request: IncomingMessage, options: UpgradeOptions): Refusal | null {
  const { admission, corsOrigins, sockets, socketsMax, isStopping } = options;
  const refusal = admission.refusalOf(request);
  if (refusal !== null) return refusal;
  const path = request.url?.split('?', 1)[0];
  if (path !== '/graphql') {
    return badInput(404, `There is no WebSocket at ${truncated(path ?? '')}, only at /graphql.`);
  }
  if (isStopping()) {
    const message = 'The server is stopping. Retry.';
    return { status: 503, code: 'SERVICE_UNAVAILABLE', message };
  }
  if (!handleProtocols(request.headers['sec-websocket-protocol'] ?? '')) {
    return badInput(400, 'The WebSocket must offer the protocol graphql-transport-ws.');
  }
  const { origin } = request.headers;
  if (!isSameOrigin(request) && !allowsOrigin(corsOrigins, origin)) {
    return badInput(403, originRefused(origin));
  }
  if (sockets.clients.size >= socketsMax) {
    const message = `This server has ${socketsMax} WebSockets already. Retry later.`;
    return { status: 503, code: 'OVERLOADED', message };
  }
  return null;
}

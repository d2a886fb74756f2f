import type { Server } from 'node:http';
import net from 'node:net';
import { setImmediate as nextIteration, setTimeout as pause } from 'node:timers/promises';

interface StopLimits {
  readonly stopIdleMsMax: number;
  readonly stopMsMax: number;
}

const pollMs = 10;

/** More than the backlog holds: Node's default is 511. */
const acceptIterationsMin = 1_000;

/** Returns the open connections of a server that begin after this call. */
export function openSockets(server: Server): ReadonlySet<net.Socket> {
  const open = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    // After a declined upgrade, Node emits the event again for the same socket.
    if (open.has(socket)) return;
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return open;
}

/**
 * Accepts no more connections and waits until the open ones are closed. Kept-alive connections end
 * with their next response (the server must send `Connection: close` by now). Idle ones are closed
 * after a pause, so that a request that is on its way meets an open connection. All others are
 * closed at the timeout.
 * @returns how many connections were closed at the timeout.
 */
export async function drainConnections(
  server: Server,
  sockets: ReadonlySet<net.Socket>,
  limits: StopLimits,
): Promise<number> {
  const begun = performance.now();
  if (server.listening) await acceptPending(server, limits.stopIdleMsMax);
  // http.Server's own close would close the idle connections immediately.
  net.Server.prototype.close.call(server);
  // Polls are counted instead of time: while the disk blocks the process, it reads no requests.
  for (let polls = 0; ; polls++) {
    const open = await connectionsOf(server);
    if (open === 0 || performance.now() - begun >= limits.stopMsMax) {
      // The server's own count excludes upgraded connections.
      for (const socket of sockets) socket.destroy();
      return open;
    }
    if (polls * pollMs >= limits.stopIdleMsMax) closeIdle(server, sockets);
    await pause(pollMs);
  }
}

/**
 * Closes idle connections, also those without a request so far: Node does not count them as idle,
 * and browsers open connections in advance. Conversely, Node counts a connection as idle before its
 * response is sent to the end, so all wait for a client that reads slowly.
 */
function closeIdle(server: Server, sockets: ReadonlySet<net.Socket>): void {
  const isSending = [...sockets].some(({ writableLength }) => writableLength > 0);
  if (!isSending) server.closeIdleConnections();
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
}

/**
 * Accepts the connections in the backlog of the operating system, which closing the server would
 * reset. libuv accepts one per iteration of the event loop, in order, so a connection to this
 * server itself is the last one. Iterations count besides time: a process that is held up accepts
 * nothing.
 */
async function acceptPending(server: Server, msMax: number): Promise<void> {
  const accepted = new Set<number | undefined>();
  const onConnection = (socket: net.Socket) => accepted.add(socket.remotePort);
  server.on('connection', onConnection);
  const probe = net.connect(ownAddress(server)).on('error', () => {});
  const until = performance.now() + msMax;
  for (let iterations = 0; !probe.closed && !accepted.has(probe.localPort ?? -1); iterations++) {
    if (iterations >= acceptIterationsMin && performance.now() >= until) break;
    await nextIteration();
  }
  server.off('connection', onConnection);
  probe.destroy();
}

function ownAddress(server: Server): { host: string; port: number } {
  const { address, port } = server.address() as net.AddressInfo;
  const everywhere: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  return { host: everywhere[address] ?? address, port };
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}

import type { Server } from 'node:http';
import net from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

export interface StopLimits {
  readonly stopIdleMsMax: number;
  readonly stopMsMax: number;
}

const lookEveryMs = 10;

/** The connections of a server from now on, until they are closed. */
export function openSockets(server: Server): ReadonlySet<net.Socket> {
  const open = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return open;
}

/**
 * Takes no more connections and waits until those there are gone. Kept-alive connections end with
 * the answer that they get next (the server must send `Connection: close` by now); the idle ones
 * are closed after a while: at once, a request that is under way to us would meet a cut connection.
 * What then still runs is cut when its time is over.
 * @returns how many connections were cut.
 */
export async function drainConnections(
  server: Server,
  sockets: ReadonlySet<net.Socket>,
  limits: StopLimits,
): Promise<number> {
  const begun = performance.now();
  if (server.listening) await takeWaiting(server, limits.stopIdleMsMax);
  // http.Server's own close would also cut the idle connections, now.
  net.Server.prototype.close.call(server);
  // Looks are counted, not time: while the disk holds up the process it reads no requests.
  for (let looks = 0; ; looks++) {
    const open = await connectionsOf(server);
    if (open === 0 || performance.now() - begun >= limits.stopMsMax) {
      // The server itself counts none that was upgraded.
      for (const socket of sockets) socket.destroy();
      return open;
    }
    if (looks * lookEveryMs >= limits.stopIdleMsMax) closeIdle(server, sockets);
    await pause(lookEveryMs);
  }
}

/**
 * To Node, a connection is idle only after its first request, and browsers open some that they may
 * never use.
 */
function closeIdle(server: Server, sockets: ReadonlySet<net.Socket>): void {
  server.closeIdleConnections();
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
}

/**
 * Takes the connections that the system has made for us already: closing the door would cut them.
 * libuv takes one per turn of the event loop, in their order, so a call to ourselves comes last.
 */
async function takeWaiting(server: Server, msMax: number): Promise<void> {
  const taken = new Set<number | undefined>();
  const onConnection = (socket: net.Socket) => taken.add(socket.remotePort);
  server.on('connection', onConnection);
  const probe = net.connect(ownAddress(server)).on('error', () => {});
  const until = performance.now() + msMax;
  while (!probe.closed && !taken.has(probe.localPort ?? -1) && performance.now() < until)
    await nextTurn();
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

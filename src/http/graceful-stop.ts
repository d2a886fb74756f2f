import type { Server } from 'node:http';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface StopLimits {
  readonly stopIdleMsMax: number;
  readonly stopMsMax: number;
}

const lookEveryMs = 10;

/**
 * Takes no more connections and waits until those there are gone. Kept-alive connections end with
 * the answer that they get next (the server must send `Connection: close` by now); the idle ones
 * are closed after a while: at once, a request that is under way to us would meet a cut connection.
 * What then still runs is cut when its time is over.
 * @returns how many connections were cut.
 */
export async function drainConnections(server: Server, limits: StopLimits): Promise<number> {
  const begun = Date.now();
  // http.Server's own close would also cut the idle connections, now.
  net.Server.prototype.close.call(server);
  for (;;) {
    const open = await connectionsOf(server);
    const waitedMs = Date.now() - begun;
    if (open === 0 || waitedMs >= limits.stopMsMax) {
      server.closeAllConnections();
      return open;
    }
    if (waitedMs >= limits.stopIdleMsMax) server.closeIdleConnections();
    await pause(lookEveryMs);
  }
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}

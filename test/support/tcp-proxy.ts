import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * What happens to bytes: passed on, passed on later, or dropped without notice, in one direction or
 * both. The connections stay open.
 */
interface Weather {
  readonly delayMs: number;
  readonly swallows: 'nothing' | 'responses' | 'everything';
}

export const fairWeather: Weather = { delayMs: 0, swallows: 'nothing' };

interface Link {
  readonly near: Socket;
  readonly far: Socket;
}

/**
 * A proxy between a client and a server on this machine that disturbs their connections on demand.
 */
export class TcpProxy {
  weather: Weather = fairWeather;
  /** Bytes that were dropped so far. */
  swallowedBytes = 0;
  readonly #links = new Set<Link>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (near) => this.#connect(near));
  }

  static async start(target: number): Promise<TcpProxy> {
    // A half-closed connection is not an ended one here.
    const server = createServer({ allowHalfOpen: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy(server, target);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts every connection, as a router does that restarts. */
  cut(): void {
    for (const { near, far } of this.#links) {
      reset(near);
      reset(far);
    }
  }

  /** Ends one direction of every connection; the other stays open. */
  halfClose(side: 'near' | 'far'): void {
    for (const link of this.#links) link[side].end();
  }

  async stop(): Promise<void> {
    this.cut();
    this.server.close();
  }

  #connect(near: Socket): void {
    const far = connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true });
    const link = { near, far };
    this.#links.add(link);
    this.#pass(near, far, ['everything']);
    this.#pass(far, near, ['everything', 'responses']);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#links.delete(link);
        near.destroy();
        far.destroy();
      });
    }
  }

  /** @param swallowing the weathers in which this direction drops all bytes. */
  #pass(from: Socket, to: Socket, swallowing: readonly Weather['swallows'][]): void {
    // Bytes that were sent later never arrive earlier, even if the delay was reduced meanwhile.
    let before = Promise.resolve();
    let waiting = 0;
    const later = (then: () => void, bytes = 0) => {
      const { delayMs, swallows } = this.weather;
      if (swallowing.includes(swallows)) {
        this.swallowedBytes += bytes;
        return;
      }
      if (delayMs === 0 && waiting === 0) return then();
      const dueAt = performance.now() + delayMs;
      waiting += 1;
      before = before
        .then(() => pause(Math.max(0, dueAt - performance.now())))
        .then(() => {
          waiting -= 1;
          then();
        });
    };
    from.on('data', (bytes) => later(() => to.writable && to.write(bytes), bytes.length));
    from.on('end', () => later(() => to.end()));
  }
}

/**
 * Destroys a socket that still has to send its end: Node cannot reset it, and it would neither
 * close nor let the process exit.
 */
function reset(socket: Socket): void {
  const isIdle = !socket.connecting && !socket.writableEnded && socket.writableLength === 0;
  if (isIdle) socket.resetAndDestroy();
  else socket.destroy();
}

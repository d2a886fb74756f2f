import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * What happens to bytes on their way: passed on, passed on later, or not at all, in one direction
 * or in both. Nobody hears of what is swallowed: the connections stay.
 */
export interface Weather {
  readonly delayMs: number;
  readonly swallows: 'nothing' | 'answers' | 'everything';
}

export const fairWeather: Weather = { delayMs: 0, swallows: 'nothing' };

interface Link {
  readonly near: Socket;
  readonly far: Socket;
}

/** Stands between a client and a server on this machine, and spoils their connections on demand. */
export class TcpProxy {
  weather: Weather = fairWeather;
  readonly #links = new Set<Link>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (near) => this.#connect(near));
  }

  static async start(target: number): Promise<TcpProxy> {
    // A half-closed connection is a state of its own here, and not the end.
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
    this.#pass(far, near, ['everything', 'answers']);
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

  /** @param swallowing in which weathers this direction passes nothing on. */
  #pass(from: Socket, to: Socket, swallowing: readonly Weather['swallows'][]): void {
    // What was sent later never comes earlier, also when the weather has turned fair meanwhile.
    let before = Promise.resolve();
    let waiting = 0;
    const later = (then: () => void) => {
      const { delayMs, swallows } = this.weather;
      if (swallowing.includes(swallows)) return;
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
    from.on('data', (bytes) => later(() => to.writable && to.write(bytes)));
    from.on('end', () => later(() => to.end()));
  }
}

/**
 * Node cannot reset a socket that has still to send its end: it would neither close nor let the
 * process exit. Such a one is closed as others are.
 */
function reset(socket: Socket): void {
  const isIdle = !socket.connecting && !socket.writableEnded && socket.writableLength === 0;
  if (isIdle) socket.resetAndDestroy();
  else socket.destroy();
}

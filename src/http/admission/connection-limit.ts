import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { type Admission, isHealthCheck, type Refusal } from './admission';

export interface ConnectionLimits {
  readonly connectionsMax: number;
  readonly surplusConnectionsMax: number;
  readonly surplusConnectionMsMax: number;
}

/**
 * Bounds the connections that are open. One beyond the bound is accepted all the same, so that
 * health checks get through; everything else that comes over it is refused with 503. It is closed
 * after its first response, or after a short time. There is a bound on those too: past it, the
 * oldest one makes way.
 */
export class ConnectionLimit implements Admission {
  private readonly regular = new Set<Socket>();
  private readonly surplus = new Set<Socket>();

  constructor(
    server: Server,
    private readonly limits: ConnectionLimits,
  ) {
    // Before Node's own listener, and for the same connection again where an upgrade is declined.
    server.prependListener('connection', (socket: Socket) => this.open(socket));
  }

  /** Whether a connection is beyond the bound: its first response must be its last. */
  isSurplus(socket: Socket): boolean {
    return this.surplus.has(socket);
  }

  refusalOf(request: IncomingMessage): Refusal | null {
    if (!this.isSurplus(request.socket) || isHealthCheck(request)) return null;
    const { connectionsMax } = this.limits;
    const message = `This server has ${connectionsMax} connections already. Try again later.`;
    return { status: 503, code: 'OVERLOADED', message };
  }

  private open(socket: Socket): void {
    const { regular, surplus, limits } = this;
    if (regular.has(socket) || surplus.has(socket)) return;
    if (regular.size < limits.connectionsMax) {
      regular.add(socket);
      socket.once('close', () => regular.delete(socket));
      return;
    }
    if (surplus.size >= limits.surplusConnectionsMax) this.closeOldest();
    surplus.add(socket);
    const timer = setTimeout(() => socket.destroy(), limits.surplusConnectionMsMax);
    socket.once('close', () => {
      clearTimeout(timer);
      surplus.delete(socket);
    });
  }

  private closeOldest(): void {
    const [oldest] = this.surplus;
    this.surplus.delete(oldest);
    oldest.destroy();
  }
}

import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { type Admission, isHealthCheck } from './admission';
import type { Refusal } from './refusal';

interface ConnectionLimits {
  readonly connectionsMax: number;
  readonly surplusConnectionsMax: number;
  readonly surplusConnectionMsMax: number;
}

/**
 * Limits the open connections. A connection beyond the limit is still accepted, so that health
 * checks succeed; every other request over it is refused with 503. It is closed after its first
 * response, or after a short timeout. The number of such connections is limited too: beyond that,
 * the oldest one is closed.
 */
export class ConnectionLimit implements Admission {
  private readonly regular = new Set<Socket>();
  private readonly surplus = new Set<Socket>();

  constructor(
    server: Server,
    private readonly limits: ConnectionLimits,
  ) {
    // Runs before Node's own listener, and again for the same socket if an upgrade is declined.
    server.prependListener('connection', (socket: Socket) => this.open(socket));
  }

  /** True if a connection is beyond the limit: its first response must be its last. */
  isSurplus(socket: Socket): boolean {
    return this.surplus.has(socket);
  }

  refusalOf(request: IncomingMessage): Refusal | null {
    if (!this.isSurplus(request.socket) || isHealthCheck(request)) return null;
    const { connectionsMax } = this.limits;
    const message = `This server has ${connectionsMax} connections already. Retry later.`;
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

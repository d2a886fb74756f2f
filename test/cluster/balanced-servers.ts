import { setTimeout as pause } from 'node:timers/promises';
import { bucketCount, bucketHeader } from '../../src/client/bucket';
import type { ServerProcess } from '../e2e/server-process';
import { freePort } from '../support/free-port';
import type { ClusterServers } from './cluster-servers';

const retriesMax = 20;
const retryMs = 50;

/** One server that is stopped and started on the same port. */
interface Seat {
  readonly port: number;
  server: ServerProcess;
}

/**
 * Servers on one database behind a load balancer. Which of them responded is known from the request
 * id, whose first part is different for each process.
 */
export class BalancedServers {
  readonly #seats: Seat[] = [];
  readonly #indexes = new Map<string, number>();

  constructor(
    private readonly servers: ClusterServers,
    private readonly url: string,
  ) {}

  get ports(): number[] {
    return this.#seats.map(({ port }) => port);
  }

  async add(): Promise<void> {
    const port = await freePort();
    this.#seats.push({ port, server: this.#start(port) });
    await this.#learn(this.#seats.length - 1);
  }

  /** Stops a server as an operator does; resolves when its process has ended. */
  async stop(index: number): Promise<void> {
    const { server } = this.#seats[index];
    server.process.kill('SIGTERM');
    await server.ended;
  }

  async startAgain(index: number): Promise<void> {
    const seat = this.#seats[index];
    seat.server = this.#start(seat.port);
    await this.#learn(index);
  }

  /** Returns the server that a load balancer chooses for every second bucket. */
  async sharesBy(origin: string): Promise<number[]> {
    const every = Array.from({ length: bucketCount / 2 }, (_, index) => String(2 * index));
    return this.chosenBy(origin, every);
  }

  /** Returns the server that a load balancer chooses for each request; null has no header. */
  async chosenBy(origin: string, headers: readonly (string | null)[]): Promise<number[]> {
    const chosen: number[] = [];
    const rest = [...headers.entries()];
    const send = async () => {
      for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
        const [place, bucket] = next;
        chosen[place] = await this.#chosenBy(origin, bucket);
      }
    };
    await Promise.all(Array.from({ length: 16 }, send));
    return chosen;
  }

  /**
   * Retries as a client does: a request that meets a connection being closed gets 502 or 503, or
   * its own connection is closed.
   */
  async #chosenBy(origin: string, bucket: string | null): Promise<number> {
    const headers: Record<string, string> = bucket === null ? {} : { [bucketHeader]: bucket };
    for (let retries = 0; ; retries += 1) {
      const response = await fetch(`${origin}/healthz`, { headers }).catch(() => null);
      await response?.arrayBuffer();
      const index = response === null ? undefined : this.#indexes.get(processOf(response.headers));
      if (index !== undefined) return index;
      if (retries === retriesMax) throw new Error(`No server responds: ${response?.status}`);
      await pause(retryMs);
    }
  }

  #start(port: number): ServerProcess {
    // Behind a proxy, a server on loopback is not open by default.
    return this.servers.start(this.url, { PORT: String(port), AUTH: 'off' });
  }

  async #learn(index: number): Promise<void> {
    const { server } = this.#seats[index];
    const { headers } = await fetch(`${await server.origin}/healthz`);
    this.#indexes.set(processOf(headers), index);
  }
}

function processOf(headers: Headers): string {
  return headers.get('x-request-id')?.split('-')[0] ?? '';
}

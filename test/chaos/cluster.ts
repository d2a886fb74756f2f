import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ServerProcess, spawnServer } from '../e2e/server-process';
import { LedgerClient } from '../faults/ledger-client';
import { hasFakeClocks, setClock, withClock } from '../faults/machine';
import { freePort } from '../support/free-port';
import { isReady } from '../support/is-ready';
import { PostgresServer } from '../support/postgres-server';
import { TcpProxy } from '../support/tcp-proxy';
import { temporaryFolder } from '../support/temporary-folder';

const database = 'ledger';
const connectionsPerServer = 16;

/**
 * One server of the cluster: its process changes; its port and its connection to the database stay.
 */
export interface Seat {
  readonly proxy: TcpProxy;
  readonly client: LedgerClient;
  readonly url: string;
  readonly port: number;
  /** The file by which its clock is set; without libfaketime it does nothing. */
  readonly clock: string;
  server: ServerProcess;
}

/** Servers on one database, each with its own proxy to it. */
export class Cluster {
  readonly #retired: ServerProcess[] = [];

  private constructor(
    private readonly main: string,
    readonly postgres: PostgresServer,
    readonly url: string,
    readonly seats: readonly Seat[],
  ) {}

  /** @param mains the program of each server, which may differ. */
  static async start(main: string, servers: number): Promise<Cluster> {
    const postgres = await PostgresServer.start();
    const url = await postgres.createDatabase(database);
    const seats = await Promise.all(Array.from({ length: servers }, () => newSeat(main, postgres)));
    return new Cluster(main, postgres, url, seats);
  }

  /** Kills a server as a power cut would, and starts it again. */
  async killServer(seat: Seat): Promise<void> {
    seat.server.process.kill('SIGKILL');
    await seat.server.ended;
    this.#retired.push(seat.server);
    seat.server = startServer(this.main, seat);
  }

  /** Ends all faults, and waits until every server serves again. */
  async heal(): Promise<void> {
    for (const { proxy } of this.seats) proxy.weather = { delayMs: 0, swallows: 'nothing' };
    if (!this.postgres.isRunning) await this.postgres.start();
    for (const seat of this.seats) {
      while (!(await isReady(seat.port))) {
        await this.#startIfPortWasTaken(seat);
        await pause(50);
      }
    }
  }

  /**
   * Starts a server again if another program took its port between its death and its restart.
   * @throws if it ended for another reason.
   */
  async #startIfPortWasTaken(seat: Seat): Promise<void> {
    if (seat.server.process.exitCode === null) return;
    const { errors } = await seat.server.ended;
    if (!errors.includes('is in use')) throw new Error(`A server ended: ${errors}`);
    this.#retired.push(seat.server);
    seat.server = startServer(this.main, seat);
  }

  /** Returns the exit statuses of servers that ended by themselves. */
  crashes(): string[] {
    return this.seats.flatMap(({ server }) =>
      server.process.exitCode === null ? [] : [`a server ended with ${server.process.exitCode}`],
    );
  }

  /** Returns what the servers, killed ones included, have logged as errors. */
  faults(): unknown[] {
    const servers = [...this.#retired, ...this.seats.map(({ server }) => server)];
    return servers.flatMap(({ faults }) => faults);
  }

  async stop(): Promise<void> {
    for (const { client, server, proxy, clock } of this.seats) {
      client.close();
      server.process.kill('SIGKILL');
      await server.ended;
      await proxy.stop();
      rmSync(dirname(clock), { recursive: true });
    }
    await this.postgres.dispose();
  }
}

async function newSeat(main: string, postgres: PostgresServer): Promise<Seat> {
  const proxy = await TcpProxy.start(postgres.port);
  const port = await freePort();
  const client = new LedgerClient(`http://127.0.0.1:${port}`, connectionsPerServer);
  const clock = join(temporaryFolder('clock'), 'clock');
  setClock(clock, 0);
  const seat = { proxy, port, client, url: postgres.url(database, proxy.port), clock };
  const server = startServer(main, seat);
  await server.origin;
  return { ...seat, server };
}

function startServer(
  main: string,
  { url, port, clock }: Pick<Seat, 'url' | 'port' | 'clock'>,
): ServerProcess {
  const settings = { DATABASE_URL: url, PORT: String(port), LOG_LEVEL: 'info', AUTH: 'off' };
  return spawnServer(main, settings, hasFakeClocks ? withClock(clock) : undefined);
}

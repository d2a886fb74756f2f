import { setTimeout as pause } from 'node:timers/promises';
import { groupBy } from '../faults/group-by';
import { setClock } from '../faults/machine';
import { fairWeather } from '../support/tcp-proxy';
import type { Cluster, Seat } from './cluster';

/** The faults of a cluster, from a cut connection to a killed database. */
export const faults = [
  'cut connections',
  'half-closed by the server',
  'half-closed by the database',
  'slow connections',
  'responses dropped',
  'everything dropped',
  'server killed',
  'database frozen',
  'database killed',
  'database shut down at once',
  'clock of a server jumps forward',
  'clock of a server jumps back',
] as const;

export type Fault = (typeof faults)[number];

/** One fault of a storm, with the moments of its beginning and its end in the clients' order. */
export interface Strike {
  readonly fault: Fault;
  readonly sentAt: number;
  readonly receivedAt: number;
}

const betweenMs = 250;
const lastsMsMax = 700;
const forwardMsMax = 3_600_000;
const backMsMax = 10_000;

/** Causes the faults of a cluster in random order, each once per round. */
export class Storm {
  readonly strikes: Strike[] = [];

  /** @param moment returns the next number in the clients' order of sent and received messages. */
  constructor(
    private readonly cluster: Cluster,
    private readonly random: () => number,
    private readonly moment: () => number,
  ) {}

  get counts(): ReadonlyMap<Fault, number> {
    return new Map(
      Array.from(
        groupBy(this.strikes, ({ fault }) => fault),
        ([fault, all]) => [fault, all.length],
      ),
    );
  }

  /** Resolves when every fault has happened and the time is over. */
  async blow(milliseconds: number): Promise<void> {
    const until = performance.now() + milliseconds;
    for (;;) {
      for (const fault of this.#shuffled()) {
        await pause(this.random() * betweenMs);
        const sentAt = this.moment();
        await this.#strike(fault);
        this.strikes.push({ fault, sentAt, receivedAt: this.moment() });
      }
      if (performance.now() >= until) return;
    }
  }

  #shuffled(): Fault[] {
    return faults
      .map((fault) => ({ fault, place: this.random() }))
      .toSorted((a, b) => a.place - b.place)
      .map(({ fault }) => fault);
  }

  async #strike(fault: Fault): Promise<void> {
    const { postgres, seats } = this.cluster;
    const seat = seats[Math.floor(this.random() * seats.length)];
    const lastsMs = this.random() * lastsMsMax;
    switch (fault) {
      case 'cut connections':
        return seat.proxy.cut();
      case 'half-closed by the server':
        return seat.proxy.halfClose('far');
      case 'half-closed by the database':
        return seat.proxy.halfClose('near');
      case 'slow connections':
        return this.#withWeather(seat, lastsMs, { delayMs: 10, swallows: 'nothing' });
      case 'responses dropped':
        return this.#withWeather(seat, lastsMs, { delayMs: 0, swallows: 'responses' });
      case 'everything dropped':
        return this.#withWeather(seat, lastsMs, { delayMs: 0, swallows: 'everything' });
      case 'server killed':
        return this.cluster.killServer(seat);
      case 'database frozen':
        postgres.freeze(true);
        await pause(lastsMs);
        return postgres.freeze(false);
      case 'database killed':
        await postgres.stop('kill');
        await pause(lastsMs / 2);
        return postgres.start();
      case 'database shut down at once':
        await postgres.stop('immediate');
        return postgres.start();
      case 'clock of a server jumps forward':
        return setClock(seat.clock, Math.floor(this.random() * forwardMsMax));
      case 'clock of a server jumps back':
        return setClock(seat.clock, -Math.floor(this.random() * backMsMax));
    }
  }

  /** Cuts the connections afterwards: dropped bytes leave them in the middle of a message. */
  async #withWeather(seat: Seat, lastsMs: number, weather: Seat['proxy']['weather']) {
    seat.proxy.weather = weather;
    await pause(lastsMs);
    seat.proxy.weather = fairWeather;
    if (weather.swallows !== 'nothing') seat.proxy.cut();
  }
}

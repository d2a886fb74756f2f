import { LoadBalancer } from '../../test/support/load-balancer';
import type { Load } from '../http/load';
import type { LoadFigures } from '../http/load-worker';
import { type Kind, startOne } from '../postgres/fleet';
import { type Programs, type Usage, UsageMeter } from './processor-usage';
import type { Run } from './runs';

/** Servers of one kind behind nginx with its file in `deploy/`. */
export interface Side {
  /** Sends load through nginx for a time, or until so many requests are done. */
  burst(run: Run, milliseconds: number, requestsMax?: number): Promise<Burst>;
  /** Of nginx. */
  readonly port: number;
  stop(): Promise<void>;
}

export interface Burst extends LoadFigures {
  readonly usage: Usage;
}

/** @param shared the processes that both sides use. */
export async function startSide(
  kind: Kind,
  url: string,
  count: number,
  load: Load,
  shared: Pick<Programs, 'PostgreSQL' | 'network' | 'load'>,
): Promise<Side> {
  const servers = await Promise.all(Array.from({ length: count }, () => startOne(kind, url, null)));
  const balancer = await LoadBalancer.start(
    'nginx',
    servers.map(({ port }) => port),
  );
  const programs = {
    ...shared,
    servers: servers.map(({ child }) => child.pid!),
    nginx: [balancer.pid],
  };
  return {
    port: balancer.port,
    async burst({ accounts, callers, route }, milliseconds, requestsMax) {
      const request = { kind: 'addTransaction', accounts, hasBucket: route === 'hashed' } as const;
      const meter = new UsageMeter(programs);
      const figures = await load.run({
        port: balancer.port,
        connections: callers,
        milliseconds,
        request,
        refusals: 'count',
        ...(requestsMax === undefined ? {} : { requestsMax }),
      });
      return { ...figures, usage: meter.sinceStart() };
    },
    async stop() {
      await balancer.stop();
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

import { join } from 'node:path';
import type { RequestKind } from '../http/graphql-requests';
import { Load } from '../http/load';
import type { LoadFigures } from '../http/load-worker';
import { type ServerProcess, startLedger, startReference } from '../http/server-process';

export type Kind = 'ledger' | 'reference';

/** Servers of one kind on one database, and a load for each. */
export interface Fleet {
  readonly servers: readonly ServerProcess[];
  /** Distributes connections over the servers; requests per second are the sum. */
  run(order: FleetOrder): Promise<LoadFigures>;
  stop(): Promise<void>;
}

interface FleetOrder {
  readonly connections: number;
  readonly milliseconds: number;
  readonly request: RequestKind;
  readonly requestsPerSecond?: number | null;
}

/** @param urls the address of the database for each server. */
export async function startFleet(
  kind: Kind,
  urls: readonly string[],
  core: number | null,
): Promise<Fleet> {
  const servers = await Promise.all(urls.map((url) => startOne(kind, url, core)));
  const loads = await Promise.all(
    servers.map(() => (core === null ? Load.start(null) : Load.start())),
  );
  return {
    servers,
    async run({ connections, requestsPerSecond = null, ...order }) {
      const share = servers.length;
      const figures = await Promise.all(
        servers.map(({ port }, index) =>
          loads[index].run({
            ...order,
            port,
            connections: connections / share,
            requestsPerSecond: requestsPerSecond === null ? null : requestsPerSecond / share,
          }),
        ),
      );
      return together(figures);
    },
    async stop() {
      await Promise.all([...loads, ...servers].map((each) => each.stop()));
    },
  };
}

export function startOne(kind: Kind, url: string, core: number | null): Promise<ServerProcess> {
  // A server that is open only because it is on loopback refuses what comes through a load
  // balancer.
  if (kind === 'ledger') return startLedger(url, [], core, { AUTH: 'off' });
  const script = join(__dirname, '..', 'reference', 'row-lock.js');
  return startReference(script, { DATABASE_URL: url, NODE_ENV: 'production' }, core);
}

/** Combines figures. Of the quantiles the worst: no server's requests are hidden by another's. */
function together(figures: readonly LoadFigures[]): LoadFigures {
  const sum = (of: (figure: LoadFigures) => number) =>
    figures.reduce((total, figure) => total + of(figure), 0);
  return {
    requestsPerSecond: sum(({ requestsPerSecond }) => requestsPerSecond),
    p50Ms: Math.max(...figures.map(({ p50Ms }) => p50Ms)),
    p99Ms: Math.max(...figures.map(({ p99Ms }) => p99Ms)),
    loadBusy: sum(({ loadBusy }) => loadBusy),
    responses: sum(({ responses }) => responses),
    refusedShare: Math.max(...figures.map(({ refusedShare }) => refusedShare)),
  };
}

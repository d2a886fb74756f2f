import { bucketCount, bucketHeader, bucketOf } from '../../src/client/bucket';
import { LedgerClient } from '../faults/ledger-client';
import { numbersFrom } from '../model/runs';
import { LoadBalancer } from '../support/load-balancer';
import type { Cluster } from './cluster';

const connections = 16;

/** How requests name the bucket of their account. */
const manners = ['right', 'wrong', 'random', 'missing'] as const;
type Manner = (typeof manners)[number];

/** Clients that send their requests through nginx, each with another manner of naming buckets. */
export class BalancedWays {
  private constructor(
    private readonly balancer: LoadBalancer,
    readonly clients: readonly LedgerClient[],
  ) {}

  static async to(cluster: Cluster, seed: number): Promise<BalancedWays> {
    const ports = cluster.seats.map(({ port }) => port);
    const balancer = await LoadBalancer.start('nginx', ports);
    const random = numbersFrom(seed);
    const clients = manners.map(
      (manner) =>
        new LedgerClient(balancer.origin, connections, (variables) =>
          headersFor(manner, accountIn(variables), random),
        ),
    );
    return new BalancedWays(balancer, clients);
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.close();
    await this.balancer.stop();
  }
}

function headersFor(manner: Manner, account: string, random: () => number) {
  const headers = (bucket: number) => ({ [bucketHeader]: String(bucket) });
  switch (manner) {
    case 'right':
      return headers(bucketOf(account));
    case 'wrong':
      return headers((bucketOf(account) + bucketCount / 2) % bucketCount);
    case 'random':
      return headers(Math.floor(random() * bucketCount));
    case 'missing':
      return {};
  }
}

/** Returns the account of a request, of its first row if it has several; or the id of an entry. */
function accountIn(variables: object): string {
  const { id, input } = variables as Variables;
  return id ?? input?.accountId ?? input?.transactions?.[0]?.accountId ?? '';
}

interface Variables {
  readonly id?: string;
  readonly input?: Account & { readonly transactions?: readonly Account[] };
}

interface Account {
  readonly accountId?: string;
}

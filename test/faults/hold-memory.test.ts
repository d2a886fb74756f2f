import { setTimeout as pause } from 'node:timers/promises';
import { useFreshDatabases } from '../support/fresh-databases';
import type { ApiEntry } from './api-entry';
import { type Racer, RaceServers } from './race-servers';

jest.setTimeout(360_000);

const fresh = useFreshDatabases();
const end = Date.UTC(2024, 0, 1, 12);
const hour = 3_600_000;
const openMax = 1_000;

const grant = { kind: 'addTransaction', payer: 'A', points: 10_000, timestamp: 1 } as const;

function holdOf(points: number, expiresAt = end) {
  return { kind: 'holdPoints', points, expiresAt } as const;
}

/** Runs a race on one database, and has its history checked. */
async function checked(run: (servers: RaceServers) => Promise<void>): Promise<void> {
  const servers = new RaceServers(await fresh());
  try {
    await run(servers);
    expect(await servers.complaints()).toEqual([]);
  } finally {
    await servers.stop();
  }
}

describe('a hold that ends while its account is not in memory', () => {
  const ways = [
    [
      'is over for a capture',
      (servers: RaceServers, racer: Racer, hold: ApiEntry) =>
        servers.send(racer, 'a', { kind: 'captureHold', points: null, keepRest: false }, hold),
    ],
    [
      'is over for a release',
      (servers: RaceServers, racer: Racer, hold: ApiEntry) =>
        servers.send(racer, 'a', { kind: 'releaseHold' }, hold),
    ],
  ] as const;

  test.each(ways)('%s, and its points are back', (_way, send) =>
    checked(async (servers) => {
      // Whatever is not in use is evicted, and a load begins with a snapshot.
      const limits = { residentWeightMax: 1, snapshotEntriesMin: 1 };
      const evicting = await servers.start(end - hour, limits);
      await servers.send(evicting, 'a', grant);
      const { entry } = await servers.send(evicting, 'a', holdOf(60));
      const spend = { kind: 'spendPoints', points: 1 } as const;
      for (let count = 0; count < 20; count += 1) await servers.send(evicting, 'a', spend);
      await servers.send(evicting, 'b', grant);
      evicting.now = end - 1;
      await evicting.witness.look('a');
      const started = await servers.start(end, limits);
      evicting.now = end;
      for (const racer of [evicting, started]) {
        await racer.witness.look('a');
        await racer.witness.lookUp('a', entry!.id);
        const outcome = await send(servers, racer, entry!);
        expect(outcome).toMatchObject({ code: 'HOLD_IS_OVER' });
        await racer.witness.preview('a', { points: 9_980 });
      }
      const all = await servers.send(started, 'a', { ...spend, points: 9_980 });
      expect(all).toMatchObject({ code: null });
      await evicting.witness.look('a');
      expect(evicting.journal.calls).toContain('saveSnapshot');
      expect(evicting.journal.calls).toContain('snapshotPart');
    }),
  );

  test('is recorded as over by the sweep of a server that never had the account', () =>
    checked(async (servers) => {
      const first = await servers.start(end - hour);
      await servers.send(first, 'a', grant);
      const { entry } = await servers.send(first, 'a', holdOf(60));
      const sweeping = await servers.start(end, {}, true);
      const newest = async () => (await servers.journal()).get('a')!.at(-1)!;
      while ((await newest()).kind !== 'lapse') await pause(10);
      expect(await newest()).toMatchObject({ rows: [{ kind: 'end', at: end, points: 60 }] });
      for (const racer of [first, sweeping]) {
        await racer.witness.look('a');
        await racer.witness.lookUp('a', entry!.id);
        const outcome = await servers.send(racer, 'a', { kind: 'releaseHold' }, entry);
        expect(outcome).toMatchObject({ code: 'HOLD_IS_OVER' });
      }
    }));
});

describe('an account with 1,000 holds', () => {
  const waysIn = 50;

  test('takes as many as there is room for when 50 clients of two servers hold at once', () =>
    checked(async (servers) => {
      const racers = [await servers.start(end - hour), await servers.start(end - hour)];
      await servers.send(racers[0], 'a', { ...grant, expiresAt: end + 1 });
      await servers.send(racers[0], 'a', { ...grant, payer: 'B' });
      const before = openMax - 10;
      for (let sent = 0; sent < before; sent += waysIn) {
        const count = Math.min(waysIn, before - sent);
        const holding = Array.from({ length: count }, () =>
          servers.send(racers[0], 'a', holdOf(7)),
        );
        for (const { code } of await Promise.all(holding)) expect(code).toBeNull();
      }
      const racing = Array.from({ length: waysIn }, (_, index) =>
        servers.send(racers[index % 2], 'a', holdOf(7)),
      );
      const codes = (await Promise.all(racing)).map(({ code }) => code);
      expect(codes.filter((code) => code === null)).toHaveLength(10);
      expect(codes.filter((code) => code === 'HOLDS_EXCEEDED')).toHaveLength(40);

      // All end at one instant: as many rows as one entry has.
      for (const racer of racers) racer.now = end;
      await racers[1].witness.look('a');
      const { entry } = await servers.send(racers[0], 'a', holdOf(7, end + hour));
      expect(entry).toMatchObject({ points: 7 });
      // The lot expires with what has come back to it: one row more than an entry has.
      for (const racer of racers) racer.now = end + 1;
      await racers[1].witness.look('a');
      await servers.send(racers[1], 'a', { kind: 'releaseHold' }, entry);
      await racers[0].witness.look('a');
    }));

  test('ends them all in more rows than one entry has, and nothing is lost', () =>
    checked(async (servers) => {
      const racers = [await servers.start(end - hour), await servers.start(end - hour)];
      await servers.send(racers[0], 'a', { ...grant, expiresAt: end });
      await servers.send(racers[0], 'a', { ...grant, payer: 'B', expiresAt: end });
      for (let sent = 0; sent < openMax; sent += waysIn) {
        const holding = Array.from({ length: waysIn }, () =>
          servers.send(racers[0], 'a', holdOf(7)),
        );
        for (const { code } of await Promise.all(holding)) expect(code).toBeNull();
      }
      for (const racer of racers) racer.now = end;
      const sent = racers.map((racer) => servers.send(racer, 'a', { ...grant, points: 5 }));
      for (const { code } of await Promise.all(sent)) expect(code).toBeNull();
      await racers[1].witness.look('a');
      const entries = (await servers.journal()).get('a')!;
      const rows = entries.flatMap((entry) => (entry.kind === 'lapse' ? entry.rows.length : []));
      // Both lots expire at first, and what each hold gives back expires after its end.
      expect(rows).toEqual([1_000, 1_000, 2]);
    }));
});

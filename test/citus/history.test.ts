import { setTimeout as pause } from 'node:timers/promises';
import { Clients } from '../chaos/clients';
import type { Seat } from '../chaos/cluster';
import { readJournalDatabase, shapeComplaints } from '../chaos/journal-database';
import { keepStory } from '../chaos/kept-story';
import { useClusterServers } from '../cluster/cluster-servers';
import { complaintsOf } from '../faults/checker';
import { Evidence } from '../faults/evidence';
import { LedgerClient } from '../faults/ledger-client';
import { numbersFrom } from '../model/runs';
import { citusBinaries, citusReason, useCitus } from '../support/citus-cluster';
import { describeIf } from '../support/needs';
import { fairWeather, TcpProxy } from '../support/tcp-proxy';
import { distributedDatabases } from './distributed-databases';

/** `CITUS_SEED` repeats what the clients send; when a fault strikes is chance. */
const seed = Number(process.env.CITUS_SEED ?? Math.floor(Math.random() * 1_000_000));
const serverCount = 3;
const calmMs = 700;
const readyMsMax = 30_000;

describeIf(citusBinaries() !== null, citusReason)('on Citus,', () => {
  const citus = useCitus();
  const fresh = distributedDatabases(citus);
  const servers = useClusterServers();
  const seats: Seat[] = [];

  // Also after a failure: an open proxy would keep Jest from ending.
  afterAll(async () => {
    for (const { proxy, client } of seats) {
      client.close();
      await proxy.stop();
    }
  });

  test(`whatever node dies, a confirmed change is stored once and unchanged (CITUS_SEED=${seed})`, async () => {
    const url = await fresh();
    const database = new URL(url).pathname.slice(1);
    const { coordinator, workers } = citus();
    for (let number = 0; number < serverCount; number += 1) {
      const proxy = await TcpProxy.start(coordinator.port);
      const server = servers.start(coordinator.url(database, proxy.port));
      const origin = await server.origin;
      const client = new LedgerClient(origin, 16);
      const port = Number(new URL(origin).port);
      seats.push({ proxy, client, server, url: origin, port, clock: '' });
    }
    const evidence = new Evidence();
    const ways = seats.map(({ client }) => client);
    const clients = new Clients(ways, evidence, seed);
    const running = clients.run();
    const random = numbersFrom(seed);
    const faults: (readonly [string, () => Promise<void>])[] = [
      ...[...workers, coordinator].map(
        (node, index) =>
          [
            index < workers.length ? `worker ${index} killed` : 'coordinator killed',
            async () => {
              await node.stop('kill');
              await pause(random() * calmMs);
              await node.start();
            },
          ] as const,
      ),
      ['connections cut', async () => seats[Math.floor(random() * serverCount)]!.proxy.cut()],
      [
        'a worker loses its connections',
        async () => {
          const others = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = '${database}' AND pid <> pg_backend_pid()`;
          await workers[1]!.query(others);
        },
      ],
      [
        'responses swallowed',
        async () => {
          const { proxy } = seats[0]!;
          proxy.weather = { delayMs: 0, swallows: 'responses' };
          await pause(calmMs);
          proxy.weather = fairWeather;
          proxy.cut();
        },
      ],
    ];
    try {
      for (const [, strike] of [...faults, ...faults]) {
        await pause(calmMs);
        await strike();
      }
      for (const { url: origin } of seats) {
        const until = performance.now() + readyMsMax;
        while (!(await fetch(`${origin}/readyz`)).ok && performance.now() < until) await pause(100);
      }
      await pause(calmMs);
    } finally {
      clients.stop();
      await running;
    }
    await citus().untilResolved(database);
    const journal = await readJournalDatabase(url);
    const complaints = [
      ...shapeComplaints(journal),
      ...complaintsOf(evidence, journal, 'account of a call'),
    ];
    const keptIn =
      complaints.length > 0
        ? keepStory({ seed, complaints, evidence, journal, strikes: [], faults: faultsOf(seats) })
        : null;
    expect({ keptIn, complaints: complaints.slice(0, 10) }).toEqual({
      keptIn: null,
      complaints: [],
    });
    expect(clients.responses).toBeGreaterThan(100);
    expect([...journal.values()].flat().length).toBeGreaterThan(50);
  });
});

function faultsOf(seats: readonly Seat[]): unknown[] {
  return seats.flatMap(({ server }) => server.faults);
}

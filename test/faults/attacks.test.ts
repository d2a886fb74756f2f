import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SqliteJournal } from '../../src/journal/sqlite/journal';
import { replayJournal } from '../model/replay-journal';
import { numbersFrom } from '../model/runs';
import { add, run, serviceOn, spend } from '../service/service-fixture';
import { CrashStory } from './crash-story';
import { readJournalFile } from './journal-file';
import { LedgerClient } from './ledger-client';
import { killServer, useServers } from './servers';

const servers = useServers();
/** Half as many as for the crashes: these go through fewer states. */
const rounds = Math.ceil(Number(process.env.CRASH_ROUNDS ?? 4) / 2);
const timeoutMs = 30_000 + rounds * 10_000;
const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);

test(
  'a server stopped under load responds to every request that it accepted, and loses none',
  async () => {
    for (let round = 0; round < rounds; round += 2) {
      const story = new CrashStory(servers, servers.newPath(), 'stopped');
      const ended = await story.live({ seed: seed + round, responses: 200, signal: 'SIGTERM' });
      expect(ended).toEqual({ code: 0, signal: null, errors: '' });
      expect({ seed, complaints: await story.check() }).toEqual({ seed, complaints: [] });
      // A connection that was not accepted may be reset with a request in it, which was then not
      // processed.
      expect(story.recordedUnacknowledged()).toEqual([]);
      await story.end();
    }
  },
  timeoutMs,
);

test(
  'a server killed while it creates its ledger leaves one that the next can use',
  async () => {
    const random = numbersFrom(seed);
    for (let round = 0; round < rounds; round += 1) {
      const path = servers.newPath();
      const server = servers.start(path);
      for (let look = 0; look < 10_000 && !existsSync(path); look += 1) await pause(1);
      await pause(12 * random());
      await killServer(server);
      const journal = await SqliteJournal.open(path);
      expect((await run(serviceOn(journal), 'm', add(5))).view).toMatchObject({ points: 5 });
      await journal.close();
      expect(readJournalFile(path).get('m')).toHaveLength(1);
    }
  },
  timeoutMs,
);

/** Sends the beginning of a request, and closes the connection. */
async function sendAndLeave(origin: string, request: string, bytes: number): Promise<void> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  socket.write(request.slice(0, bytes), () => socket.destroy());
  await closed;
}

function requestOf(reference: string): string {
  const input = { accountId: 'left', payer: 'A', points: 1, timestamp: '2020-01-01T00:00:00Z' };
  const query =
    'mutation ($input: AddTransactionInput!) { addTransaction(input: $input) { replayed } }';
  const variables = { input: { ...input, reference, idempotencyKey: reference } };
  const body = JSON.stringify({ query, variables });
  const head = ['POST /graphql HTTP/1.1', 'host: localhost', 'content-type: application/json'];
  return [...head, `content-length: ${body.length}`, '', body].join('\r\n');
}

test('a request counts only if all of it arrived before the client disconnected', async () => {
  const path = servers.newPath();
  const server = servers.start(path);
  const origin = await server.origin;
  const whole = requestOf('whole');
  await Promise.all(
    Array.from({ length: 60 }, (_, index) => {
      const isWhole = index % 2 === 0;
      const request = requestOf(isWhole ? `whole ${index}` : `cut ${index}`);
      return sendAndLeave(origin, request, isWhole ? request.length : whole.length - 1 - index);
    }),
  );
  const client = new LedgerClient(origin);
  const ask = `mutation { addTransaction(input: { accountId: "left", payer: "B", points: 1,
    timestamp: "2020-01-01T00:00:00Z" }) { transaction { sequence } account { points } } }`;
  for (let look = 0; look < 200 && entries().length < 30; look += 1) await pause(10);
  const { addTransaction } = await client.read<{ addTransaction: object }>(ask);
  const references = entries().map(({ reference }) => reference);
  expect(references.filter((reference) => reference?.startsWith('cut'))).toEqual([]);
  expect(new Set(references).size).toBe(references.length);
  expect(addTransaction).toEqual({
    transaction: { sequence: references.length },
    account: { points: references.length },
  });

  function entries() {
    return readJournalFile(path, 'left').get('left') ?? [];
  }
});

test('recorded times never decrease when the clock goes back, also over a restart', async () => {
  const path = servers.newPath();
  const clocks = [5_000, 4_000, 6_000, 1_000, 7_000, Date.UTC(1969, 0)];
  for (const clock of clocks) {
    const journal = await SqliteJournal.open(path);
    const limits = { snapshotEntriesMin: 3 };
    let now = clock;
    const service = serviceOn(journal, { limits, now: () => now });
    await run(service, 'm', add(5, { timestamp: clock }), spend(2));
    now -= 500;
    await run(service, 'm', add(5, { timestamp: clock }), spend(3));
    await service.close();
  }
  const entries = readJournalFile(path).get('m')!;
  expect(entries.map(({ recordedAt }) => recordedAt)).toEqual([
    ...[5_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000],
    ...[6_000, 6_000, 6_000, 6_000, 6_000, 6_000, 6_000, 6_000],
    ...[7_000, 7_000, 7_000, 7_000, 7_000, 7_000, 7_000, 7_000],
  ]);
  expect(replayJournal('m', entries).points()).toBe(30);
});

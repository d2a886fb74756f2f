import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startApp } from '../../src/app';
import { SqliteJournal } from '../../src/journal/sqlite/journal';
import type { Command } from '../../src/ledger/command';
import { silentLogger } from '../../src/telemetry/logger';
import { add, spend } from '../ledger/commands';
import { run, serviceOn } from '../service/service-fixture';
import { appSettings } from '../support/app-settings';
import { byCrashRounds } from '../support/crash-sizes';
import { testIf } from '../support/needs';
import { temporaryFolder } from '../support/temporary-folder';
import { MeteredJournal } from './metered-journal';

const entryCount = byCrashRounds(100_000, 300_000, 1_000_000);
const lotCount = 1_000;
/** Small enough to leave entries behind the last snapshot. */
const commandsPerJob = 700;

let folder: string;
let path: string;
beforeAll(async () => {
  folder = temporaryFolder('loading');
  path = join(folder, 'long.db');
  await writeLongLife();
}, 360_000);
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Writes a long history: a thousand open lots; every spend takes from the oldest, and every add
 * opens one.
 */
async function writeLongLife(): Promise<void> {
  const service = serviceOn(await SqliteJournal.open(path));
  let entries = 0;
  while (entries < entryCount) {
    const length = Math.min(commandsPerJob, entryCount - entries);
    const commands = Array.from({ length }, (): Command => {
      entries += 1;
      const isSpend = entries > lotCount && entries % 2 === 0;
      return isSpend ? spend(7) : add(`payer ${entries % 3}`, 7, entries);
    });
    await run(service, 'long', ...commands);
  }
  await service.close();
}

const view = ({ sequence, lotCount: lots, points }: Life) => ({ sequence, lots, points });
type Life = { readonly sequence: number; readonly lotCount: number; readonly points: number };

test('with a snapshot, loading an account costs its open lots and not its history', async () => {
  const journal = new MeteredJournal(await SqliteJournal.open(path));
  const service = serviceOn(journal);
  expect(journal.calls).toBe(0);
  const [{ view: seen }] = await service.run([
    { accountId: 'long', commands: [], view: (account) => view(account!) },
  ]);
  await service.close();
  const lots = seen.points / 7;
  expect(seen).toEqual({ sequence: entryCount, lots, points: 7 * lots });
  expect(lots).toBeGreaterThanOrEqual(lotCount);
  expect(lots).toBeLessThan(2 * lotCount);
  expect(journal.entriesRead).toBeLessThan(2 * lotCount);
  expect(journal.partsRead).toBe(1);
});

const counted = testIf(
  existsSync('/proc/self/io'),
  'read counter tests: no /proc/self/io; run on Linux',
);

counted('the server starts on a long journal without reading it', async () => {
  await bytesReadAtStart(join(folder, 'empty.db'));
  const forNothing = await bytesReadAtStart(join(folder, 'empty.db'));
  const forLong = await bytesReadAtStart(path);
  expect(statSync(path).size).toBeGreaterThan(entryCount * 50);
  expect(forLong - forNothing).toBeLessThan(100_000);
});

/**
 * Returns how many bytes this process reads, from files and elsewhere, while it starts a server.
 */
async function bytesReadAtStart(ledger: string): Promise<number> {
  const before = bytesRead();
  const database = { kind: 'file', path: ledger } as const;
  const app = await startApp({ ...appSettings, database }, silentLogger);
  const bytes = bytesRead() - before;
  await app.close();
  return bytes;
}

function bytesRead(): number {
  return Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))![1]);
}

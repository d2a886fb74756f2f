import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Append } from '../../../src/journal/journal';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { everything } from '../contract/append';
import { beginning, following, markOf, partsOf, run } from '../entries';
import { useFolder } from './fixture';
import { type LogLayout, layoutOf } from './write-ahead-log';

const folder = useFolder();
const accounts = ['a', 'b', 'c'];
const firstRows = 40;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
/**
 * How many places of a log are tried: by default the header, the ends of commits and a few offsets;
 * a `sample` of the offsets and the ends of all frames; or `all`. Each opens a ledger.
 */
const torn = process.env.TORN_LOG ?? 'few';
const isThorough = torn === 'all';
const sampleSize = torn === 'few' ? 10 : 40;
const thoroughMsMax = 3_600_000;

test('the live connection uses WAL mode with synchronous=FULL', async () => {
  const path = join(folder(), 'ledger.db');
  const journal = await SqliteJournal.open(path);
  const settings = () => [journal.pragma('journal_mode'), journal.pragma('synchronous')];
  expect(settings()).toEqual(['wal', 2]);
  await journal.append([beginning(...run('a', 1, 50))]);
  expect(settings()).toEqual(['wal', 2]);
  await journal.close();
  const reopened = await SqliteJournal.open(path);
  expect([reopened.pragma('journal_mode'), reopened.pragma('synchronous')]).toEqual(['wal', 2]);
  await reopened.close();
});

test('an append is one commit, however many accounts and rows it has', async () => {
  const { log, batches } = await writtenLog();
  expect(layoutOf(log).commitEnds).toHaveLength(batches.length);
  expect(batches.map((batch) => batch.length)).toContain(accounts.length);
});

test('an append that only conflicts writes nothing', async () => {
  const path = join(folder(), 'ledger.db');
  const journal = await SqliteJournal.open(path);
  await journal.append([beginning(...run('a', 1, 2))]);
  const before = readFileSync(`${path}-wal`);
  expect(await journal.append([beginning(...run('a', 1, 9))])).toEqual(['conflict']);
  expect(readFileSync(`${path}-wal`).equals(before)).toBe(true);
  await journal.close();
});

test(
  `a log torn at any byte opens with the batches committed before it, SEED=${seed}`,
  async () => {
    const written = await writtenLog();
    const { frameEnds, commitEnds } = layoutOf(written.log);
    const end = frameEnds.at(-1)!;
    expect(written.log.length).toBeGreaterThan(end);
    const ends = torn === 'few' ? commitEnds : frameEnds;
    const boundaries = [0, 32, ...ends].flatMap((offset) => [offset - 1, offset, offset + 1]);
    const tears = isThorough ? allUpTo(end) : [...boundaries, ...sampleUpTo(end)];
    for (const tear of tears.filter((offset) => offset >= 0)) {
      const kept = commitEnds.filter((commitEnd) => commitEnd <= tear).length;
      const opened = await openedWith(written, written.log.subarray(0, tear));
      expect({ tear, ids: opened }).toEqual({ tear, ids: written.idsAfter[kept] });
    }
  },
  thoroughMsMax,
);

test(`a WAL with a changed byte opens with the batches before it, SEED=${seed}`, async () => {
  const written = await writtenLog();
  const layout = layoutOf(written.log);
  const end = layout.frameEnds.at(-1)!;
  for (const offset of [0, 9, 31, 32, 36, end - 1, ...sampleUpTo(end - 1)]) {
    const log = Buffer.from(written.log);
    log[offset] ^= 0x41;
    const kept = committedBefore(offset, layout);
    const opened = await openedWith(written, log);
    expect({ offset, ids: opened }).toEqual({ offset, ids: written.idsAfter[kept] });
  }
});

interface WrittenLog {
  readonly database: Buffer;
  readonly log: Buffer;
  readonly batches: readonly (readonly Append[])[];
  /** Returns the ids of all entries after a number of batches. */
  readonly idsAfter: readonly (readonly string[])[];
}

/**
 * A ledger after a power failure: some batches in the database, later ones only in the WAL, and old
 * frames at its end.
 */
async function writtenLog(): Promise<WrittenLog> {
  const path = join(folder(), 'written.db');
  const journal = await SqliteJournal.open(path);
  const firsts = accounts.map((account) => run(account, 1, firstRows));
  await journal.append(firsts.map((entries) => beginning(...entries)));
  const entry = markOf(firsts[0][firstRows - 1]);
  const large = partsOf('x'.repeat(300_000));
  await journal.saveSnapshot({ accountId: accounts[0], id: 'large', entry }, large);
  journal.pragma('wal_checkpoint(PASSIVE)');
  const lasts = firsts.map((entries) => entries[firstRows - 1]);
  const batches: Append[][] = [];
  for (let batch = 0; batch < 7; batch += 1) {
    const touched = accounts.map((_, index) => index).slice(0, (batch % 3) + 1);
    const appends = touched.map((index) => {
      const { accountId, sequence } = lasts[index];
      const entries = run(accountId, sequence + 1, sequence + 1 + ((batch * 5) % 12));
      const append = following(lasts[index], ...entries);
      lasts[index] = entries.at(-1)!;
      return append;
    });
    await journal.append(appends);
    batches.push(appends);
  }
  copyFileSync(path, `${path}.copy`);
  const log = readFileSync(`${path}-wal`);
  await journal.close();
  return {
    database: readFileSync(`${path}.copy`),
    log,
    batches,
    idsAfter: idsAfter(firsts, batches),
  };
}

function idsAfter(
  firsts: readonly (readonly { readonly id: string }[])[],
  batches: readonly (readonly Append[])[],
): string[][] {
  const kept = firsts.map((entries) => entries.map(({ id }) => id));
  const states = [kept.flat()];
  for (const batch of batches) {
    for (const { accountId, entries } of batch) {
      kept[accounts.indexOf(accountId)].push(...entries.map(({ id }) => id));
    }
    states.push(kept.flat());
  }
  return states;
}

/** Returns what a ledger with this WAL holds when it is opened: ids, by account and sequence. */
async function openedWith({ database }: WrittenLog, log: Buffer): Promise<string[]> {
  const copy = mkdtempSync(join(folder(), 'copy-'));
  const path = join(copy, 'ledger.db');
  writeFileSync(path, database);
  writeFileSync(`${path}-wal`, log);
  const journal = await SqliteJournal.open(path);
  const histories = await Promise.all(accounts.map((account) => everything(journal, account)));
  await journal.close();
  rmSync(copy, { recursive: true });
  collectGarbage();
  return histories.flat().map(({ id }) => id);
}

function committedBefore(offset: number, { frameEnds, commitEnds }: LogLayout): number {
  const firstFrame = 32;
  if (offset < firstFrame) return 0;
  const intact = frameEnds.filter((frameEnd) => frameEnd <= offset).at(-1) ?? 0;
  return commitEnds.filter((commitEnd) => commitEnd <= intact).length;
}

function allUpTo(end: number): number[] {
  return Array.from({ length: end + 1 }, (_, offset) => offset);
}

/** Returns random offsets; their seed is in the names of the tests. */
function sampleUpTo(end: number): number[] {
  return fc.sample(fc.nat({ max: end }), { numRuns: sampleSize, seed });
}

let openedCount = 0;

/**
 * libsql releases a closed file when its statements are garbage-collected; hundreds of opened
 * ledgers need that in time.
 */
function collectGarbage(): void {
  openedCount += 1;
  if (openedCount % 100 !== 0) return;
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

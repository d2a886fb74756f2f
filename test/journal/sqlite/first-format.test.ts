import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { SqliteReader } from '../../../src/journal/sqlite/reader';
import { silentLogger } from '../../../src/telemetry/logger';
import { byCrashRounds } from '../../support/crash-sizes';
import { killWhileOpening } from '../child-process';
import { following, transaction } from '../entries';
import { createFirstSqlite, insertOfFirstFormat, trialOfFirstFormat } from '../first-format';
import { useFolder } from './fixture';

// `npm run test:crash` upgrades a million entries, and `.ci/run` a fifth.
const accounts = byCrashRounds(300, 2_000, 10_000);
const perAccount = 100;
const isLong = accounts > 300;
jest.setTimeout(isLong ? 600_000 : 180_000);

/** Moments of the upgrade, as parts of its time: it copies, indexes, commits and checkpoints. */
const moments = isLong
  ? [0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1.1, 1.25, 1.5]
  : [0, 0.3, 0.6];

const folder = useFolder();
const pathOf = () => join(folder(), 'ledger.db');
const range = { from: 1, to: 1_000, order: 'ascending', limit: 1_000 } as const;

/** Reads all that is stored with plain SQL. */
function contentOf(path: string, columns: string): unknown[] {
  const database = new Database(path);
  try {
    return database.prepare(`SELECT ${columns} FROM entry ORDER BY account_id, sequence`).all();
  } finally {
    database.close();
  }
}

/** Upgrades a copy, and returns how long that took on this machine. */
async function timeOfUpgrade(): Promise<number> {
  const copy = join(folder(), 'copy.db');
  copyFileSync(pathOf(), copy);
  const began = performance.now();
  await (await SqliteJournal.open(copy)).close();
  return performance.now() - began;
}

test('a store of format 1 is upgraded with all its entries, and says so in the log', async () => {
  createFirstSqlite(pathOf(), accounts, perAccount);
  const columns =
    'account_id, sequence, id, format, kind, payer, points, timestamp, recorded_at, reference, idempotency_key, allocations';
  const before = isLong ? [] : contentOf(pathOf(), columns);
  const lines: string[] = [];
  const logger = { ...silentLogger, info: (_fields: object, line: string) => lines.push(line) };
  const journal = await SqliteJournal.open(pathOf(), { logger });
  expect(lines[0]).toMatch(/^Upgrading the table of entries/);
  expect(lines.at(-1)).toBe('Ledger opened');

  const entries = await journal.entries({ ...range, accountId: 'account 1' });
  expect(entries.map(({ sequence, digest }) => [sequence, digest])).toEqual(
    Array.from({ length: perAccount }, (_each, index) => [index + 1, null]),
  );
  const next = transaction('account 1', perAccount + 1, { digest: 'f'.repeat(64) });
  expect(await journal.append([following(entries.at(-1)!, next)])).toEqual(['appended']);
  expect(await journal.entries({ ...range, accountId: 'account 1', from: perAccount })).toEqual([
    entries.at(-1),
    next,
  ]);
  await journal.close();
  const after = isLong ? [] : contentOf(pathOf(), columns);
  expect(after.filter((row) => (row as { format: number }).format === 1)).toEqual(before);
  const sums = contentOf(pathOf(), "sum(digest = '') AS old, count(*) AS rows");
  expect(sums).toEqual([{ old: accounts * perAccount, rows: accounts * perAccount + 1 }]);
});

test('kill -9 at any moment of the upgrade leaves the store as it was, or upgraded', async () => {
  createFirstSqlite(pathOf(), accounts, perAccount);
  const upgradeMs = await timeOfUpgrade();
  const columns = 'account_id, sequence, id, kind, points, timestamp, allocations';
  const before = isLong ? [] : contentOf(pathOf(), columns);
  for (const moment of moments) {
    await killWhileOpening(pathOf(), moment * upgradeMs);
    if (!isLong) expect(contentOf(pathOf(), columns)).toEqual(before);
  }
  const journal = await SqliteJournal.open(pathOf());
  expect(await journal.entries({ ...range, accountId: 'account 7' })).toHaveLength(perAccount);
  expect(journal.pragma('integrity_check')).toBe('ok');
  await journal.close();
});

test('what an older version would insert fails entirely, and changes nothing', async () => {
  createFirstSqlite(pathOf(), 2, 3);
  await (await SqliteJournal.open(pathOf())).close();
  const database = new Database(pathOf());
  const inserts = [insertOfFirstFormat('account 1', 4), insertOfFirstFormat('new', 1)];
  for (const insert of [...inserts, trialOfFirstFormat]) {
    expect(() => database.exec(insert)).toThrow('NOT NULL constraint failed: entry.digest');
  }
  database.close();
  expect(contentOf(pathOf(), 'sequence')).toHaveLength(6);
});

test('a store of format 1 that is only read stays as it is, and its entries have no digest', async () => {
  createFirstSqlite(pathOf(), 2, 3);
  const bytes = readFileSync(pathOf());
  const reader = await SqliteReader.open(pathOf());
  const entries = await reader.entries({ ...range, accountId: 'account 1' });
  expect(entries.map(({ kind, digest }) => [kind, digest])).toEqual([
    ['transaction', null],
    ['transaction', null],
    ['spend', null],
  ]);
  expect(await reader.nextAccount('account 0')).toBe('account 1');
  await reader.close();
  expect(readFileSync(pathOf()).equals(bytes)).toBe(true);
});

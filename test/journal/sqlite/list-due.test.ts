import { join } from 'node:path';
import Database from 'libsql';
import type { DuePlace, Journal } from '../../../src/journal/journal';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { migrations } from '../../../src/journal/sqlite/migrations';
import { restoreSqlite } from '../../../src/journal/sqlite/restore';
import { killWhileOpening } from '../child-process';
import { beginning, following } from '../entries';
import { grant, hold } from '../life-entries';
import { live } from '../random-life-entries';
import { useFolder } from './fixture';
import { createOlderFile, insertPlainly } from './older-file';

const firstSeed = Number(process.env.LIFE_SEED ?? Date.now() % 1_000_000_000);
/** The last version that found what is due by indexes of the entries. */
const indexedVersion = 4;
const end = 1_900_000_000_000;

const folder = useFolder();
const pathOf = () => join(folder(), 'ledger.db');

/** Reads all places, in pages. */
async function allDue(journal: Journal, limit: number): Promise<DuePlace[]> {
  const found: DuePlace[] = [];
  for (;;) {
    const after = found.at(-1) ?? null;
    const page = await journal.due({ after, until: Number.MAX_SAFE_INTEGER, limit });
    found.push(...page);
    if (page.length < limit) return found;
  }
}

/** Runs a query on a file that no journal has open. */
function valueIn(path: string, query: string): unknown {
  const database = new Database(path);
  try {
    return (database.prepare(query).raw().get() as [unknown])[0];
  } finally {
    database.close();
  }
}

const countRows = 'SELECT count(*) FROM due_row';

test(`an older file lists what its entries have due (LIFE_SEED=${firstSeed})`, async () => {
  const memory = new MemoryJournal();
  const older = createOlderFile(pathOf(), indexedVersion);
  for (let seed = firstSeed; seed < firstSeed + 40; seed += 1) {
    const { entries } = live(seed, `life ${seed}`);
    await memory.append([beginning(...entries)]);
    insertPlainly(older, entries);
  }
  older.close();
  const journal = await SqliteJournal.open(pathOf());
  const expected = await allDue(memory, 1_000_000);
  expect(expected.length).toBeGreaterThan(100);
  for (const limit of [1, 7, 1_000]) expect(await allDue(journal, limit)).toEqual(expected);

  const lives = [0, 1, 2, 3].map((index) => live(firstSeed + index, `added ${index}`).entries);
  const appends = lives.map((entries) => beginning(...entries));
  for (const each of [memory, journal]) await each.append(appends);
  expect(await allDue(journal, 1_000)).toEqual(await allDue(memory, 1_000));
  await journal.close();
});

test.each(migrations.slice(1).map((_each, index) => index + 1))(
  'a file of version %i lists what is appended once it is upgraded',
  async (version) => {
    createOlderFile(pathOf(), version).close();
    const journal = await SqliteJournal.open(pathOf());
    const first = grant('a', 1, { availableFrom: 5, expiresAt: end });
    await journal.append([beginning(first)]);
    await journal.append([following(first, hold('a', 2, { expiresAt: 7 }))]);
    expect((await allDue(journal, 9)).map(({ at }) => at)).toEqual([5, 7, end]);
    await journal.close();
    const indexes = "SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%INDEX%(expires_at%'";
    expect(valueIn(pathOf(), indexes)).toBe(0);
  },
);

test('grants with one date leave one row per account, whatever their number', async () => {
  const journal = await SqliteJournal.open(pathOf());
  const accounts = ['a', 'b', 'c'].map((accountId) =>
    Array.from({ length: 40 }, (_each, index) =>
      grant(accountId, index + 1, { availableFrom: end - 1, expiresAt: end }),
    ),
  );
  await journal.append(accounts.map((entries) => beginning(...entries.slice(0, 20))));
  const next = accounts.map((entries) => following(entries[19]!, ...entries.slice(20)));
  expect(await journal.append(next)).toEqual(['appended', 'appended', 'appended']);
  await journal.close();
  expect(valueIn(pathOf(), countRows)).toBe(6);
});

test('a restored ledger lists what its entries have due', async () => {
  await restoreSqlite(pathOf(), async (journal) => {
    await journal.append([beginning(grant('a', 1, { availableFrom: 4, expiresAt: 5 }))]);
    await journal.append([beginning(hold('b', 1, { expiresAt: 6 }))]);
  });
  const rows =
    "SELECT group_concat(at || account_id, ' ') FROM (SELECT * FROM due_row ORDER BY at)";
  expect(valueIn(pathOf(), rows)).toBe('4a 5a 6b');
});

test('kill -9 while what is due is listed leaves the file as it was, or upgraded', async () => {
  const rows = 120_000;
  const older = createOlderFile(pathOf(), indexedVersion);
  older.exec(`
    INSERT INTO entry (account_id, sequence, id, format, kind, payer, points, timestamp,
      recorded_at, digest, expires_at, available_from)
    SELECT 'account ' || (value % 9), 1 + value, value, 2, 'transaction', 'A', 1, 1, 1, 'd',
      ${end} + value * 7919 % ${rows}, CASE WHEN value % 3 = 0 THEN value END
    FROM (WITH RECURSIVE number (value) AS (
      SELECT 0 UNION ALL SELECT value + 1 FROM number WHERE value < ${rows - 1}
    ) SELECT value FROM number)`);
  older.close();
  for (const waitMs of [0, 60, 150, 300]) {
    await killWhileOpening(pathOf(), waitMs);
    const version = valueIn(pathOf(), 'PRAGMA user_version');
    expect([indexedVersion, migrations.length]).toContain(version);
    expect(valueIn(pathOf(), 'SELECT count(*) FROM entry')).toBe(rows);
  }
  const journal = await SqliteJournal.open(pathOf());
  expect(journal.pragma('integrity_check')).toBe('ok');
  await journal.close();
  expect(valueIn(pathOf(), countRows)).toBe(rows + rows / 3);
});

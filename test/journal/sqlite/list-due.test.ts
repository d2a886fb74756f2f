import { join } from 'node:path';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { migrations } from '../../../src/journal/sqlite/migrations';
import { restoreSqlite } from '../../../src/journal/sqlite/restore';
import { killWhileOpening } from '../child-process';
import { beginning, following } from '../entries';
import { grant, hold } from '../life-entries';
import { live } from '../random-life-entries';
import { allDue, firstEnd as end, insertGrants, placesOf, valueIn } from './due-rows';
import { useFolder } from './fixture';
import { createOlderFile, insertPlainly } from './older-file';

const firstSeed = Number(process.env.LIFE_SEED ?? Date.now() % 1_000_000_000);
/** The last version that found what is due by indexes of the entries. */
const indexedVersion = 4;

const folder = useFolder();
const pathOf = () => join(folder(), 'ledger.db');

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
  const expected = await allDue(memory);
  expect(expected.length).toBeGreaterThan(100);
  for (const limit of [1, 7, 1_000]) expect(await allDue(journal, limit)).toEqual(expected);

  const lives = [0, 1, 2, 3].map((index) => live(firstSeed + index, `added ${index}`).entries);
  const appends = lives.map((entries) => beginning(...entries));
  for (const each of [memory, journal]) await each.append(appends);
  expect(await allDue(journal)).toEqual(await allDue(memory));
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
    expect((await allDue(journal)).map(({ at }) => at)).toEqual([5, 7, end]);
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
  expect(await allDue(journal)).toHaveLength(6);
  await journal.close();
  expect(valueIn(pathOf(), countRows)).toBe(6);
});

test('a restored ledger lists what its entries have due', async () => {
  await restoreSqlite(pathOf(), async (journal) => {
    await journal.append([beginning(grant('a', 1, { availableFrom: 4, expiresAt: 5 }))]);
    await journal.append([beginning(hold('b', 1, { expiresAt: 6 }))]);
  });
  const journal = await SqliteJournal.open(pathOf());
  expect((await allDue(journal)).map(({ at, accountId }) => `${at}${accountId}`)).toEqual([
    '4a',
    '5a',
    '6b',
  ]);
  await journal.close();
});

test('kill -9 while what is due is listed leaves the file as it was, or upgraded', async () => {
  const rows = 120_000;
  const older = createOlderFile(pathOf(), indexedVersion);
  older.exec(insertGrants(0, rows));
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
  expect(valueIn(pathOf(), countRows)).toBe(placesOf(rows));
});

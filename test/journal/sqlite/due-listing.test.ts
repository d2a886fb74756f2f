import { join } from 'node:path';
import { setImmediate as nextIteration } from 'node:timers/promises';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import { listDueDates } from '../../../src/journal/sqlite/due-listing';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { migrations } from '../../../src/journal/sqlite/migrations';
import { SqliteStore } from '../../../src/journal/sqlite/store';
import type { Entry } from '../../../src/ledger/entry';
import { silentLogger } from '../../../src/telemetry/logger';
import { startChild } from '../child-process';
import { beginning, following, transaction } from '../entries';
import { grant } from '../life-entries';
import { live } from '../random-life-entries';
import { allDue, execIn, firstEnd, insertGrants, placesOf, valueIn } from './due-rows';
import { useFolder } from './fixture';
import { createOlderFile } from './older-file';

const firstSeed = Number(process.env.LIFE_SEED ?? Date.now() % 1_000_000_000);
/** The last version whose statements list what they insert. */
const listingVersion = 5;
/** More than are read at a time, twice. */
const many = 40_000;
/** More than any read takes. */
const appendsMax = 500;

const folder = useFolder();
const pathOf = () => join(folder(), 'ledger.db');

const countRows = 'SELECT count(*) FROM due_row';

/** Creates a file with many grants, none of which is listed. */
async function createUnlisted(): Promise<void> {
  await (await SqliteJournal.open(pathOf())).close();
  execIn(pathOf(), insertGrants(0, many));
}

test(`what is appended before, between and after reads is due (LIFE_SEED=${firstSeed})`, async () => {
  const memory = new MemoryJournal();
  let journal = await SqliteJournal.open(pathOf());
  for (let seed = firstSeed; seed < firstSeed + 40; seed += 1) {
    const { entries } = live(seed, `life ${seed % 1_000}`);
    for (const each of [memory, journal]) await each.append([beginning(...entries)]);
    if (seed % 3 === 0) expect(await allDue(journal, 7)).toEqual(await allDue(memory));
    if (seed % 5 !== 0) continue;
    await journal.close();
    journal = await SqliteJournal.open(pathOf());
  }
  expect(await allDue(journal)).toEqual(await allDue(memory));
  await journal.close();
});

test('an append writes no row per date, and a read lists each date once', async () => {
  const journal = await SqliteJournal.open(pathOf());
  const entries = Array.from({ length: 30 }, (_each, index) =>
    grant('a', index + 1, { availableFrom: 5, expiresAt: firstEnd + (index % 4) }),
  );
  await journal.append([beginning(...entries)]);
  await journal.close();
  expect(valueIn(pathOf(), countRows)).toBe(0);
  const reopened = await SqliteJournal.open(pathOf());
  expect(await allDue(reopened)).toHaveLength(5);
  await reopened.close();
  expect(valueIn(pathOf(), countRows)).toBe(5);
});

test('a file whose entries are listed already goes on with those that follow', async () => {
  const older = createOlderFile(pathOf(), listingVersion);
  older.exec(insertGrants(0, 9));
  older.exec(`INSERT INTO due_row VALUES (${firstEnd}, 'account 0')`);
  older.close();
  const journal = await SqliteJournal.open(pathOf());
  await journal.append([beginning(grant('later', 1, { expiresAt: firstEnd + 1 }))]);
  expect(await allDue(journal)).toEqual([
    { at: firstEnd, accountId: 'account 0' },
    { at: firstEnd + 1, accountId: 'later' },
  ]);
  expect(journal.pragma('user_version')).toBe(migrations.length);
  await journal.close();
});

test('requests are served while many entries are listed', async () => {
  await createUnlisted();
  const journal = await SqliteJournal.open(pathOf());
  let isListed = false;
  const due = journal.due({ after: null, until: firstEnd, limit: 9 }).then((page) => {
    isListed = true;
    return page;
  });
  let last: Entry = transaction('a', 1);
  await journal.append([beginning(last)]);
  for (let sequence = 2; sequence <= 20; sequence += 1) {
    await nextIteration();
    const next = grant('a', sequence, { availableFrom: sequence - 100 });
    expect(await journal.append([following(last, next)])).toEqual(['appended']);
    last = next;
  }
  expect(isListed).toBe(false);
  // The page has what was stored when it was requested; the next one has the rest.
  expect((await due).map(({ at }) => at)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24]);
  expect(await allDue(journal, 10_000)).toHaveLength(placesOf(many) + 19);
  await journal.close();
});

test('a read ends although every transaction of its listing is followed by an append', async () => {
  const journal = await SqliteJournal.open(pathOf());
  let last: Entry = grant('a', 1, { expiresAt: firstEnd });
  await journal.append([beginning(last)]);
  let isRead = false;
  const due = journal.due({ after: null, until: firstEnd, limit: 9 }).finally(() => {
    isRead = true;
  });
  while (!isRead && last.sequence < appendsMax) {
    const next = grant('a', last.sequence + 1, { expiresAt: firstEnd + last.sequence });
    await journal.append([following(last, next)]);
    last = next;
    await nextIteration();
  }
  expect(last.sequence).toBeLessThan(appendsMax);
  expect(await due).toEqual([{ at: firstEnd, accountId: 'a' }]);
  expect(await allDue(journal)).toHaveLength(last.sequence);
  await journal.close();
});

test('requests are served between the reads of entries whose dates are inserted together', async () => {
  await createUnlisted();
  const store = await SqliteStore.open(pathOf(), silentLogger);
  const rows = () => (store.connection.statement(countRows).get() as [number])[0];
  const listing = listDueDates(store, (run) => store.write(run), undefined);
  let served = 0;
  for (; rows() === 0; served += 1) await nextIteration();
  await listing;
  const listed = rows();
  store.close();
  expect(served).toBeGreaterThanOrEqual(4);
  expect(listed).toBe(placesOf(many));
});

test('a signal ends a listing, and the next one goes on', async () => {
  await createUnlisted();
  const journal = await SqliteJournal.open(pathOf());
  const closing = new AbortController();
  const range = { after: null, until: firstEnd, limit: 9 };
  const due = journal.due({ ...range, signal: closing.signal });
  closing.abort(new Error('closing'));
  await expect(due).rejects.toThrow('closing');
  await journal.close();
  expect(valueIn(pathOf(), countRows)).toBeLessThan(placesOf(many));
  const reopened = await SqliteJournal.open(pathOf());
  expect(await allDue(reopened, 10_000)).toHaveLength(placesOf(many));
  await reopened.close();
});

test('two reads at once list everything', async () => {
  await createUnlisted();
  const journal = await SqliteJournal.open(pathOf());
  const [first, second] = await Promise.all([allDue(journal, 9_999), allDue(journal, 8_888)]);
  expect(first).toHaveLength(placesOf(many));
  expect(second).toEqual(first);
  await journal.close();
});

test('kill -9 while dates are listed loses none', async () => {
  await createUnlisted();
  for (const waitMs of [0, 50]) {
    const child = startChild(
      `const journal = await SqliteJournal.open(path);
      say('listing');
      await journal.due({ after: null, until: 0, limit: 1 });
      say('listed');
      await nextLine();`,
      pathOf(),
    );
    await child.line();
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    await child.kill();
  }
  const journal = await SqliteJournal.open(pathOf());
  expect(await allDue(journal, 10_000)).toHaveLength(placesOf(many));
  expect(journal.pragma('integrity_check')).toBe('ok');
  await journal.close();
});

test('a listing that fails rejects, keeps no date back, and the next one goes on', async () => {
  await createUnlisted();
  execIn(
    pathOf(),
    `CREATE TRIGGER fail BEFORE INSERT ON due_row WHEN new.at % 20000 = 7
    BEGIN SELECT RAISE(ABORT, 'no space'); END`,
  );
  const failing = await SqliteJournal.open(pathOf());
  await expect(allDue(failing)).rejects.toThrow();
  expect(await failing.append([beginning(transaction('a', 1))])).toEqual(['appended']);
  await failing.close();
  execIn(pathOf(), 'DROP TRIGGER fail');
  const journal = await SqliteJournal.open(pathOf());
  expect(await allDue(journal, 10_000)).toHaveLength(placesOf(many));
  await journal.close();
});

test('entries that get other rowids are still listed', async () => {
  await createUnlisted();
  const journal = await SqliteJournal.open(pathOf());
  await allDue(journal, 10_000);
  await journal.close();
  execIn(pathOf(), "DELETE FROM entry WHERE account_id <> 'account 1'; VACUUM");
  execIn(pathOf(), insertGrants(many, 90));
  const changed = await SqliteJournal.open(pathOf());
  expect(await allDue(changed, 10_000)).toHaveLength(placesOf(many) + placesOf(90));
  await changed.close();
});

test.each([
  ['after the mark', many + 1],
  ['with the mark', 1],
])('entries that were deleted %s keep no later one back', async (_where, firstDeleted) => {
  await createUnlisted();
  const journal = await SqliteJournal.open(pathOf());
  await allDue(journal, 10_000);
  await journal.close();
  execIn(pathOf(), insertGrants(many, many));
  // More than are read at a time.
  execIn(pathOf(), `DELETE FROM entry WHERE rowid BETWEEN ${firstDeleted} AND ${2 * many - 3}`);
  const changed = await SqliteJournal.open(pathOf());
  const newestEnds = `SELECT count(*) FROM entry JOIN due_row
    ON due_row.at = entry.expires_at AND due_row.account_id = entry.account_id`;
  await allDue(changed, 10_000);
  await changed.close();
  expect(valueIn(pathOf(), newestEnds)).toBe(firstDeleted + 2);
});

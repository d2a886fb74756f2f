import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { PostgresJournal } from '../../src/journal/postgres/journal';
import { useFolder } from '../journal/sqlite/fixture';
import { startLedger } from '../support/ledger-server';
import { usePostgres } from '../support/postgres-server';
import {
  exportOfAll,
  histories,
  markIncomplete,
  restoreWithKills,
  WatchedDatabase,
} from './killed-restores';
import { startPoints } from './points';
import { pointsHere } from './points-here';

const folder = useFolder();
const postgres = usePostgres();
const seed = Number(process.env.LIFE_SEED ?? Date.now() % 1_000_000_000);

const accounts = 24;
const all = histories(seed, accounts);
const count = all.flat().length;
let text = '';
beforeAll(async () => {
  text = await exportOfAll(all);
});

const shown = (number: number) => number.toLocaleString('en-US');

function exportFile(name = 'export.ndjson', content = text): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

let made = 0;
const opened: WatchedDatabase[] = [];
async function database(): Promise<WatchedDatabase> {
  made += 1;
  const watched = await WatchedDatabase.open(await postgres().createDatabase(`resumed_${made}`));
  opened.push(watched);
  return watched;
}
afterEach(async () => {
  for (const watched of opened.splice(0)) await watched.close();
});

async function exportOf(url: string): Promise<string> {
  const { code, out, errors } = await pointsHere(['export', '--database', url]);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return out;
}

/** Expects a ledger that cannot be told from one that was restored at once. */
async function expectRestored({ url }: WatchedDatabase, path: string): Promise<void> {
  expect(await exportOf(url)).toBe(text);
  const against = ['verify', '--database', url, '--against', path];
  expect(await pointsHere(against)).toMatchObject({ code: 0 });
  const range = { after: null, until: Number.MAX_SAFE_INTEGER, limit: 1_000_000 };
  const memory = new MemoryJournal();
  for (const entries of all) {
    if (entries.length === 0) continue;
    await memory.append([{ accountId: entries[0]!.accountId, after: null, entries }]);
  }
  const journal = await PostgresJournal.open(url);
  expect(await journal.due(range)).toEqual(await memory.due(range));
  await journal.close();
  const server = await startLedger({ kind: 'postgres', url });
  expect(await pointsHere(['export', '--url', server.endpoint])).toMatchObject({ out: text });
  await server.stop();
}

test(`a restore that is killed at many points is completed (LIFE_SEED=${seed})`, async () => {
  const path = exportFile();
  const watched = await database();
  const { ran, stored } = await restoreWithKills(path, watched);
  expect(ran).toMatchObject({ code: 0, errors: '' });
  expect(stored.length).toBeGreaterThan(1);
  expect(await watched.entries()).toBe(count);
  await expectRestored(watched, path);
});

test('a batch that a killed restore has sent may be committed while the next one runs', async () => {
  const path = exportFile();
  const watched = await database();
  const words = ['restore', path, '--database', watched.url];
  await (await PostgresJournal.open(watched.url)).close();
  const { accountId, sequence } = all.flat()[2_100]!;
  await watched.rows(`
    CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM set_config('lock_timeout', '0', true), pg_advisory_xact_lock(7);
        RETURN NEW;
      END $$;
    CREATE TRIGGER wait AFTER INSERT ON entry FOR EACH ROW
      WHEN (NEW.account_id = '${accountId}' AND NEW.sequence = ${sequence}) EXECUTE FUNCTION wait();
    SELECT pg_advisory_lock(7)`);
  const waiting = (type: string) =>
    `SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = '${type}'`;
  const first = startPoints(words);
  await watched.until(waiting('advisory'), first);
  first.process.kill('SIGKILL');
  await first.ended;
  const second = startPoints(words);
  // It waits for the rows that the first one has sent.
  await watched.until(waiting('transactionid'), second);
  await watched.rows('SELECT pg_advisory_unlock(7)');
  expect(await second.ended).toMatchObject({ code: 0, errors: '' });
  await expectRestored(watched, path);
});

test('a restore that its database ends is completed after the database has recovered', async () => {
  const path = exportFile();
  const watched = await database();
  const running = startPoints(['restore', path, '--database', watched.url]);
  while ((await watched.entries()) === 0) await pause(2);
  await postgres().stop('kill');
  running.process.kill('SIGKILL');
  await running.ended;
  await postgres().start();
  const again = await WatchedDatabase.open(watched.url);
  opened.push(again);
  const { ran } = await restoreWithKills(path, again);
  expect(ran).toMatchObject({ code: 0, errors: '' });
  await expectRestored(again, path);
});

/** Restores the first accounts and parts of others, as nodes of Citus that crashed may leave it. */
async function partly(url: string, isMarked: boolean): Promise<void> {
  const journal = await PostgresJournal.open(url);
  for (const entries of [all[1]!, all[2]!.slice(0, 50), all[7]!.slice(0, 1), all[9]!]) {
    const { accountId } = entries[0]!;
    expect(await journal.append([{ accountId, after: null, entries }])).toEqual(['appended']);
  }
  await journal.close();
  if (isMarked) await markIncomplete(url);
}

test('a store with the first entries of any accounts is completed', async () => {
  const path = exportFile();
  const watched = await database();
  await partly(watched.url, false);
  const held = await watched.entries();
  const { code, out } = await pointsHere(['restore', path, '--database', watched.url]);
  expect({ code, out }).toEqual({
    code: 0,
    out: `${shown(count)} entries restored, ${held} of them before.\n`,
  });
  await expectRestored(watched, path);
});

test('a ledger is neither served, exported, verified nor swept before its restore is complete', async () => {
  const path = exportFile();
  const { url } = await database();
  await partly(url, true);
  const incomplete =
    'A restore into the database was interrupted, or is running: entries are missing.';
  await expect(startLedger({ kind: 'postgres', url })).rejects.toThrow(incomplete);
  for (const command of ['export', 'verify', 'sweep']) {
    const ran = await pointsHere([command, '--database', url]);
    expect(ran).toMatchObject({ code: 3, errors: expect.stringContaining(incomplete) });
  }
  expect(await pointsHere(['restore', path, '--database', url])).toMatchObject({ code: 0 });
  const server = await startLedger({ kind: 'postgres', url });
  await server.stop();
});

test('over a complete ledger, a restore of the same export says so and writes nothing', async () => {
  const path = exportFile();
  const watched = await database();
  const words = ['restore', path, '--database', watched.url];
  expect(await pointsHere(words)).toMatchObject({ out: `${shown(count)} entries restored.\n` });
  const rows = `SELECT xmin, xmax, ctid, entry.* FROM entry ORDER BY account_id, sequence`;
  const before = await watched.rows(rows);
  const complete = `The database held the whole export before: ${shown(count)} entries.\n`;
  expect(await pointsHere(words)).toMatchObject({ code: 0, out: complete });
  expect(await watched.rows(rows)).toEqual(before);
  // As if the first restore had been killed after its last entry.
  await markIncomplete(watched.url);
  expect(await pointsHere(words)).toMatchObject({ code: 0, out: complete });
  await expectRestored(watched, path);
});

test.each([true, false])(
  'a store that holds anything else is refused unchanged; restore incomplete: %s',
  async (isMarked) => {
    const watched = await database();
    await partly(watched.url, isMarked);
    const rows = `SELECT xmin, xmax, ctid, entry.* FROM entry ORDER BY account_id, sequence`;
    const before = await watched.rows(rows);
    const others = [histories(seed + 1_000, accounts), all.slice(2), all.slice(0, 9)];
    others.push(all.map((entries) => entries.slice(0, 10)));
    for (const other of others) {
      const path = exportFile('other.ndjson', await exportOfAll(other));
      const { code, errors } = await pointsHere(['restore', path, '--database', watched.url]);
      expect(code).toBe(3);
      expect(errors).toMatch(
        /holds entries that are not those of the export: .* Nothing was changed\./,
      );
      expect(errors.includes('Another restore into it is incomplete.')).toBe(isMarked);
      expect(errors.includes('TRUNCATE')).toBe(isMarked);
    }
    expect(await watched.rows(rows)).toEqual(before);
  },
);

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryJournal } from '../../src/journal/memory/journal';
import type { Entry } from '../../src/ledger/entry';
import { exportOf } from '../archive/archives';
import { lifeOf } from '../archive/lives';
import { storyOfAllKinds } from '../digest/story-of-all-kinds';
import { useFolder } from '../journal/sqlite/fixture';
import { useFreshDatabases } from '../support/fresh-databases';
import { startLedger } from '../support/ledger-server';
import { points } from './points';

// Each test starts processes, of which a busy machine may take long.
jest.setTimeout(120_000);

const folder = useFolder();
const freshDatabase = useFreshDatabases();

const seed = Number(process.env.LIFE_SEED ?? Date.now() % 1_000_000_000);

/** Writes the export of an account, and returns its path and text. */
async function exported(entries: readonly Entry[]): Promise<{ path: string; text: string }> {
  const journal = new MemoryJournal();
  await journal.append([{ accountId: entries[0]!.accountId, after: null, entries }]);
  const [path, text] = [join(folder(), 'export.ndjson'), await exportOf(journal)];
  writeFileSync(path, text);
  return { path, text };
}

async function ran(...words: string[]): Promise<string> {
  const { code, out, errors } = await points(words);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return out;
}

test.each(['SQLite', 'PostgreSQL'])(
  `on %s, all kinds are restored, verified and exported again (LIFE_SEED=${seed})`,
  async (kind) => {
    const path = join(folder(), 'ledger.db');
    const url = kind === 'SQLite' ? `file:${path}` : await freshDatabase();
    const given = await exported(lifeOf(seed, 400, Date.parse('2100-01-01T00:00:00Z')));
    expect(await points(['restore', given.path, '--database', url])).toMatchObject({ code: 0 });
    expect(await ran('export', '--database', url)).toBe(given.text);
    expect(await points(['verify', '--database', url])).toMatchObject({ code: 0 });
    const against = ['verify', '--database', url, '--against', given.path];
    expect(await points(against)).toMatchObject({ code: 0 });

    const store = kind === 'SQLite' ? { kind: 'file', path } : { kind: 'postgres', url };
    const server = await startLedger(store as Parameters<typeof startLedger>[0]);
    expect(await ran('export', '--url', server.endpoint)).toBe(given.text);
    await server.stop();
  },
);

test('as CSV, dates have their columns, and what is left out is counted on standard error', async () => {
  const { path } = await exported(storyOfAllKinds());
  const database = `file:${join(folder(), 'ledger.db')}`;
  expect(await points(['restore', path, '--database', database])).toMatchObject({ code: 0 });
  const words = ['export', '--database', database, '--format', 'csv'];
  const { out, errors } = await points(words);
  expect(out.trim().split('\n')).toHaveLength(7);
  expect(out.split('\n')[0]).toMatch(/,allocations,available_from,expires_at\r?$/);
  expect(out.split('\n')[1]).toMatch(/,2025-11-26T00:00:00.000Z\r?$/);
  const left =
    'CSV holds transactions and spends: 3 other entries were left out. NDJSON holds all.';
  expect(errors.trim()).toBe(left);
  const toFile = await points([...words, '--output', join(folder(), 'entries.csv')]);
  expect(toFile.errors).toContain(left);
});

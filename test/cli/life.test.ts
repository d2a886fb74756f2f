import { readFileSync, writeFileSync } from 'node:fs';
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
import { pointsHere } from './points-here';

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
  const { code, out, errors } = await pointsHere(words);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return out;
}

test.each(['SQLite', 'PostgreSQL'])(
  `on %s, all kinds are restored, verified and exported again (LIFE_SEED=${seed})`,
  async (kind) => {
    const path = join(folder(), 'ledger.db');
    const url = kind === 'SQLite' ? `file:${path}` : await freshDatabase();
    const given = await exported(lifeOf(seed, 400, Date.parse('2100-01-01T00:00:00Z')));
    const restore = kind === 'SQLite' ? points : pointsHere;
    const restoring = ['restore', given.path, '--database', url];
    expect(await restore(restoring)).toMatchObject({ code: 0 });
    expect(await ran('export', '--database', url)).toBe(given.text);
    expect(await pointsHere(['verify', '--database', url])).toMatchObject({ code: 0 });
    const against = ['verify', '--database', url, '--against', given.path];
    expect(await pointsHere(against)).toMatchObject({ code: 0 });

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
  const { out, errors } = await pointsHere(words);
  expect(out.trim().split('\n')).toHaveLength(9);
  expect(out.split('\n')[0]).toMatch(/,allocations,available_from,expires_at,actor\r?$/);
  expect(out.split('\n')[1]).toMatch(/,2025-11-26T00:00:00.000Z,\r?$/);
  const left =
    'CSV holds transactions and spends: 7 other entries were left out. NDJSON holds all.';
  expect(errors.trim()).toBe(left);
  const toFile = await pointsHere([...words, '--output', join(folder(), 'entries.csv')]);
  expect(toFile.errors).toContain(left);
});

test('dates are imported, and rows whose end has passed are refused, or skipped on request', async () => {
  const server = await startLedger({ kind: 'file', path: join(folder(), 'ledger.db') });
  const file = join(folder(), 'dated.csv');
  const [begins, ends] = ['2100-01-01T00:00:00.000Z', '2101-01-01T00:00:00.000Z'];
  const rows = [
    `A,10,2020-11-02T14:00:00Z,${begins},${ends}`,
    'A,20,2020-11-02T14:00:00Z,,2021-01-01T00:00:00Z',
    'A,30,2020-11-02T14:00:00Z,,',
  ];
  writeFileSync(file, `payer,points,timestamp,available_from,expires_at\n${rows.join('\n')}\n`);
  const importing = ['import', file, '--url', server.endpoint];
  const dry = await pointsHere([...importing, '--skip-expired', '--dry-run', '--json']);
  expect(JSON.parse(dry.out)).toMatchObject({ rows: 3, accepted: 2, refused: 0, skipped: 1 });
  const skipping = await pointsHere([...importing, '--skip-expired']);
  expect(skipping).toMatchObject({ code: 0, errors: '' });
  expect(skipping.out).toContain('3 of 3 rows in');
  expect(skipping.out).toContain('2 added, 0 there already, 0 refused, 1 skipped as expired.');
  const again = await pointsHere([...importing, '--json']);
  expect(again.code).toBe(1);
  expect(JSON.parse(again.out)).toMatchObject({ added: 0, replayed: 2, refused: 1, skipped: 0 });
  expect(readFileSync(join(folder(), 'dated.refused.csv'), 'utf8')).toContain('NEVER_SPENDABLE');
  const entries = (await ran('export', '--url', server.endpoint)).split('\n').slice(1, 3);
  expect(entries.map((line) => JSON.parse(line))).toMatchObject([
    { points: 10, availableFrom: begins, expiresAt: ends },
    { points: 30 },
  ]);
  await server.stop();
});

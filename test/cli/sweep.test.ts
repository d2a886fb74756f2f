import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seal } from '../../src/digest/entry-digest';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { exportOf } from '../archive/archives';
import { useFolder } from '../journal/sqlite/fixture';
import { add } from '../ledger/commands';
import { grant, hold } from '../ledger/life-commands';
import { LifeScenario } from '../ledger/life-scenario';
import { useFreshDatabases } from '../support/fresh-databases';
import { startLedger } from '../support/ledger-server';
import { points } from './points';
import { pointsHere } from './points-here';

const folder = useFolder();
const freshDatabase = useFreshDatabases();

const end = Date.parse('2020-12-01T00:00:00Z');

/**
 * Fills a store with an account in which a lot expired, before and after a hold of its points
 * ended, and one began, and nothing of that is recorded.
 */
async function filled(database: string): Promise<void> {
  const scenario = new LifeScenario();
  const now = Date.parse('2020-11-01T00:00:00Z');
  scenario.run(grant('A', 10, 0, { expiresAt: end }), now, 'grant');
  scenario.run(grant('B', 5, 0, { availableFrom: end }), now, 'later');
  scenario.run(add('A', 1, 0), now, 'add');
  scenario.run(hold(3, end), now, 'hold');
  const { entries } = scenario;
  seal(entries, null);
  const journal = new MemoryJournal();
  await journal.append([{ accountId: entries[0]!.accountId, after: null, entries }]);
  const path = join(folder(), 'export.ndjson');
  writeFileSync(path, await exportOf(journal));
  const restore = database.startsWith('file:') ? points : pointsHere;
  expect(await restore(['restore', path, '--database', database])).toMatchObject({ code: 0 });
}

async function lapsesIn(database: string): Promise<unknown[]> {
  const { out } = await pointsHere(['export', '--database', database]);
  const lines = out.trim().split('\n').slice(1, -1);
  return lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'lapse');
}

test.each(['SQLite', 'PostgreSQL'])(
  'on %s, what is due is recorded once, at its instant, and verifies',
  async (kind) => {
    const isFile = kind === 'SQLite';
    const database = isFile ? `file:${join(folder(), 'ledger.db')}` : await freshDatabase();
    await filled(database);
    const sweep = ['sweep', '--database', database];
    const early = await points([...sweep, '--until', '2020-11-30T00:00:00Z']);
    expect(early).toMatchObject({ code: 0, errors: '' });
    expect(early.out).toBe('Nothing was due that is not recorded.\n');
    const ran = await points(sweep);
    expect(ran).toMatchObject({ code: 0, errors: '' });
    expect(ran.out).toBe(
      '4 expiries, beginnings and ends of holds were recorded in 1 entry of 1 account.\n',
    );
    const at = new Date(end).toISOString();
    expect(await lapsesIn(database)).toMatchObject([
      {
        points: 10,
        rows: [
          { kind: 'expiry', at, sequence: 1, expired: 7 },
          { kind: 'end', at, hold: 4, points: 3 },
          { kind: 'expiry', at, sequence: 1, expired: 3 },
          { kind: 'beginning', at, sequence: 2, points: 5 },
        ],
      },
    ]);
    const again = await pointsHere([...sweep, '--json']);
    expect(JSON.parse(again.out)).toEqual({ accounts: 0, entries: 0, rows: 0, failed: 0 });
    expect(await pointsHere(['verify', '--database', database])).toMatchObject({ code: 0 });
  },
);

test('instants that are none or not yet, and a clock that nobody can accept, are refused', async () => {
  const database = `file:${join(folder(), 'ledger.db')}`;
  await filled(database);
  const sweep = (...words: string[]) => pointsHere(['sweep', '--database', database, ...words]);
  const wrong = await sweep('--until', 'yesterday');
  expect(wrong.code).toBe(2);
  expect(wrong.errors).toMatch(/^points: --until is "yesterday": .* It must be a date and time/);
  const future = await sweep('--until', '2999-01-01T00:00:00Z');
  expect(future.code).toBe(2);
  expect(future.errors).toContain('--until is 2999-01-01T00:00:00.000Z, but it is only');
  const clock = await sweep('--accept-clock');
  expect(clock).toMatchObject({ code: 2, out: '' });
  expect(clock.errors).toContain('restart it');
  expect(await lapsesIn(database)).toEqual([]);
});

test('a file that is missing or in use is refused, and none is made', async () => {
  const path = join(folder(), 'ledger.db');
  const missing = await pointsHere(['sweep', '--database', `file:${path}`]);
  expect(missing.code).toBe(3);
  expect(missing.errors).toContain('There is no ledger at');
  expect(existsSync(path)).toBe(false);
  const server = await startLedger({ kind: 'file', path });
  const used = await points(['sweep', '--database', `file:${path}`]);
  await server.stop();
  expect(used.code).toBe(3);
  expect(used.errors).toMatch(/^points: .*\n$/);
});

test('a database without a ledger is refused, and gets none', async () => {
  const database = await freshDatabase();
  for (const words of [[], ['--accept-clock']]) {
    const ran = await pointsHere(['sweep', '--database', database, ...words]);
    expect(ran).toEqual({
      ...{ code: 3, signal: null, out: '' },
      errors: expect.stringContaining('holds no ledger. Name one with --database'),
    });
  }
});

test('on PostgreSQL, the clock is accepted while servers run', async () => {
  const database = await freshDatabase();
  const server = await startLedger({ kind: 'postgres', url: database });
  const ran = await pointsHere(['sweep', '--accept-clock', '--database', database]);
  await server.stop();
  expect(ran).toMatchObject({ code: 0, errors: '' });
});

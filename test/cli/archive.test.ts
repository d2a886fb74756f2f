import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import Database from 'libsql';
import { compareCodePoints } from '../../src/journal/code-point-order';
import { useFolder } from '../journal/sqlite/fixture';
import { useFreshDatabases } from '../support/fresh-databases';
import { startLedger } from '../support/ledger-server';
import { temporaryFolder } from '../support/temporary-folder';
import { ask, fillLedger, spendPoints, stateOf } from './ledger';
import { points, startPoints } from './points';
import { pointsHere } from './points-here';

const folder = useFolder();
const freshDatabase = useFreshDatabases();

/** The folder of a filled ledger and its export, of which each test gets copies. */
let whole = '';
beforeAll(async () => {
  whole = temporaryFolder('archive');
  const path = join(whole, 'ledger.db');
  const server = await startLedger({ kind: 'file', path });
  await fillLedger(server.endpoint);
  await server.stop();
  const words = ['export', '--database', `file:${path}`, '-o', join(whole, 'export.ndjson')];
  expect(await pointsHere(words)).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(whole, { recursive: true }));

/** The export of a filled ledger on SQLite, its lines, and the ledger. */
function exported(): { path: string; lines: string[] } {
  for (const name of ['ledger.db', 'export.ndjson']) {
    copyFileSync(join(whole, name), join(folder(), name));
  }
  const path = join(folder(), 'export.ndjson');
  return { path, lines: readFileSync(path, 'utf8').split('\n') };
}

async function exportOf(...words: string[]): Promise<string> {
  const { code, out, errors } = await pointsHere(['export', ...words]);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return out;
}

const history = `{ accounts(first: 100) { nodes { id points balances { payer points }
  lots(first: 100) { nodes { remaining transaction { id } } }
  history(first: 100) { nodes { id sequence recordedAt reference idempotencyKey
    ... on Spend { allocations { points transaction { id } } } } } } } }`;

test.each(['SQLite', 'PostgreSQL'])(
  'on %s, a server and its store write the same bytes, and what is restored from them writes them again',
  async (kind) => {
    const fresh = async (name: string) =>
      kind === 'SQLite' ? `file:${join(folder(), name)}` : await freshDatabase();
    const [first, second] = [await fresh('first.db'), await fresh('second.db')];
    const database = (url: string) =>
      kind === 'SQLite'
        ? ({ kind: 'file', path: url.slice('file:'.length) } as const)
        : ({ kind: 'postgres', url } as const);
    const server = await startLedger(database(first));
    await fillLedger(server.endpoint);
    // In another process, while the server has its store.
    const { code, out: text } = await points(['export', '--database', first]);
    expect(code).toBe(0);
    expect(await exportOf('--url', server.endpoint)).toBe(text);
    const csv = await exportOf('--database', first, '--format', 'csv');
    expect(await exportOf('--url', server.endpoint, '--format', 'csv')).toBe(csv);
    const before = await ask(server.endpoint, history);
    await server.stop();

    const ran = await points(['restore', '-', '--database', second], { input: text });
    expect(ran).toMatchObject({ code: 0, errors: '' });
    expect(await exportOf('--database', second)).toBe(text);
    const restored = await startLedger(database(second));
    expect(await ask(restored.endpoint, history)).toEqual(before);
    const again = { accountId: 'é', points: 250, reference: 'r', idempotencyKey: 's' };
    expect(await spendPoints(restored.endpoint, again)).toMatchObject({
      replayed: true,
      errors: [],
    });
    await restored.stop();
    expect(await pointsHere(['verify', '--database', second])).toMatchObject({ code: 0 });
  },
);

test('an export of SQLite is restored on PostgreSQL, and back', async () => {
  const { path, lines } = exported();
  const database = await freshDatabase();
  expect(await pointsHere(['restore', path, '--database', database])).toMatchObject({ code: 0 });
  expect(await exportOf('--database', database)).toBe(lines.join('\n'));
});

test('accounts come by code point, entries by sequence, and the last line counts them', async () => {
  const { lines } = exported();
  const entries = lines.slice(1, -2).map((line) => JSON.parse(line));
  expect(JSON.parse(lines[0])).toEqual({ format: 'points-ledger-export', version: 2 });
  const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(JSON.parse(lines.at(-2)!)).toEqual({ accounts: 7, entries: entries.length, digest });
  const sorted = entries.toSorted(
    (left, right) =>
      compareCodePoints(left.accountId, right.accountId) || left.sequence - right.sequence,
  );
  expect(entries).toEqual(sorted);
});

test('as CSV, an entry is a line, and the last cell holds the allocations of a spend', async () => {
  exported();
  const database = `file:${join(folder(), 'ledger.db')}`;
  const text = await exportOf('--database', database, '--account', 'é', '--format', 'csv');
  const rows: Record<string, string>[] = parse(text, { columns: true });
  expect(rows.map(({ kind, payer, points: amount }) => [kind, payer, amount])).toEqual([
    ['transaction', 'DANNON', '300'],
    ['transaction', 'MILLER COORS', '200'],
    ['transaction', 'DANNON', '-100'],
    ['spend', '', '250'],
  ]);
  expect(JSON.parse(rows[3].allocations)).toMatchObject([
    { sequence: 2, payer: 'MILLER COORS', points: 200 },
    { sequence: 1, payer: 'DANNON', points: 50 },
  ]);
});

test('for Excel, a CSV begins with a byte order mark, and the result can be JSON', async () => {
  exported();
  const database = `file:${join(folder(), 'ledger.db')}`;
  const output = join(folder(), 'excel.csv');
  const words = ['export', '--database', database, '--format', 'csv', '--excel', '--json'];
  const ran = await pointsHere([...words, '-o', output]);
  expect(ran).toMatchObject({ code: 0, errors: '' });
  expect(JSON.parse(ran.out)).toEqual({ accounts: 7, entries: 426, output });
  expect([...readFileSync(output).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
});

test('verify --json prints findings and counts as one JSON object', async () => {
  exported();
  const path = join(folder(), 'ledger.db');
  const words = ['verify', '--json', '--database', `file:${path}`];
  const sound = await points(words);
  expect(sound).toMatchObject({ code: 0, errors: '' });
  expect(JSON.parse(sound.out)).toEqual({ findings: [], accounts: 7, entries: 426 });
  const database = new Database(path);
  database.exec("UPDATE entry SET points = 260 WHERE kind = 'spend' AND sequence = 4");
  database.close();
  const ran = await points(words);
  const { findings } = JSON.parse(ran.out);
  expect({ code: ran.code, count: findings.length }).toEqual({ code: 1, count: 6 });
  const texts = { accountId: expect.any(String), id: expect.any(String) };
  expect(findings[0]).toEqual({ ...texts, sequence: 4, problem: expect.any(String) });
});

test('a truncated export is refused with its line, and no store is created', async () => {
  const { path, lines } = exported();
  writeFileSync(path, lines.slice(0, 9).join('\n'));
  const target = join(folder(), 'target', 'ledger.db');
  const ran = await points(['restore', path, '--database', `file:${target}`]);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.errors).toMatch(/^points: Line 9: the export is truncated after this line.*\n$/);
  expect(existsSync(target)).toBe(false);
});

test('a store that holds entries, or that a server uses, is left as it is', async () => {
  const { path, lines } = exported();
  const database = `file:${join(folder(), 'ledger.db')}`;
  const full = await points(['restore', path, '--database', database]);
  expect(full).toMatchObject({ code: 3, errors: expect.stringContaining('holds entries') });
  expect(await exportOf('--database', database)).toBe(lines.join('\n'));

  const empty = join(folder(), 'empty.db');
  const server = await startLedger({ kind: 'file', path: empty });
  const used = await points(['restore', path, '--database', `file:${empty}`]);
  expect(used).toMatchObject({
    code: 3,
    errors: expect.stringContaining('Another server is using'),
  });
  await server.stop();
  expect(await points(['restore', path, '--database', `file:${empty}`])).toMatchObject({ code: 0 });
  expect(readdirSync(folder()).filter((name) => name.includes('restoring'))).toEqual([]);
  const restored = await startLedger({ kind: 'file', path: empty });
  expect((await stateOf(restored.endpoint, 'é'))?.points).toBe(150);
  await restored.stop();
});

test('an empty ledger has an export, and a missing store is an error', async () => {
  const server = await startLedger({ kind: 'file', path: join(folder(), 'ledger.db') });
  const text = await exportOf('--url', server.endpoint);
  await server.stop();
  expect(text.trim().split('\n')).toHaveLength(2);
  const none = `file:${join(folder(), 'none.db')}`;
  const ran = await points(['export', '--database', none]);
  expect(ran).toMatchObject({ code: 3, errors: expect.stringContaining('There is no ledger at') });
  expect(existsSync(none.slice('file:'.length))).toBe(false);
  const empty = await pointsHere(['export', '--database', await freshDatabase()]);
  expect(empty).toMatchObject({
    code: 3,
    errors: expect.stringContaining('holds no ledger. Name one with --database'),
  });
  const memory = await pointsHere(['export', '--database', 'memory:']);
  expect(memory).toMatchObject({
    code: 2,
    errors: expect.stringContaining('memory: ends with its server'),
  });
});

test('an interrupted export leaves no file', async () => {
  const silent = createServer(() => {});
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/graphql`;
  const running = startPoints(['export', '--url', url, '-o', join(folder(), 'e.ndjson')]);
  await once(silent, 'request');
  running.process.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 130, errors: 'points: Interrupted.\n' });
  silent.closeAllConnections();
  silent.close();
  expect(readdirSync(folder())).toEqual([]);
});

test('a reader may close the pipe before the export ends', async () => {
  exported();
  const database = `file:${join(folder(), 'ledger.db')}`;
  const running = startPoints(['export', '--database', database]);
  running.process.stdout!.once('data', () => running.process.stdout!.destroy());
  expect(await running.ended).toMatchObject({ code: 0, errors: '' });
});

import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { useFolder } from '../journal/sqlite/fixture';
import { useFreshDatabases } from '../support/fresh-databases';
import { startLedger } from '../support/ledger-server';
import { temporaryFolder } from '../support/temporary-folder';
import { ask, fillLedger, spendPoints } from './ledger';
import { points, type Ran } from './points';
import { pointsHere } from './points-here';

const folder = useFolder();
const freshDatabase = useFreshDatabases();

/** The folder of a filled ledger, its digests, and its export in both versions. */
let whole = '';
const at = (name: string) => join(whole, name);
beforeAll(async () => {
  whole = temporaryFolder('digests');
  const server = await startLedger({ kind: 'file', path: at('ledger.db') });
  await fillLedger(server.endpoint);
  await server.stop();
  const database = ['--database', `file:${at('ledger.db')}`];
  for (const [command, name] of [
    ['digests', 'digests.ndjson'],
    ['export', 'export.ndjson'],
  ] as const) {
    expect(await points([command, ...database, '-o', at(name)])).toMatchObject({ code: 0 });
  }
  writeFileSync(at('first.ndjson'), inFirstVersion(readFileSync(at('export.ndjson'), 'utf8')));
  const restore = ['restore', at('first.ndjson'), '--database', `file:${at('first.db')}`];
  expect(await points(restore)).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(whole, { recursive: true }));

/** The ledger from which a file was written: that of the first version has format 1. */
const ledgerOf = (file: string) => at(file === 'first.ndjson' ? 'first.db' : 'ledger.db');

/** Returns an export as a version before digests wrote it. */
function inFirstVersion(text: string): string {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  lines[0].version = 1;
  return lines.map(({ digest: _digest, ...line }) => `${JSON.stringify(line)}\n`).join('');
}

/** Verifies a copy of the ledger after these statements ran on it. */
async function verifyAfter(file: string, ...statements: string[]): Promise<Ran> {
  const path = join(folder(), 'copy.db');
  copyFileSync(ledgerOf(file), path);
  const database = new Database(path);
  for (const statement of statements) {
    expect(database.prepare(statement).run().changes).toBeGreaterThan(0);
  }
  database.close();
  return pointsHere(['verify', '--database', `file:${path}`, '--against', at(file)]);
}

const findings = ({ out }: Ran) => out.trim().split('\n').slice(0, -1);

test('the digest of the last entry of each account is written, as the API returns it', async () => {
  const lines = readFileSync(at('digests.ndjson'), 'utf8').trim().split('\n');
  const [mark, ...rest] = lines.map((line) => JSON.parse(line));
  const accounts = rest.slice(0, -1);
  expect(mark).toEqual({ format: 'points-ledger-digests', version: 1 });
  expect(rest.at(-1)).toEqual({ accounts: accounts.length });
  copyFileSync(at('ledger.db'), join(folder(), 'ledger.db'));
  const server = await startLedger({ kind: 'file', path: join(folder(), 'ledger.db') });
  const { accounts: page } = (await ask(
    server.endpoint,
    '{ accounts(first: 100) { nodes { id history(first: 1) { nodes { sequence digest } } } } }',
  )) as { accounts: { nodes: { id: string; history: { nodes: object[] } }[] } };
  await server.stop();
  expect(accounts).toEqual(
    page.nodes.map(({ id, history }) => ({ accountId: id, ...history.nodes[0] })),
  );
  expect(accounts[0].digest).toMatch(/^[0-9a-f]{64}$/);
});

test.each(['digests.ndjson', 'export.ndjson', 'first.ndjson'])(
  'a ledger that only grew since %s has no findings',
  async (file) => {
    const path = join(folder(), 'ledger.db');
    copyFileSync(ledgerOf(file), path);
    const server = await startLedger({ kind: 'file', path });
    await spendPoints(server.endpoint, { accountId: 'many', points: 90 });
    await spendPoints(server.endpoint, { accountId: 'é', points: 1 });
    await server.stop();
    const ran = await pointsHere(['verify', '--database', `file:${path}`, '--against', at(file)]);
    expect(ran).toMatchObject({ code: 0, errors: '' });
  },
);

const entry = (sequence: number) => `account_id = 'é' AND sequence = ${sequence}`;
const shortened = `DELETE FROM entry WHERE ${entry(4)}`;

test.each([
  ['a reference that was changed', `UPDATE entry SET reference = 'x' WHERE ${entry(2)}`],
  ['an instant that was changed', `UPDATE entry SET timestamp = timestamp + 1 WHERE ${entry(2)}`],
  ['an id that was changed', `UPDATE entry SET id = 'x' WHERE ${entry(3)}`],
])('%s, which the rule cannot see, is found by the digests alone', async (_what, statement) => {
  const path = join(folder(), 'copy.db');
  copyFileSync(at('ledger.db'), path);
  const database = new Database(path);
  expect(database.prepare(statement).run().changes).toBe(1);
  database.close();
  const ran = await pointsHere(['verify', '--database', `file:${path}`]);
  expect(ran.code).toBe(1);
  expect(findings(ran)[0]).toMatch(
    /^account "é", entry \d .*its digest is not that of its values after the previous digest/,
  );
});

test('an entry of format 1 after one of format 2 is found', async () => {
  const ran = await verifyAfter(
    'digests.ndjson',
    `UPDATE entry SET format = 1, digest = '' WHERE ${entry(4)}`,
  );
  expect(findings(ran)).toEqual([
    expect.stringMatching(/entry 4 .*it has no digest, and the entry that precedes it has one/),
    expect.stringMatching(/entry 4 .*its digest is null, and [0-9a-f]{64} in the file/),
  ]);
});

test.each(['digests.ndjson', 'first.ndjson'])(
  'an account that lost its last entry, or all of them, since %s is found',
  async (file) => {
    expect(findings(await verifyAfter(file, shortened))).toEqual([
      'account "é", entry 4: it is in the file, and missing here.',
    ]);
    const ran = await verifyAfter(file, "DELETE FROM entry WHERE account_id = 'é'");
    expect(findings(ran)).toEqual([
      'account "é", entry 4: the account is in the file, and missing here.',
    ]);
  },
);

test.each(['digests.ndjson', 'first.ndjson'])(
  'a history that was written again with digests that fit is found by %s',
  async (file) => {
    const text = inFirstVersion(readFileSync(at('export.ndjson'), 'utf8')).replace(
      '"reference":"r"',
      '"reference":"other"',
    );
    const rewritten = `file:${join(folder(), 'rewritten.db')}`;
    const restored = await points(['restore', '-', '--database', rewritten], { input: text });
    expect(restored).toMatchObject({ code: 0 });
    expect(await pointsHere(['verify', '--database', rewritten])).toMatchObject({ code: 0 });
    const ran = await pointsHere(['verify', '--database', rewritten, '--against', at(file)]);
    expect(ran.code).toBe(1);
  },
);

test('a file that is neither, or was cut off, is refused with its line', async () => {
  writeFileSync(at('other.ndjson'), '{"a":1}\n');
  const lines = readFileSync(at('digests.ndjson'), 'utf8').split('\n');
  writeFileSync(at('cut.ndjson'), `${lines.slice(0, 3).join('\n')}\n`);
  writeFileSync(at('swapped.ndjson'), [lines[0], lines[2], lines[1], ''].join('\n'));
  const errorOf = async (name: string) => {
    const ran = await verifyAfter(name);
    expect(ran.code).toBe(2);
    return ran.errors;
  };
  expect(await errorOf('other.ndjson')).toMatch(
    /^points: --against is .*other\.ndjson\. Line 1: this is not an export/,
  );
  expect(await errorOf('cut.ndjson')).toMatch(/Line 3: the file is truncated after this line/);
  expect(await errorOf('swapped.ndjson')).toMatch(/Line 3: accounts must be in the order/);
});

test('an export of the first version is restored as it was, and exported in the second', async () => {
  const target = await freshDatabase();
  const text = readFileSync(at('first.ndjson'), 'utf8');
  expect(await points(['restore', '-', '--database', target], { input: text })).toMatchObject({
    code: 0,
  });
  const { out } = await points(['export', '--database', target]);
  expect(inFirstVersion(out)).toBe(text);
  expect(out.match(/"digest":null/g)).toHaveLength(out.trim().split('\n').length - 2);
  expect(await pointsHere(['verify', '--database', target])).toMatchObject({ code: 0 });
  const again = `file:${join(folder(), 'again.db')}`;
  expect(await points(['restore', '-', '--database', again], { input: out })).toMatchObject({
    code: 0,
  });
  expect((await points(['export', '--database', again])).out).toBe(out);
});

test.each<[string, (lines: string[]) => void, RegExp]>([
  [
    'a reference',
    (lines) => {
      const at = lines.findIndex((line) => line.includes('"reference":"r"'));
      lines[at] = lines[at]!.replace('"reference":"r"', '"reference":"x"');
    },
    /Line \d+: entry 4 of account "__proto__": its digest is not that of its values/,
  ],
  [
    'the digest of all entries',
    (lines) => {
      const last = lines.length - 2;
      lines[last] = lines[last]!.replace(/"digest":"./, '"digest":"g');
    },
    /Line \d+: the digest of all entries is [0-9a-f]{64}, and the export should have g/,
  ],
])('an export with a change of %s is refused', async (_what, change, message) => {
  const lines = readFileSync(at('export.ndjson'), 'utf8').split('\n');
  change(lines);
  const target = `file:${join(folder(), 'target.db')}`;
  const ran = await points(['restore', '-', '--database', target], { input: lines.join('\n') });
  expect(ran.code).toBe(2);
  expect(ran.errors).toMatch(message);
});

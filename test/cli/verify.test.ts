import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { Client } from 'pg';
import { useFreshDatabases } from '../support/fresh-databases';
import { startLedger } from '../support/ledger-server';
import { fillLedger, spendPoints } from './ledger';
import { points, type Ran } from './points';
import { pointsHere } from './points-here';

const freshDatabase = useFreshDatabases();
let folder = '';
let whole = '';

/** One ledger for all tests; each spoils a copy of it. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-verify-'));
  whole = join(folder, 'whole.db');
  const server = await startLedger({ kind: 'file', path: whole });
  await fillLedger(server.endpoint);
  await server.stop();
});
afterAll(() => rmSync(folder, { recursive: true }));

let copies = 0;

/** Verifies a copy of the ledger after these statements ran on it. */
async function verifyAfter(...statements: string[]): Promise<Ran> {
  copies += 1;
  const path = join(folder, `copy-${copies}.db`);
  copyFileSync(whole, path);
  const database = new Database(path);
  for (const statement of statements) {
    // A statement that changes nothing would test nothing.
    if (database.prepare(statement).run().changes === 0 && !statement.startsWith('DROP')) {
      throw new Error(`Nothing was changed by ${statement}`);
    }
  }
  database.close();
  return pointsHere(['verify', '--database', `file:${path}`]);
}

const findings = ({ out }: Ran) => out.trim().split('\n').slice(0, -1);

test('a sound ledger has no findings', async () => {
  const ran = await verifyAfter();
  expect(ran).toMatchObject({ code: 0, errors: '' });
  expect(ran.out).toBe('426 entries of 7 accounts: no findings.\n');
});

const at = (sequence: number) => `account_id = 'é' AND sequence = ${sequence}`;
const change = (sequence: number, set: string) => `UPDATE entry SET ${set} WHERE ${at(sequence)}`;

/* Account é: 300 DANNON, 200 MILLER COORS (key k5), -100 DANNON, a spend of 250 (key s). */
test.each<[string, string[], RegExp[]]>([
  [
    'a gap',
    [`DELETE FROM entry WHERE ${at(2)}`],
    [/entry 3 \(.+\): it is in the place of entry 2/, /entry 3 .*cannot be checked/],
  ],
  [
    'no first entry',
    [`DELETE FROM entry WHERE ${at(1)}`],
    [/entry 2 \(.+\): it is in the place of entry 1/, /entry 2 /],
  ],
  [
    'other points of an add',
    [change(1, 'points = 30')],
    [
      /entry 1 .*its digest is not that of its values after the previous digest/,
      /entry 3 .*the rule refuses it \(PAYER_WOULD_GO_NEGATIVE\)/,
      /entry 3 .*takes more than DANNON has/,
    ],
  ],
  [
    'other points of a spend',
    [change(4, 'points = 251')],
    [
      /entry 4 .*its allocation 2 is 50 points of "DANNON" from entry 1, .* and by the rule 51 points/,
    ],
  ],
  [
    'a spend of more than there is',
    [change(4, 'points = 500')],
    [/entry 4 .*the rule refuses it \(INSUFFICIENT_POINTS\)/],
  ],
  [
    'an allocation too few',
    [change(4, "allocations = json_remove(allocations, '$[1]')")],
    [/entry 4 .*its allocation 2 is missing, and by the rule 50 points of "DANNON"/],
  ],
  [
    'an allocation of another lot',
    [
      change(
        4,
        `allocations = replace(replace(allocations, '"points":200', '"points":150'), '"points":50', '"points":100')`,
      ),
    ],
    [/entry 4 .*its allocation 1 is 150 points of "MILLER COORS".* and by the rule 200/],
  ],
  [
    'a doubled key',
    ['DROP INDEX entry_idempotency_key', change(3, "idempotency_key = 'k5'")],
    [/entry 3 .*its idempotency key "k5" belongs to an entry before it/],
  ],
  [
    'an instant that goes back',
    [change(3, 'recorded_at = 0')],
    [/entry 3 .*it was recorded at 1970-01-01T00:00:00.000Z, before the entry that precedes it/],
  ],
  [
    'an unknown kind',
    [change(3, "kind = 'gift'")],
    [/entry 3: it cannot be read: .*is of kind "gift", which this program does not know/],
  ],
  ['a newer format', [change(3, 'format = 3')], [/entry 3: it cannot be read: .*has format 3/]],
  [
    'a payer that is none',
    [change(1, "payer = ' '")],
    [
      /entry 1 .*the rule refuses it \(INVALID_PAYER\)/,
      /entry 3 .*PAYER_WOULD_GO_NEGATIVE/,
      /entry 3 /,
    ],
  ],
  [
    'a timestamp that is none',
    [change(2, 'timestamp = 9e15')],
    [/entry 2 .*its timestamp is 9000000000000000/, /entry 4/, /entry 4/],
  ],
  [
    'a reference that is none',
    [change(1, "reference = 'a' || char(10)")],
    [/entry 1 .*the rule refuses it \(INVALID_REFERENCE\)/],
  ],
])(
  '%s is found and reported with its entry, and the other accounts are read',
  async (_name, statements, wanted) => {
    const ran = await verifyAfter(...statements);
    expect(ran).toMatchObject({ code: 1, errors: '' });
    expect(findings(ran)).toEqual(
      wanted.map(({ source }) =>
        expect.stringMatching(new RegExp(`^account "é", ${source}.*\\.$`)),
      ),
    );
    expect(ran.out).toMatch(/4\d\d entries of 7 accounts: \d findings?\.\n$/);
  },
);

test.each<[string, string[], RegExp]>([
  [
    'a broken snapshot',
    ["UPDATE snapshot_part SET content = '{'"],
    /part 1 of its snapshot of entry \d+ cannot be read/,
  ],
  [
    'a wrong snapshot',
    [`UPDATE snapshot_part SET content = replace(content, '["P1",', '["P9",')`],
    /its snapshot of entry \d+ is not the state after that entry/,
  ],
  [
    'a snapshot without its parts',
    ['DELETE FROM snapshot_part'],
    /its snapshot of entry \d+ has no part 1 of 1/,
  ],
  [
    'a snapshot of another history',
    ["UPDATE snapshot SET entry_id = 'other'"],
    /its snapshot of entry \d+ names the id other for it/,
  ],
  [
    'a snapshot of what is not there',
    ['UPDATE snapshot SET sequence = 999'],
    /its snapshot is of entry 999, which is missing/,
  ],
  [
    'a snapshot without entries',
    ["UPDATE snapshot SET account_id = 'nobody'"],
    /its snapshot is of an account without entries/,
  ],
])('%s is found', async (_name, statements, wanted) => {
  const ran = await verifyAfter(...statements);
  expect(ran).toMatchObject({ code: 1, errors: '' });
  expect(findings(ran)).toEqual([expect.stringMatching(wanted)]);
});

test('findings of several accounts are all reported', async () => {
  const ran = await verifyAfter(
    "UPDATE entry SET points = 260 WHERE kind = 'spend' AND sequence = 4",
    "UPDATE snapshot_part SET content = '{'",
  );
  expect(findings(ran)).toHaveLength(7);
});

test('on PostgreSQL it runs while a server uses the store, and finds planted errors', async () => {
  const url = await freshDatabase();
  const server = await startLedger({ kind: 'postgres', url });
  await fillLedger(server.endpoint);
  expect(await points(['verify', '--database', url])).toMatchObject({ code: 0, errors: '' });
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`UPDATE entry SET points = 251 WHERE ${at(4)}`);
  await client.query("UPDATE snapshot_part SET content = '{'");
  await client.end();
  const ran = await points(['verify', '--database', url]);
  await server.stop();
  expect(ran.code).toBe(1);
  expect(findings(ran)).toEqual([
    expect.stringContaining('part 1 of its snapshot'),
    expect.stringContaining('its allocation 2 is 50 points'),
  ]);
});

test('while a server writes, a sound file has no findings', async () => {
  const path = join(folder, 'busy.db');
  copyFileSync(whole, path);
  const server = await startLedger({ kind: 'file', path });
  let isOver = false;
  let spent = 0;
  const spending = (async () => {
    while (!isOver) {
      await fillLedger(server.endpoint);
      await spendPoints(server.endpoint, { accountId: 'many', points: 90 });
      spent += 1;
    }
  })();
  const ran = await points(['verify', '--database', `file:${path}`]);
  isOver = true;
  await spending;
  await server.stop();
  expect(ran).toMatchObject({ code: 0, errors: '' });
  expect(spent).toBeGreaterThan(0);
});

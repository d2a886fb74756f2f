import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useFolder } from '../journal/sqlite/fixture';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { stateOf } from './ledger';
import { pointsProgram } from './points';
import { pointsHere } from './points-here';

const folder = useFolder();
let server: LedgerServer;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());

const time = '2020-11-02T14:00:00Z';

/** Writes a file whose rows are for one account, so that tests can share the server. */
function write(name: string, account: string, rows: readonly string[]): string {
  const path = join(folder(), name);
  const lines = rows.map((row) => `${account},${row}\n`);
  writeFileSync(path, `account_id,payer,points,timestamp\n${lines.join('')}`);
  return path;
}

function importing(path: string, ...more: string[]) {
  return pointsHere(['import', path, '--url', server.endpoint, ...more]);
}

const pointsOf = async (account: string) => (await stateOf(server.endpoint, account))?.points;

test('unusual dates are imported only with --accept-dates', async () => {
  const rows = [`A,1,${time}`, 'A,2,0020-11-02T14:00:00Z', 'A,3,2204-11-02T14:00:00Z'];
  const path = write('dates.csv', 'dates', rows);
  const ran = await importing(path);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.errors).toBe(
    'points: Line 3: the timestamp 0020-11-02T14:00:00.000Z is before 1970, and 1 more row has ' +
      'such a date. Nothing was sent. If the dates are right, import with --accept-dates.\n',
  );
  expect(await pointsOf('dates')).toBeUndefined();
  expect(await importing(path, '--accept-dates')).toMatchObject({ code: 0 });
  expect(await pointsOf('dates')).toBe(6);
});

test.each([
  ['y', 0, 2],
  ['n', 2, undefined],
])('in a terminal, the question about dates is answered with %s', async (answer, status, sum) => {
  const path = write('asked.csv', `answer ${answer}`, ['A,2,2204-11-02T14:00:00Z']);
  const words = [process.execPath, pointsProgram(), 'import', path, '--url', server.endpoint];
  const command = words.map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null']);
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stdin.write(`${answer}\n`);
  const [code] = await once(child, 'close');
  expect(out).toContain('is more than a year ahead. Import the file? [y/N]');
  expect(code).toBe(status);
  expect(await pointsOf(`answer ${answer}`)).toBe(sum);
});

test('a file that was saved again or grew is not added again', async () => {
  const rows = Array.from({ length: 300 }, (_unused, at) => `A,${at + 1},${time}`);
  expect(await importing(write('monday.csv', 'grown', rows))).toMatchObject({ code: 0 });
  const before = await pointsOf('grown');
  const grown = write('tuesday.csv', 'grown', [...rows, `A,1000,${time}`]);
  const ran = await importing(grown);
  expect(ran).toMatchObject({ code: 2, out: '' });
  const [, found, name] = /(\d+) of 200 rows .* import "([0-9a-f]{64})"/.exec(ran.errors) ?? [];
  expect(Number(found)).toBeGreaterThanOrEqual(199);
  expect(ran.errors).toContain(
    `Nothing was sent. To add only what is new, import it with --name "`,
  );
  expect(await pointsOf('grown')).toBe(before);
  const added = await importing(grown, '--name', name);
  expect(added.out).toContain('1 added, 300 there already');
  expect((await importing(grown, '--again')).out).toContain('301 added');
});

test('the same file is continued, and rows that differ are added', async () => {
  const rows = Array.from({ length: 20 }, (_unused, at) => `A,${at + 1},${time}`);
  const path = write('first.csv', 'continued', rows);
  await importing(path);
  expect(await importing(path)).toMatchObject({ code: 0 });
  const others = rows.map((row) => row.replace('2020', '2021'));
  expect((await importing(write('second.csv', 'continued', others))).out).toContain('20 added');
});

test('ids that Excel has rounded are refused before anything is sent', async () => {
  const path = write('rounded.csv', '1.23457E+17', [`A,1,${time}`, `A,2,${time}`]);
  const ran = await importing(path);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.errors).toContain('Line 3: the account_id is "1.23457E+17", as on line 2.');
  expect(await pointsOf('1.23457E+17')).toBeUndefined();
});

test('columns are mapped and set on the command line', async () => {
  const path = join(folder(), 'bank.csv');
  writeFileSync(path, `Brand;Haben;Soll;Date\nA;5;;2020-11-02 14:00:00Z\nA;;3;${time}\n`);
  const map = ['payer=Brand', 'credit=Haben', 'debit=Soll', 'timestamp=Date'];
  const rules = [...map.flatMap((rule) => ['--map', rule]), '--set', 'account_id=mapped'];
  expect(await importing(path, ...rules)).toMatchObject({ code: 0, errors: '' });
  expect(await pointsOf('mapped')).toBe(2);
  const wrong = await importing(path, '--map', 'payr=Brand');
  expect(wrong).toMatchObject({ code: 2, out: '' });
  expect(wrong.errors).toContain('there is no column "payr", did you mean payer?');
});

test('a dry run needs no server, says what the file holds, and writes nothing', async () => {
  const rows = [`A,10,${time}`, `B,5,${time}`, `A,-3,${time}`, `A,x,${time}`];
  const path = write('dry.csv', 'dry', rows);
  const words = ['import', path, '--url', 'http://127.0.0.1:1/graphql', '--dry-run'];
  const ran = await pointsHere(words);
  expect(ran).toMatchObject({ code: 1, errors: '' });
  expect(ran.out.split('\n')).toEqual([
    '4 rows: 3 can be sent, 1 refused.',
    '1 account, 2 payers.',
    '  "A": 10 granted, 3 taken back, 7 in total',
    '  "B": 5 granted, 0 taken back, 5 in total',
    expect.stringMatching(/^Line 5: INVALID_POINTS: points must be a whole number/),
    'Nothing was sent. Balances and idempotency keys were not queried.',
    '',
  ]);
  expect(readdirSync(folder())).not.toContain('dry.refused.csv');
  const json = JSON.parse((await pointsHere([...words, '--json'])).out);
  expect(json).toMatchObject({
    dryRun: true,
    rows: 4,
    accepted: 3,
    refused: 1,
    accounts: 1,
    payers: [
      { payer: 'A', granted: 10, takenBack: 3 },
      { payer: 'B', granted: 5, takenBack: 0 },
    ],
    firstRefusals: [{ line: 5, code: 'INVALID_POINTS' }],
  });
  const right = write('right.csv', 'dry', [`A,10,${time}`]);
  expect(await importing(right, '--dry-run')).toMatchObject({ code: 0 });
  expect(await pointsOf('dry')).toBeUndefined();
});

test('the result of an import as JSON', async () => {
  const path = write('json.csv', 'json', [`A,10,${time}`, `A,x,${time}`]);
  const ran = await importing(path, '--json', '--name', 'n');
  expect(ran).toMatchObject({ code: 1, errors: '' });
  expect(JSON.parse(ran.out)).toEqual({
    rows: 2,
    of: 2,
    added: 1,
    replayed: 0,
    refused: 1,
    skipped: 0,
    name: 'n',
    refusals: join(folder(), 'json.refused.csv'),
    seconds: expect.any(Number),
  });
});

test('a thousand rows with every text at its longest fit into a call', async () => {
  const wide = '\u{ffee}'.repeat(255);
  const line = JSON.stringify({
    accountId: wide,
    payer: wide,
    points: -Number.MAX_SAFE_INTEGER,
    timestamp: '2020-11-02T14:00:00.250+00:00',
    reference: wide,
  });
  const path = join(folder(), 'wide.ndjson');
  writeFileSync(path, `${line}\n`.repeat(1_000));
  const ran = await importing(path, '--name', 'n'.repeat(200));
  expect(ran).toMatchObject({ code: 1, errors: '' });
  expect(ran.out).toContain('1,000 refused');
});

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { useFolder } from '../journal/sqlite/fixture';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { stateOf } from './ledger';
import { points } from './points';
import { pointsHere } from './points-here';
import { workedExample } from './worked-example';

const folder = useFolder();
let server: LedgerServer;
beforeEach(async () => {
  server = await startLedger();
});
afterEach(() => server.stop());

const workedState = {
  points: 11_300,
  balances: [
    { payer: 'DANNON', points: 1_100 },
    { payer: 'UNILEVER', points: 200 },
    { payer: 'MILLER COORS', points: 10_000 },
  ],
};

function write(name: string, text: string): string {
  const path = join(folder(), name);
  writeFileSync(path, text);
  return path;
}

function importing(path: string, ...more: string[]) {
  return pointsHere(['import', path, '--url', server.endpoint, ...more]);
}

/** In a process whose working folder is that of the test. */
function importingFromFolder(path: string, ...more: string[]) {
  return points(['import', path, '--url', server.endpoint, ...more], { cwd: folder() });
}

test('the worked example is imported, and imported again it adds nothing', async () => {
  const path = write('example.csv', workedExample);
  const first = await importingFromFolder(path);
  expect(first).toMatchObject({ code: 0, errors: '' });
  expect(first.out).toMatch(/^5 of 5 rows in .* s: 5 added, 0 there already, 0 refused\.\n$/);
  const second = await importing(path);
  expect(second.out).toContain('0 added, 5 there already, 0 refused');
  expect(second.code).toBe(0);
  expect(await stateOf(server.endpoint)).toEqual(workedState);
});

test('NDJSON from the standard input is detected by its start', async () => {
  const [, ...lines] = workedExample.trim().split('\n');
  const input = lines.map((line) => {
    const [payer, amount, timestamp] = line.split(',');
    return JSON.stringify({ payer, points: Number(amount), timestamp });
  });
  const words = ['import', '-', '--url', server.endpoint];
  const ran = await points(words, { input: input.join('\n'), cwd: folder() });
  expect(ran).toMatchObject({ code: 0, errors: '' });
  expect(await stateOf(server.endpoint)).toEqual(workedState);
});

test('refused rows are written to a file, the rest are added, and the corrected file is imported', async () => {
  const path = write(
    'rows.csv',
    `${workedExample}DANNON,1.5,2020-11-02T14:00:00Z\nNOBODY,-1,2020-11-02T14:00:00Z\n`,
  );
  const ran = await importing(path);
  expect(ran.code).toBe(1);
  expect(ran.out).toContain(
    `5 added, 0 there already, 2 refused (see ${join(folder(), 'rows.refused.csv')})`,
  );
  expect(await stateOf(server.endpoint)).toEqual(workedState);
  const refused = readFileSync(join(folder(), 'rows.refused.csv'), 'utf8');
  expect(refused.split('\n').map((line) => line.split(',').slice(0, 2))).toEqual([
    ['refused_line', 'refused_code'],
    ['7', 'INVALID_POINTS'],
    ['8', 'PAYER_WOULD_GO_NEGATIVE'],
    [''],
  ]);
  const corrected = write('rows.refused.csv', refused.replace('1.5,', '15,').replace('-1,', '1,'));
  expect(await importing(corrected)).toMatchObject({ code: 0 });
  expect((await stateOf(server.endpoint))?.points).toBe(11_316);
});

test.each(['csv', 'ndjson'])(
  'the refused one of two equal rows counts once it is imported from the %s of refused rows',
  async (format) => {
    const time = '2020-11-02T14:00:00Z';
    const rows = [1, -1, -1].map((value) => ({ payer: 'A', points: value, timestamp: time }));
    const lines =
      format === 'csv'
        ? ['payer,points,timestamp', ...rows.map((row) => Object.values(row).join(','))]
        : rows.map((row) => JSON.stringify(row));
    const path = write(`rows.${format}`, lines.join('\n'));
    const first = await importing(path, '--name', 'november');
    expect(first.out).toContain('2 added, 0 there already, 1 refused');
    const more = write('more.csv', `payer,points,timestamp\nA,5,${time}\n`);
    expect(await importing(more)).toMatchObject({ code: 0 });
    const refused = join(folder(), `rows.refused.${format}`);
    const second = await importing(refused, '--name', 'november');
    expect(second.out).toContain('1 added, 0 there already, 0 refused');
    expect((await importing(path, '--name', 'november')).out).toContain('0 added, 3 there already');
    expect((await stateOf(server.endpoint))?.points).toBe(4);
  },
);

test('under the same name, a corrected file adds only what was not added', async () => {
  const wrong = write('monday.csv', workedExample.replace(',1000,', ',1OOO,'));
  expect(await importing(wrong, '--name', 'november')).toMatchObject({ code: 1 });
  const right = write('tuesday.csv', workedExample);
  const ran = await importing(right, '--name', 'november');
  expect(ran.out).toContain('2 added, 3 there already, 0 refused');
  expect((await stateOf(server.endpoint))?.points).toBe(11_300);
});

test('rows of one account are decided in the order of the file, with many calls in flight', async () => {
  const accounts = Array.from({ length: 7 }, (_unused, at) => `account ${at}`);
  const timestamp = '2020-11-02T14:00:00Z';
  const rows = Array.from({ length: 2_000 }, (_unused, at) =>
    accounts.map((account) => `${account},A,${at % 2 === 0 ? 1 : -1},${timestamp}`),
  );
  const path = write('order.csv', `account_id,payer,points,timestamp\n${rows.flat().join('\n')}\n`);
  const ran = await importing(path, '--concurrency', '8');
  expect(ran.out).toContain('14,000 added, 0 there already, 0 refused');
  for (const account of accounts) expect((await stateOf(server.endpoint, account))?.points).toBe(0);
});

test.each([
  ['no.csv', null, /^points: There is no file .*no\.csv\.\n$/],
  [
    'head.csv',
    'payr,points,timestamp\n',
    /^points: Line 1: there is no column "payr", did you mean payer/,
  ],
  ['empty.csv', '', /^points: The file is empty/],
  [
    'quote.csv',
    'payer,points,timestamp\nA,1,2020-11-02T14:00:00Z\n"A,1,x\n',
    /^points: Line 3: the record that begins here opens a quote/,
  ],
  [
    'latin.csv',
    Buffer.from('payer,points,timestamp\nNESTL\xc9,1,x\n', 'latin1'),
    /^points: Line 2: this is not UTF-8/,
  ],
])('%s is refused as a whole, and nothing is added', async (name, text, message) => {
  const path = join(folder(), name);
  if (text !== null) writeFileSync(path, text);
  const ran = await importing(path);
  expect(ran).toMatchObject({ code: 2, out: '', errors: expect.stringMatching(message) });
  expect(await stateOf(server.endpoint)).toBeNull();
  expect(readdirSync(folder()).filter((file) => file.includes('refused'))).toEqual([]);
});

test('an unreachable server, and one that is not a ledger, end the import with status 3', async () => {
  const path = write('example.csv', workedExample);
  const { endpoint } = server;
  await server.stop();
  const away = await points(['import', path, '--url', endpoint]);
  expect(away).toMatchObject({ code: 3, out: '' });
  expect(away.errors).toMatch(
    /^points: http:.* does not respond: nothing listens there \(ECONNREFUSED\)\.\n$/,
  );
  const other = createServer((_request, response) => response.writeHead(404).end('none'));
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  const ran = await points(['import', path, '--url', url]);
  other.close();
  expect(ran).toMatchObject({ code: 3, errors: expect.stringContaining('is not a ledger') });
  server = await startLedger();
});

test('the standard input is checked to its end before anything is added, and leaves no files', async () => {
  const env = { TMPDIR: folder() };
  const words = ['import', '-', '--url', server.endpoint, '--format', 'csv'];
  const ran = await points(words, { input: `${workedExample}"`, cwd: folder(), env });
  expect(ran).toMatchObject({
    code: 2,
    errors: expect.stringContaining('Line 7: the record that begins here opens a quote'),
  });
  expect(await stateOf(server.endpoint)).toBeNull();
  expect(existsSync(folder())).toBe(true);
  expect(readdirSync(folder()).filter((name) => name.startsWith('points-'))).toEqual([]);
});

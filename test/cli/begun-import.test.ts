import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useFolder } from '../journal/sqlite/fixture';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { stateOf } from './ledger';
import { points } from './points';
import { pointsHere } from './points-here';

/**
 * The ledgers are exports of version 0.1.0: its server had received the first half of each file
 * from its `points import`, under the name that the whole file has by default.
 */
const fixtures = join(__dirname, 'begun-import');

const folder = useFolder();
let server: LedgerServer;
afterEach(() => server.stop());

/** The ledger as the earlier version left it, served by this one. */
async function begin(format: string): Promise<void> {
  const path = join(folder(), 'ledger.db');
  const words = ['restore', join(fixtures, `begun-${format}.ndjson`), '--database', `file:${path}`];
  expect(await points(words)).toMatchObject({ code: 0 });
  server = await startLedger({ kind: 'file', path });
}

async function importing(path: string, ...more: string[]): Promise<string> {
  const ran = await pointsHere(['import', path, '--url', server.endpoint, ...more]);
  expect(ran.errors).toBe('');
  return ran.out;
}

/** Imports the file of the fixture, and returns the lines of its refused rows, by their number. */
async function goOn(format: string): Promise<Map<string, string>> {
  const name = `rows.${format}`;
  writeFileSync(join(folder(), name), readFileSync(join(fixtures, name)));
  const expected =
    format === 'csv' ? '3 added, 2 there already, 11' : '2 added, 2 there already, 6';
  expect(await importing(join(folder(), name))).toContain(`${expected} refused`);
  const lines = readFileSync(join(folder(), `rows.refused.${format}`), 'utf8').split(/(?<=\n)/);
  return new Map(lines.map((line) => [/^\d+|"line":(\d+)/.exec(line)?.at(0) ?? 'header', line]));
}

function correct(lines: Map<string, string>, at: string, wrong: string, right: string): void {
  expect(lines.get(at)).toContain(wrong);
  lines.set(at, lines.get(at)!.replace(wrong, right));
}

function write(name: string, lines: Map<string, string>): string {
  const path = join(folder(), name);
  writeFileSync(path, [...lines.values()].join(''));
  return path;
}

const asBefore = ['--keep-blanks', '--cut-digits'];

test('an import of CSV that an earlier version began is continued, and every row counts once', async () => {
  await begin('csv');
  const lines = await goOn('csv');
  correct(lines, '3', ',1.000,', ',1,');
  correct(lines, '5', ',1.000,', ',1000,');
  correct(lines, '8', ',2e1,', ',20,');
  correct(lines, '10', ',x,', ',3,');
  correct(lines, '12', ',1.000,', ',1000,');
  correct(lines, '13', ',25.000,', ',25000,');
  const corrected = write('corrected.csv', lines);
  const ran = await importing(corrected, ...asBefore);
  expect(ran).toContain('5 added, 5 there already, 1 refused');
  const refused = readFileSync(join(folder(), 'corrected.refused.csv'), 'utf8');
  expect(refused).toMatch(/\n3,IDEMPOTENCY_KEY_REUSED,.*,1000,.*\n$/);

  const state = {
    points: 26_454,
    balances: [
      { payer: 'DANNON', points: 26_334 },
      { payer: ' "OAK"', points: 100 },
      { payer: 'UNILEVER ', points: 20 },
    ],
  };
  expect(await stateOf(server.endpoint, 'begun')).toEqual(state);
  expect((await stateOf(server.endpoint, ' begun'))?.points).toBe(7);
  const again = join(folder(), 'again.csv');
  writeFileSync(again, refused.replace(',1000,', ',1,'));
  expect(await importing(again)).toContain('0 added, 1 there already, 0 refused');
  expect(await importing(corrected, ...asBefore)).toContain('0 added, 10 there already, 1 refused');
  expect(await stateOf(server.endpoint, 'begun')).toEqual(state);
});

test('an import of NDJSON that an earlier version began is continued, and every row counts once', async () => {
  await begin('ndjson');
  const lines = await goOn('ndjson');
  correct(lines, '"line":2', '"points":1,"points"', '"points"');
  correct(lines, '"line":5', '"points":0.99999999999999999999', '"points":1');
  correct(lines, '"line":8', '"points":7,"points":1000', '"points":7');
  const corrected = write('corrected.ndjson', lines);
  expect(await importing(corrected, ...asBefore)).toContain('3 added, 3 there already, 0 refused');
  const state = {
    points: 3_409,
    balances: [
      { payer: 'DANNON', points: 3_309 },
      { payer: 'OAK ', points: 100 },
    ],
  };
  expect(await stateOf(server.endpoint, 'begun')).toEqual(state);
  expect(await importing(corrected, ...asBefore)).toContain('0 added, 6 there already, 0 refused');
  expect(await stateOf(server.endpoint, 'begun')).toEqual(state);
  expect(readdirSync(folder()).filter((name) => name.includes('corrected.refused'))).toEqual([]);
});

test('under the earlier rules, the whole file is continued at once', async () => {
  await begin('csv');
  const path = join(fixtures, 'rows.csv');
  const refusals = ['--refusals', join(folder(), 'refused.csv')];
  const ran = await importing(path, ...asBefore, ...refusals);
  expect(ran).toContain('5 added, 5 there already, 6 refused');
  expect(await importing(path, ...asBefore, ...refusals)).toContain('0 added, 10 there already, 6');
});

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { useFolder } from '../journal/sqlite/fixture';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { points, pointsProgram } from './points';

const folder = useFolder();
let server: LedgerServer;
beforeEach(async () => {
  server = await startLedger();
});
afterEach(() => server.stop());

function rowsFile(count: number): string {
  const path = join(folder(), 'rows.csv');
  const rows = Array.from({ length: count }, (_unused, at) => `A,${at},2020-11-02T14:00:00Z\n`);
  writeFileSync(path, `payer,points,timestamp\n${rows.join('')}`);
  return path;
}

/** Runs it in a terminal that `script` creates. */
async function inTerminal(words: readonly string[]): Promise<string> {
  const command = [process.execPath, pointsProgram(), ...words].map((word) => `'${word}'`);
  const run = promisify(execFile)('script', ['-qec', command.join(' '), '/dev/null']).catch(
    (error: { stdout: string }) => error,
  );
  return (await run).stdout;
}

test('a terminal shows a bar with rows, rate, refusals, replays and time left', async () => {
  const words = ['import', rowsFile(30_000), '--url', server.endpoint, '--concurrency', '1'];
  const output = await inTerminal(words);
  expect(output).toMatch(
    /Importing █+░* \d+ %, [\d,]+ rows, [\d,]+ rows\/s, 1 refused, 0 there already, \d+ s left/,
  );
  expect(output).toMatch(/Importing █{24} 100 %, 30,000 rows, [^█]*30,000 of 30,000 rows/s);
  // The cursor is there again.
  expect(output.lastIndexOf('\x1b[?25h')).toBeGreaterThan(output.lastIndexOf('\x1b[?25l'));
});

test('without a terminal there are plain lines, and none for a short import', async () => {
  const ran = await points(['import', rowsFile(100), '--url', server.endpoint], { cwd: folder() });
  expect(ran.errors).toBe('');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it must have none
  expect(ran.out).toMatch(/^[^\x1b\r]+\n$/);
});

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createProgress } from '../../src/cli/progress';
import { refusalsPath } from '../../src/cli/refusals-place';
import { RefusalsWriter } from '../../src/cli/refusals-writer';
import { writeFile } from '../../src/cli/write-text';
import type { RefusedRow } from '../../src/import/read-import';
import { useFolder } from '../journal/sqlite/fixture';
import { startLedger } from '../support/ledger-server';
import { ask } from './ledger';
import { points } from './points';

const folder = useFolder();
const at = (name: string) => join(folder(), name);

async function* parts(...given: (string | Promise<void>)[]): AsyncGenerator<string> {
  for (const part of given) {
    if (typeof part === 'string') yield part;
    else await part;
  }
}

const write = (output: string, text: AsyncIterable<string>) =>
  writeFile(text, output, createProgress(0, 'Writing'), new AbortController().signal);

test('of two commands that write to one file at the same time, each leaves it whole', async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const slow = write(at('export'), parts('a'.repeat(100_000), gate, 'the end of a'));
  await write(at('export'), parts('b'));
  expect(readFileSync(at('export'), 'utf8')).toBe('b');
  open();
  await slow;
  expect(readFileSync(at('export'), 'utf8')).toBe(`${'a'.repeat(100_000)}the end of a`);
  expect(readdirSync(folder())).toEqual(['export']);
});

test('a file that is replaced stays kept from others', async () => {
  writeFileSync(at('export'), 'old');
  chmodSync(at('export'), 0o600);
  await write(at('export'), parts('new'));
  expect(statSync(at('export')).mode & 0o777).toBe(0o600);
});

test('where the file is a link, the file that it leads to is replaced', async () => {
  mkdirSync(at('elsewhere'));
  writeFileSync(at('elsewhere/export'), 'old');
  symlinkSync('elsewhere/export', at('latest'));
  await write(at('latest'), parts('new'));
  expect(lstatSync(at('latest')).isSymbolicLink()).toBe(true);
  expect(readFileSync(at('elsewhere/export'), 'utf8')).toBe('new');
});

test('what is no file is not replaced by one', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  mkdirSync(at('folder'));
  symlinkSync('pipe', at('to-pipe'));
  symlinkSync('nothing', at('to-nothing'));
  const before = readdirSync(folder());
  for (const [name, message] of [
    ['pipe', 'is not a regular file; to write to it, omit --output'],
    ['to-pipe', 'is not a regular file'],
    ['folder', 'is a directory; name a file in it'],
    ['to-nothing', 'is a link to a file that does not exist'],
  ] as const) {
    await expect(write(at(name), parts('text'))).rejects.toThrow(message);
  }
  await expect(write(at('none/export'), parts('text'))).rejects.toThrow(
    `--output is ${at('none/export')}, and ${at('none')} is no folder; create it`,
  );
  await expect(write('', parts())).rejects.toThrow('--output is empty');
  expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
  expect(readdirSync(folder())).toEqual(before);
});

test('files of refused rows of imports that run at the same time are different files', () => {
  const refused = (line: number): RefusedRow => {
    const text = `{"points":${line}}`;
    const record = {
      line,
      text,
      cells: [text],
      rawCells: [text],
      problem: null,
      quoteAfterBlank: null,
    };
    return { kind: 'refused', line, code: 'INVALID_POINTS', reason: 'wrong', record };
  };
  const next = () => refusalsPath(at('rows.ndjson'), 'ndjson');
  const writers = [new RefusalsWriter(null, next), new RefusalsWriter(null, next)];
  for (const [index, writer] of writers.entries()) writer.write([refused(index)], null);
  for (const writer of writers) writer.close();
  expect(writers.map(({ path }) => path)).toEqual([
    at('rows.refused.ndjson'),
    at('rows.refused-2.ndjson'),
  ]);
  for (const [index, { path }] of writers.entries()) {
    expect(readFileSync(path, 'utf8')).toContain(`"line":${index}`);
  }
});

test('a link that leads nowhere is no name for a new file of refused rows', () => {
  symlinkSync('nothing', at('rows.refused.csv'));
  expect(refusalsPath(at('rows.csv'), 'csv')).toBe(at('rows.refused-2.csv'));
});

test('- is the standard output, for exports and digests', async () => {
  const server = await startLedger({ kind: 'file', path: at('ledger.db') });
  await ask(
    server.endpoint,
    'mutation { addTransaction(input: { payer: "P", points: 1, timestamp: "2020-01-01T00:00:00Z" }) { replayed } }',
  );
  for (const words of [
    ['export', '--database', `file:${at('ledger.db')}`],
    ['export', '--url', server.endpoint],
    ['digests', '--database', `file:${at('ledger.db')}`],
  ]) {
    const [plain, dash] = [await points(words), await points([...words, '-o', '-'])];
    expect(dash).toEqual(plain);
    expect(dash.out).toContain('"format":"points-ledger-');
  }
  await server.stop();
});

test('no export and no digests replace a database or its log', async () => {
  const database = { kind: 'file', path: at('ledger.db') } as const;
  const server = await startLedger(database);
  await ask(
    server.endpoint,
    'mutation { addTransaction(input: { payer: "P", points: 1, timestamp: "2020-01-01T00:00:00Z" }) { replayed } }',
  );
  symlinkSync('ledger.db', at('link'));
  for (const name of ['ledger.db', 'ledger.db-wal', 'link']) {
    for (const words of [
      ['export', '--database', `file:${database.path}`],
      ['export', '--url', server.endpoint],
      ['digests', '--database', `file:${database.path}`],
    ]) {
      const { code, out, errors } = await points([...words, '--output', at(name)]);
      expect([code, out]).toEqual([2, '']);
      expect(errors).toContain(`--output is ${at(name)}, which is a SQLite database or its log`);
    }
  }
  await server.stop();
  expect(await points(['verify', '--database', `file:${database.path}`])).toMatchObject({
    code: 0,
  });
});

test('an export from an address that is no ledger prints nothing but why', async () => {
  const server = await startLedger({ kind: 'memory' });
  const url = server.endpoint.replace('/graphql', '/healthz');
  const { code, out, errors } = await points(['export', '--url', url]);
  expect([code, out]).toEqual([3, '']);
  expect(errors).toMatch(/^points: \S+\/healthz is not a ledger, .* Name its GraphQL address/);
  expect(errors).not.toContain('too large');
  await server.stop();
});

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, linkSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { useFolder } from '../journal/sqlite/fixture';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { stateOf } from './ledger';
import { points, pointsProgram } from './points';
import { pointsHere } from './points-here';
import { workedExample } from './worked-example';

const folder = useFolder();
let server: LedgerServer;
beforeEach(async () => {
  server = await startLedger();
});
afterEach(() => server.stop());

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

test.each([
  ['csv', 'payer,points,timestamp\nA,x,y\n'],
  ['ndjson', ' {"payer":"A","points":"x","timestamp":"y"}\n'],
])('an existing file of refused rows is replaced only if it is named: %s', async (format, text) => {
  const path = write(`rows.${format}`, text);
  const refused = write(`rows.refused.${format}`, 'being corrected');
  expect((await importing(path)).out).toContain(`rows.refused-2.${format}`);
  expect(readFileSync(refused, 'utf8')).toBe('being corrected');
  const named = write(`named.${format}`, '');
  for (const row of ['"x"', 'x']) {
    write(`rows.${format}`, text.replace(/"?x"?/, row));
    expect(await importing(path, '--refusals', named)).toMatchObject({ code: 1 });
    expect(readFileSync(named, 'utf8').match(/refused"?[:_]/g)?.length).toBe(
      format === 'csv' ? 3 : 1,
    );
  }
});

test('no file is overwritten by refused rows but one of refused rows, and nothing is sent', async () => {
  const path = write('rows.csv', `${workedExample}A,x,y\n`);
  const texts = {
    'notes.txt': 'notes',
    'other.csv': workedExample,
    'rows.ndjson': '{"payer":1}\n',
  };
  for (const [name, text] of Object.entries(texts)) {
    const ran = await importing(path, '--refusals', write(name, text));
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.errors).toContain(`${name}, which exists and holds no refused rows`);
    expect(readFileSync(join(folder(), name), 'utf8')).toBe(text);
  }
  for (const name of ['', '-']) {
    const ran = await importing(path, '--refusals', name);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.errors).toContain(`--refusals is "${name}"; name a file`);
  }
  expect(await stateOf(server.endpoint)).toBeNull();
});

test('refused rows of what has no folder are written to the working folder, and counted once', async () => {
  const path = write('rows.csv', `${workedExample}A,x,y\n`);
  const run = (input: string) => {
    const words = ['-c', `exec "$0" "$1" import --url "$2" ${input}`];
    const child = spawn(
      'sh',
      [...words, process.execPath, pointsProgram(), server.endpoint, path],
      {
        cwd: folder(),
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    return text(child.stdout);
  };
  const inputs = ['- < "$3"', '/dev/stdin < "$3"', '/dev/fd/3 3< "$3"'];
  const piped = ['-', '/dev/stdin'].map((name) => `${name} <<END\n${workedExample}A,x,y\nEND\n`);
  for (const [at, input] of [...inputs, ...piped].entries()) {
    const counts = at === 0 ? '5 added, 0' : '0 added, 5';
    const refused = `import.refused${at === 0 ? '' : `-${at + 1}`}.csv`;
    expect(await run(input)).toContain(
      `${counts} there already, 1 refused (see ${join(folder(), refused)})`,
    );
    expect(existsSync(join(folder(), refused))).toBe(true);
  }
});

test('a pipe that is no standard input is refused with the way to read it', async () => {
  execFileSync('mkfifo', [join(folder(), 'pipe')]);
  for (const [name, message] of [
    [
      'pipe',
      'is not a regular file; to read a pipe, name - and redirect the standard input from it.',
    ],
    ['.', 'is a directory; name a file.'],
  ] as const) {
    const ran = await importing(join(folder(), name));
    expect(ran).toMatchObject({ code: 2, errors: expect.stringContaining(message) });
  }
});

test('if refused rows cannot be written, nothing is sent', async () => {
  const path = write('rows.csv', `${workedExample}A,x,y\n`);
  for (const place of [join('nowhere', 'refused.csv'), folder()]) {
    const ran = await importingFromFolder(path, '--refusals', place);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.errors).toContain(
      `Refused rows could not be written to ${resolve(folder(), place)}: `,
    );
    expect(ran.errors).toContain('nothing was sent');
  }
  expect(await stateOf(server.endpoint)).toBeNull();
});

test('refused rows never overwrite the imported file, by whatever name', async () => {
  const text = `${workedExample}A,x,y\n`;
  const path = write('rows.csv', text);
  symlinkSync(path, join(folder(), 'symbolic.csv'));
  linkSync(path, join(folder(), 'hard.csv'));
  for (const name of ['rows.csv', './rows.csv', 'symbolic.csv', 'hard.csv']) {
    const ran = await importingFromFolder(path, '--refusals', name);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.errors).toContain(
      `--refusals is ${join(folder(), name)}, which is the imported file: it would be overwritten`,
    );
  }
  const command = `"$0" "$1" import - --url "$2" --refusals rows.csv < rows.csv`;
  const words = ['-c', command, process.execPath, pointsProgram(), server.endpoint];
  expect(spawnSync('sh', words, { cwd: folder() }).status).toBe(2);
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(await stateOf(server.endpoint)).toBeNull();
});

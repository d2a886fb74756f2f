import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { useFolder } from '../journal/sqlite/fixture';
import { startLedger } from '../support/ledger-server';
import { testIf } from '../support/needs';
import { points, pointsProgram } from './points';

const folder = useFolder();

type Output = 'a full disk' | 'a closed pipe';

/** Runs `points` with a standard output that takes nothing. */
async function lost(words: readonly string[], output: Output) {
  const stdout = output === 'a full disk' ? openSync('/dev/full', 'w') : closedPipe();
  const child = spawn(process.execPath, [pointsProgram(), ...words], {
    stdio: ['ignore', stdout, 'pipe'],
  });
  closeSync(stdout);
  let errors = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [code] = await once(child, 'close');
  return { code, errors };
}

/** Returns the end of a pipe that nobody reads. */
function closedPipe(): number {
  const path = join(folder(), 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, 'r+');
  const writer = openSync(path, 'w');
  closeSync(reader);
  rmSync(path);
  return writer;
}

const test = testIf(existsSync('/dev/full'), 'full disks: needs /dev/full');

test('a key that cannot be printed is no success, and the message says what to do', async () => {
  const database = ['--database', `file:${join(folder(), 'ledger.db')}`];
  for (const output of ['a full disk', 'a closed pipe'] as const) {
    const create = ['keys', 'create', '--name', output, '--scope', 'points:read', ...database];
    const { code, errors } = await lost(create, output);
    expect(code).toBe(2);
    expect(errors).toMatch(
      new RegExp(`^points: The key "${output}" was created, and could not be printed: .*revoke it`),
    );
    expect(errors).not.toMatch(/plk_|Store it now/);
    expect(await points(['keys', 'revoke', output, ...database])).toMatchObject({ code: 0 });
  }
});

test('a result that the disk has no space for is no success; a reader may close the pipe', async () => {
  const path = join(folder(), 'ledger.db');
  await (await startLedger({ kind: 'file', path })).stop();
  for (const words of [['verify'], ['verify', '--json'], ['export'], ['digests'], ['sweep']]) {
    const command = [...words, '--database', `file:${path}`];
    const full = await lost(command, 'a full disk');
    expect([words, full.code]).toEqual([words, 2]);
    expect(full.errors).toMatch(/^points: .*no space left on device/);
    expect(await lost(command, 'a closed pipe')).toEqual({ code: 0, errors: '' });
  }
});

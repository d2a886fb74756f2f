import { type ExecFileException, execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { builtServer } from '../support/built-server';
import { temporaryFolder } from '../support/temporary-folder';

const database = join(temporaryFolder('arguments'), 'ledger.db');

/** Runs the server's main file; one that goes on is ended. */
function run(words: readonly string[]): Promise<{ code: unknown; out: string; errors: string }> {
  const env = { ...process.env, PORT: '0', DATABASE_URL: `file:${database}` };
  return new Promise((resolve) => {
    const done = (error: ExecFileException | null, out: string, errors: string) =>
      resolve({ code: error === null ? 0 : error.code, out, errors });
    execFile(process.execPath, [builtServer(), ...words], { env, timeout: 10_000 }, done);
  });
}

afterEach(() => expect(existsSync(database)).toBe(false));

test.each([[['--port', '5000']], [['serve']], [['']]])(
  'a server that is given the arguments %j does not start, and says what to do',
  async (words) => {
    const { code, out, errors } = await run(words);
    expect([code, out]).toEqual([2, '']);
    expect(errors).toMatch(
      /^The server takes no arguments, and ".*" is one: set environment .*\n$/,
    );
    expect(errors).toContain(JSON.stringify(words[0]));
    expect(errors).toContain('npx points serve');
  },
);

test.each([[['--help']], [['-h']], [['--port', '5000', '--help']]])(
  'a server that is given %j prints how it is used, and does not start',
  async (words) => {
    const { code, out, errors } = await run(words);
    expect([code, errors]).toEqual([0, '']);
    expect(out).toMatch(/^Usage: node dist\/main\.js\n/);
  },
);

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const hook = join(__dirname, 'register-typescript.js');
const sources = join(__dirname, '../../src');

/** A script in another process, which writes and reads lines. */
export interface Child {
  /**
   * Returns the next line that it writes. Rejects with its error output if it ends before.
   */
  line(): Promise<string>;
  tell(line: string): void;
  kill(): Promise<void>;
  readonly pid: number;
}

/** What a child's script can use: the path of its ledger, and functions to write and read lines. */
const prelude = `
const [path] = process.argv.slice(1);
const { SqliteJournal } = require(${JSON.stringify(join(sources, 'journal/sqlite/journal'))});
const entries = require(${JSON.stringify(join(__dirname, 'entries'))});
const { createInterface } = require('node:readline');
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const nextLine = async () => (await lines.next()).value;
const say = (line) => process.stdout.write(line + '\\n');
const outcome = (promise) => promise.then(String, (error) => error.name + ': ' + error.message);
`;

/**
 * Runs an async script with `path`, `SqliteJournal`, `entries`, `say`, `nextLine` and `outcome` in
 * a separate process, which shell commands may prepare.
 */
export function startChild(script: string, path: string, shell = ''): Child {
  const code = `${prelude}(async () => {${script}\nprocess.exit(0);})();`;
  const command = `${shell}\nexec "$0" "$@"`;
  const node = [process.execPath, '-r', hook, '-e', code, path];
  const child = spawn('/bin/sh', ['-c', command, ...node], { stdio: 'pipe' });
  const started = childOf(child);
  children.push(started);
  return started;
}

/** Opens a ledger in a separate process, which is killed some milliseconds after it started. */
export async function killWhileOpening(path: string, waitMs: number): Promise<void> {
  const child = startChild(
    "say('started'); await SqliteJournal.open(path); say('upgraded'); await nextLine();",
    path,
  );
  await child.line();
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  await child.kill();
}

const children: Child[] = [];

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
});

function childOf(child: ChildProcess): Child {
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  let errors = '';
  child.stderr!.on('data', (data) => {
    errors += data;
  });
  return {
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`The child ended. ${errors}`);
      return value;
    },
    tell(line) {
      child.stdin!.write(`${line}\n`);
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    pid: child.pid!,
  };
}

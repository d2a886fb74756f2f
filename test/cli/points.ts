import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { builtServer } from '../support/built-server';

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What was written to standard output, and to standard error. */
  readonly out: string;
  readonly errors: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** What was written to standard error so far. */
  errors(): string;
  readonly ended: Promise<Ran>;
}

interface Given {
  readonly cwd?: string;
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
}

/** The command as it is built, of the present sources. */
export function pointsProgram(): string {
  return join(dirname(builtServer()), 'cli', 'points.js');
}

/** Starts `points` with these arguments. */
export function startPoints(words: readonly string[], { cwd, input, env }: Given = {}): Running {
  const child = spawn(process.execPath, [pointsProgram(), ...words], {
    cwd,
    env: { ...process.env, DATABASE_URL: undefined, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, out, errors }));
  return { process: child, errors: () => errors, ended };
}

/** Runs `points` to its end. */
export function points(words: readonly string[], given: Given = {}): Promise<Ran> {
  return startPoints(words, given).ended;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { compiledProgram } from '../support/compile-cache';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
}

export interface ServerProcess {
  readonly process: ChildProcess;
  /** Resolves when the server accepts requests; rejects if it exits before. */
  readonly origin: Promise<string>;
  readonly ended: Promise<Ended>;
  /** The lines that it has logged as errors. */
  readonly faults: readonly unknown[];
}

/** The level of an error in pino's lines. */
const errorLevel = 50;

/**
 * Starts a server.
 *
 * @param command runs the program, such as a shell that sets something up and then calls `exec`.
 */
export function spawnServer(
  main: string,
  settings: Record<string, string>,
  [runner, ...words]: readonly string[] = [process.execPath],
): ServerProcess {
  const server = spawn(runner, [...words, main], {
    env: {
      ...process.env,
      ...compiledProgram(main),
      NODE_ENV: 'production',
      PORT: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  server.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = once(server, 'close').then(([code, signal]) => ({ code, signal, errors }));
  const faults: unknown[] = [];
  const origin = new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const logged = JSON.parse(line) as { url?: string; level: number };
      if (logged.url !== undefined) resolve(new URL(logged.url).origin);
      if (logged.level >= errorLevel) faults.push(logged);
    });
    ended.then((end) => reject(new Error(`The server exited: ${JSON.stringify(end)}`)), reject);
  });
  // A test of a server that does not start need not wait for its origin.
  origin.catch(() => {});
  return { process: server, origin, ended, faults };
}

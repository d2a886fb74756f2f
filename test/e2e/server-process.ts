import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
}

export interface ServerProcess {
  readonly process: ChildProcess;
  /** Resolves with the address when the server takes requests, rejects when it ends before. */
  readonly origin: Promise<string>;
  readonly ended: Promise<Ended>;
}

/**
 * @param command what runs the program, such as a shell that prepares its surroundings and then
 * becomes it.
 */
export function spawnServer(
  main: string,
  settings: Record<string, string>,
  [runner, ...words]: readonly string[] = [process.execPath],
): ServerProcess {
  const server = spawn(runner, [...words, main], {
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  server.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = once(server, 'close').then(([code, signal]) => ({ code, signal, errors }));
  const origin = new Promise<string>((found, failed) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const { url } = JSON.parse(line) as { url?: string };
      if (url !== undefined) found(new URL(url).origin);
    });
    ended.then((end) => failed(new Error(`The server ended: ${JSON.stringify(end)}`)), failed);
  });
  // Tests of a server that does not start have no use for its address.
  origin.catch(() => {});
  return { process: server, origin, ended };
}

import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../test/support/free-port';
import { isReady } from '../../test/support/is-ready';
import { type ChildOptions, nextMessage, startChild, stopChild } from '../support/child';
import { serverScript } from '../support/paths';

/** Servers share one processor; the load has the other. */
export const serverCore = 0;
export const loadCore = 1;

const readyMsMax = 15_000;
const pollMs = 20;

export interface ServerProcess {
  readonly port: number;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** The options that `npm start` gives Node; see docs/operating.md. */
const shippedOptions = ['--max-semi-space-size=32'];

/** Starts the ledger as it is shipped, on the servers' processor or on any. */
export async function startLedger(
  databaseUrl: string,
  nodeOptions: readonly string[] = [],
  core: number | null = serverCore,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const environment = { DATABASE_URL: databaseUrl, LOG_LEVEL: 'error', ...settings };
  const server = await start({
    script: serverScript,
    nodeOptions: [...shippedOptions, ...nodeOptions],
    environment,
    core,
  });
  for (let waited = 0; !(await isReady(server.port)); waited += pollMs) {
    if (waited > readyMsMax) throw new Error('The server does not become ready.');
    await pause(pollMs);
  }
  return server;
}

/** Starts a server that sends a message when it listens. */
export async function startReference(
  script: string,
  environment: Readonly<Record<string, string>> = {},
  core: number | null = serverCore,
): Promise<ServerProcess> {
  const server = await start({ script, environment, core });
  await nextMessage(server.child);
  return server;
}

/** Returns the resident memory of the process in bytes; null if the system does not report it. */
export function residentBytes({ child }: ServerProcess): number | null {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1_024;
  } catch {
    return null;
  }
}

async function start(options: ChildOptions): Promise<ServerProcess> {
  const port = await freePort();
  const child = startChild({
    ...options,
    environment: { ...options.environment, PORT: String(port) },
  });
  return { port, child, stop: () => stopChild(child) };
}

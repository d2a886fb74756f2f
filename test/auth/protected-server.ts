import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startApp } from '../../src/app';
import { KeyFile } from '../../src/auth/keys/key-file';
import type { KeyRecord } from '../../src/auth/keys/key-record';
import { readConfig } from '../../src/config';
import type { Logger } from '../../src/telemetry/logger';
import { temporaryFolder } from '../support/temporary-folder';
import { newKey } from './key-records';

export interface ProtectedServer {
  readonly origin: string;
  readonly endpoint: string;
  readonly path: string;
  /** What the server logged, one line each. */
  readonly log: string[];
  /** Creates a key beside the running server, as a command does, and returns it. */
  createKey(name: string, more?: Partial<KeyRecord>): Promise<string>;
  revokeKey(name: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** Starts the program on a new SQLite file, with settings as an operator gives them. */
export async function startProtected(
  settings: Readonly<Record<string, string>> = { AUTH: 'on' },
): Promise<ProtectedServer> {
  const path = join(temporaryFolder('auth'), 'ledger.db');
  const log: string[] = [];
  const config = readConfig({ PORT: '0', DATABASE_URL: `file:${path}`, ...settings });
  const app = await startApp(config, recording(log));
  const store = KeyFile.open(path);
  return {
    origin: app.url.slice(0, -1),
    endpoint: `${app.url}graphql`,
    path,
    log,
    async createKey(name, more) {
      const { text, record } = newKey(name, { createdAt: Date.now(), ...more });
      await store.create(record);
      return text;
    },
    revokeKey: (name) => store.revoke(name, Date.now()),
    stop: () => app.close(),
  };
}

function recording(log: string[]): Logger {
  const at = (level: string) => (fields: object, message: string) => {
    log.push(`${level} ${message} ${JSON.stringify(fields)}`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export interface Posted {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { message: string; extensions: { code: string } }[];
  };
}

/** Posts a document, with a key or token if one is given. */
export async function post(
  { endpoint }: Pick<ProtectedServer, 'endpoint'>,
  secret: string | null,
  query: string,
  variables: object = {},
  more: Record<string, string> = {},
): Promise<Posted> {
  const headers = { 'content-type': 'application/json', ...bearer(secret), ...more };
  const body = JSON.stringify({ query, variables });
  const response = await fetch(endpoint, { method: 'POST', headers, body });
  const { status } = response;
  return { status, headers: response.headers, body: (await response.json()) as Posted['body'] };
}

export function bearer(secret: string | null): Record<string, string> {
  return secret === null ? {} : { authorization: `Bearer ${secret}` };
}

/** Waits until a request has the result that it has some seconds after a change of the keys. */
export async function eventually(isTrue: () => Promise<boolean>): Promise<void> {
  const begun = Date.now();
  while (!(await isTrue())) {
    if (Date.now() - begun > 30_000) throw new Error(`timeout: ${isTrue}`);
    await pause(50);
  }
}

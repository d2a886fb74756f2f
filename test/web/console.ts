import { once } from 'node:events';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { browserPath, launchBrowser, withBrowser } from '../e2e/browser';
import { type ServerProcess, spawnServer } from '../e2e/server-process';
import { builtServer } from '../support/built-server';

/** The first test of a run waits for the build. */
jest.setTimeout(120_000);

export { withBrowser };

export interface Visit {
  readonly page: Page;
  /** Errors and warnings of the console and of the network, breaches of the page's policy among them. */
  readonly complaints: readonly string[];
  /** What was asked of any other host. */
  readonly elsewhere: readonly string[];
}

export interface ConsoleServer {
  readonly origin: string;
  /** A page in a browser of its own reader; English in London unless the test says otherwise. */
  visit(path: string, reader?: BrowserContextOptions): Promise<Visit>;
  /** Another client of the same server. */
  ask<Data = Record<string, unknown>>(query: string, variables?: object): Promise<Data>;
  /** Takes the server away, without a word. */
  kill(): Promise<void>;
  /** Brings it back, at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const stepMsMax = 10_000;
const londoner = { locale: 'en-GB', timezoneId: 'Europe/London' };

/** The program as it is built, hiding its schema, and a browser. */
export async function serveConsole(settings: Record<string, string> = {}): Promise<ConsoleServer> {
  const main = builtServer();
  const given = { DATABASE_URL: 'memory:', INTROSPECTION: 'off', ...settings };
  let server = spawnServer(main, given);
  const origin = await server.origin;
  let browser: Promise<Browser> | null = null;
  return {
    origin,
    async visit(path, reader = londoner) {
      browser ??= launchBrowser(browserPath!);
      return watched(await (await browser).newPage(reader), origin, path);
    },
    ask: (query, variables = {}) => ask(origin, query, variables),
    kill: () => end(server, 'SIGKILL'),
    async restart() {
      server = spawnServer(main, { ...given, PORT: new URL(origin).port });
      await server.origin;
    },
    async close() {
      await (await browser)?.close();
      await end(server, 'SIGKILL');
    },
  };
}

async function watched(page: Page, origin: string, path: string): Promise<Visit> {
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) complaints.push(line.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('response', (answer) => {
    if (answer.status() >= 400) complaints.push(`${answer.status()} ${answer.url()}`);
  });
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(`${origin}/`) || /^(data|blob):/.test(request.url());
    if (!isOwn) elsewhere.push(request.url());
  });
  // Sooner than a test's, so that it is told what did not come.
  page.setDefaultTimeout(stepMsMax);
  await page.goto(`${origin}${path}`);
  return { page, complaints, elsewhere };
}

async function ask<Data>(origin: string, query: string, variables: object): Promise<Data> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function end({ process: child }: ServerProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill(signal);
  await ended;
}

import { once } from 'node:events';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type WatchedPage, watchPage, withBrowser } from '../e2e/browser';
import { type ServerProcess, spawnServer } from '../e2e/server-process';
import { builtServer } from '../support/built-server';
import { browserPath, launchBrowser } from '../support/chromium';

export { withBrowser };

interface Visit extends WatchedPage {
  readonly page: Page;
}

export interface ConsoleServer {
  readonly origin: string;
  /**
   * Opens a page in a new browser context; the default is English in London. Animations are off.
   */
  visit(path: string, context?: BrowserContextOptions): Promise<Visit>;
  /** Sends a request as another client. */
  request<Data = Record<string, unknown>>(query: string, variables?: object): Promise<Data>;
  /** Kills the server. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const stepMsMax = 30_000;
/** Without a GPU, each frame of an animation is drawn by the CPU. */
const still = { reducedMotion: 'reduce' } as const;
const londoner = { locale: 'en-GB', timezoneId: 'Europe/London' };

/** The pages of the current test: left open, they would follow the server's accounts. */
const visited: Page[] = [];

afterEach(async () => {
  await Promise.all(visited.splice(0).map((page) => page.context().close()));
});

/** Starts the built server without introspection; a browser starts at the first visit. */
export async function serveConsole(settings: Record<string, string> = {}): Promise<ConsoleServer> {
  const main = builtServer();
  const given = { DATABASE_URL: 'memory:', INTROSPECTION: 'off', ...settings };
  let server = spawnServer(main, given);
  const origin = await server.origin;
  let browser: Promise<Browser> | null = null;
  return {
    origin,
    async visit(path, context = londoner) {
      browser ??= launchBrowser(browserPath!);
      const page = await (await browser).newPage({ ...still, ...context });
      visited.push(page);
      return opened(page, origin, path);
    },
    request: (query, variables = {}) => request(origin, query, variables),
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

async function opened(page: Page, origin: string, path: string): Promise<Visit> {
  const watched = watchPage(page, origin);
  // Shorter than the timeout of a test, so that the error names the missing element.
  page.setDefaultTimeout(stepMsMax);
  await page.goto(`${origin}${path}`);
  return { page, ...watched };
}

async function request<Data>(origin: string, query: string, variables: object): Promise<Data> {
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

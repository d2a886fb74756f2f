import type { BrowserServer } from 'playwright-core';
import { builtServer } from './built-server';
import { shareBrowser } from './chromium';
import { PostgresServer } from './postgres-server';

declare global {
  /** The PostgreSQL that a whole run shares; undefined if `TEST_DATABASE_URL` names another. */
  var wholeRunPostgres: PostgresServer | undefined;
  /** The browser that a whole run shares; null if none is installed. */
  var wholeRunBrowser: BrowserServer | null;
}

/**
 * Prepares what the suites of a whole run share: the built server, a browser, and a PostgreSQL for
 * the suites that need only databases. If suites are named, each starts what it needs instead.
 */
export default async function beforeWholeRun(): Promise<void> {
  builtServer();
  await Promise.all([
    shareBrowser().then((browser) => {
      globalThis.wholeRunBrowser = browser;
    }),
    sharePostgres(),
  ]);
}

async function sharePostgres(): Promise<void> {
  if (process.env.TEST_DATABASE_URL !== undefined) return;
  const server = await PostgresServer.start();
  globalThis.wholeRunPostgres = server;
  process.env.TEST_DATABASE_URL = server.url();
  // An interrupted run gets no teardown.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.dispose().finally(() => process.exit(1)));
  }
}

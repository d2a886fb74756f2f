import { existsSync } from 'node:fs';
import { type Browser, type BrowserServer, chromium } from 'playwright-core';

/** The shell has no window to draw: its pages take half the CPU of those of the whole browser. */
const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
];

/** The installed browser; null if there is none. None is downloaded. */
export const browserPath: string | null =
  places.find((path) => path !== undefined && existsSync(path)) ?? null;

/** The browser itself sends no requests, so that a test can assert those of the page. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

const options = { headless: true, chromiumSandbox: false, args: quiet };

/** The variable with the address of the browser that the suites of a whole run share. */
const sharedBrowser = 'TEST_BROWSER_URL';

/** Starts the browser that the suites of a whole run share. Returns null if none is installed. */
export async function shareBrowser(): Promise<BrowserServer | null> {
  if (browserPath === null) return null;
  const server = await chromium.launchServer({ executablePath: browserPath, ...options });
  process.env[sharedBrowser] = server.wsEndpoint();
  return server;
}

/**
 * Returns a browser. Closing it closes the pages of this caller, and a shared one keeps running.
 */
export function launchBrowser(executablePath: string): Promise<Browser> {
  const shared = process.env[sharedBrowser];
  if (shared !== undefined) return chromium.connect(shared);
  return chromium.launch({ executablePath, ...options });
}

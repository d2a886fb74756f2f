import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { testIf } from '../support/needs';

const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** The installed browser; null if there is none. None is downloaded. */
export const browserPath: string | null =
  places.find((path) => path !== undefined && existsSync(path)) ?? null;

/** Declares a test that needs a browser. */
export const withBrowser = testIf(
  browserPath !== null,
  'browser tests: no chromium; apt install chromium',
);

/** The browser itself sends no requests, so that a test can assert those of the page. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, chromiumSandbox: false, args: quiet });
}

export interface WatchedPage {
  /** Errors and warnings of the browser, failed requests and breaches of the page's policy. */
  readonly complaints: readonly string[];
  /** URLs of requests to other origins. */
  readonly elsewhere: readonly string[];
}

/** Records what a page reports and requests. Both lists grow while the page is open. */
export function watchPage(page: Page, origin: string): WatchedPage {
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) complaints.push(line.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(`${origin}/`) || /^(data|blob):/.test(request.url());
    if (!isOwn) elsewhere.push(request.url());
  });
  return { complaints, elsewhere };
}

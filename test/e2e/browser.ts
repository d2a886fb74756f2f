import type { Page } from 'playwright-core';
import { browserPath } from '../support/chromium';
import { testIf } from '../support/needs';

/** Declares a test that needs a browser. */
export const withBrowser = testIf(
  browserPath !== null,
  'browser tests: no chromium; apt install chromium-headless-shell',
);

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

/**
 * Stops the animations of what a page will open. Without a GPU, the CPU draws each frame: this is a
 * third of the CPU time of a test of the playground.
 */
export async function stopAnimations(page: Page): Promise<void> {
  await page.addInitScript(`{
    const sheet = new CSSStyleSheet();
    const stop = 'animation: none !important; transition: none !important';
    sheet.replaceSync('*, *::before, *::after { ' + stop + ' }');
    document.adoptedStyleSheets.push(sheet);
  }`);
}

/** Returns what the browser keeps of a page when its tab is closed. */
export function keptBy(page: Page): Promise<string> {
  return page.evaluate<string>(keptScript);
}

const keptScript = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const rows = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      rows.push(await done(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
  }
  return JSON.stringify([{ ...localStorage }, document.cookie, rows, location.href]);
})()`;

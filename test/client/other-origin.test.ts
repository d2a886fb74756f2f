import type { Browser, Page } from 'playwright-core';
import { AddTransactionDocument } from '../../src/operations/generated/operations';
import { withBrowser } from '../e2e/browser';
import { browserPath, launchBrowser } from '../support/chromium';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { sendOperation } from './examples/send-operation';
import { startViteProject, type ViteProject } from './vite-project';

let proxied: LedgerServer;
let direct: LedgerServer;
let vite: ViteProject;
let browser: Browser;

beforeAll(async () => {
  if (browserPath === null) return;
  proxied = await startLedger();
  vite = await startViteProject(new URL(proxied.endpoint).origin);
  direct = await startLedger(null, 0, [vite.origin]);
  browser = await launchBrowser(browserPath);
});
afterAll(async () => {
  await browser?.close();
  await vite?.stop();
  await Promise.all([proxied?.stop(), direct?.stop()]);
});

async function showsPoints(page: Page, server: LedgerServer): Promise<void> {
  await page.goto(vite.origin);
  await page.getByText('0 points', { exact: true }).waitFor();
  const input = {
    accountId: 'member 7',
    payer: 'A',
    points: 300,
    timestamp: '2020-01-01T00:00:00Z',
  };
  await sendOperation(server.endpoint, AddTransactionDocument, { input });
  await page.getByText('300 points', { exact: true }).waitFor();
}

withBrowser('a front end of Vite works through its proxy, WebSocket included', async () => {
  const page = await browser.newPage();
  vite.writeMain('with a proxy');
  await showsPoints(page, proxied);
  await page.close();
});

withBrowser('a front end on another port works if CORS_ORIGINS holds its origin', async () => {
  const page = await browser.newPage();
  const methods: string[] = [];
  page.on('request', (request) => {
    if (request.url() === direct.endpoint) methods.push(request.method());
  });
  vite.writeMain('without a proxy', new URL(direct.endpoint).origin);
  await showsPoints(page, direct);
  expect(methods).toContain('POST');
  await page.close();
});

withBrowser('a front end on another port reads nothing if CORS_ORIGINS does not', async () => {
  const page = await browser.newPage();
  const blocked = page.waitForEvent('console', (line) => /blocked by CORS/.test(line.text()));
  // The socket may fail before the page reports what CORS blocked: both are awaited from the start.
  const refused = new Promise<void>((resolve) => {
    page.on('websocket', (socket) => {
      const isOfLedger = socket.url().startsWith(proxied.endpoint.replace(/^http/, 'ws'));
      if (isOfLedger) socket.on('socketerror', () => resolve());
    });
  });
  vite.writeMain('without a proxy', new URL(proxied.endpoint).origin);
  await page.goto(vite.origin);
  await blocked;
  await refused;
  expect(await page.textContent('body')).not.toContain('points');
  await page.close();
});

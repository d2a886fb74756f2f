import type { Page } from 'playwright-core';
import { type ProtectedServer, post, startProtected } from '../auth/protected-server';
import { until } from '../client/watch';
import { browserPath, launchBrowser } from '../support/chromium';
import { keptBy, stopAnimations, watchPage, withBrowser } from './browser';

interface Visit {
  readonly page: Page;
  readonly server: ProtectedServer;
  /** Reads and writes the accounts that begin with `m:`. */
  readonly key: string;
  /** The requests of the page to other origins. */
  readonly elsewhere: readonly string[];
}

/** Runs a function with a new page, not opened yet, beside a server that requires a key. */
async function inPlayground(run: (visit: Visit) => Promise<void>): Promise<void> {
  const server = await startProtected();
  const key = await server.createKey('tester', {
    scopes: ['points:read', 'points:write'],
    prefix: 'm:',
  });
  const browser = await launchBrowser(browserPath!);
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await stopAnimations(page);
    const { elsewhere } = watchPage(page, server.origin);
    await run({ page, server, key, elsewhere });
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function enter(page: Page, key: string): Promise<void> {
  await page.getByLabel('Key or token').fill(key);
  await page.getByRole('button', { name: 'Continue' }).click();
}

withBrowser(
  'the playground asks for a key, sends it, and keeps it for the tab only',
  () =>
    inPlayground(async ({ page, server, key, elsewhere }) => {
      await page.goto(`${server.origin}/playground`);
      await enter(page, 'plk_wrong');
      await page.getByText('The server does not accept the one that was sent.').waitFor();
      await enter(page, key);
      await page.getByText('points:read, points:write; only m:…').waitFor();
      await page.click('.send-request__button');
      // The worked example is about the account `default`, which the key does not reach.
      const lines = page.locator('.query-result__list .cm-line');
      await lines.filter({ hasText: 'FORBIDDEN' }).first().waitFor();
      const stored = (kind: string) => page.evaluate<string>(`JSON.stringify(${kind})`);
      expect(await stored('sessionStorage')).toContain(key);
      const kept = await keptBy(page);
      // The editor keeps its tabs.
      expect(kept).toContain('WorkedExample');
      expect(kept).not.toContain(key);
      expect(elsewhere).toEqual([]);
      await page.getByRole('button', { name: 'Forget it' }).click();
      await page.getByLabel('Key or token').waitFor();
    }),
  60_000,
);

withBrowser(
  'a subscription of the playground is authenticated over its WebSocket, and sends changes',
  () =>
    inPlayground(async ({ page, server, key, elsewhere }) => {
      const frames: string[] = [];
      page.on('websocket', (socket) => {
        socket.on('framesent', ({ payload }) => frames.push(String(payload)));
        socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
      });
      await page.goto(`${server.origin}/playground`);
      await enter(page, key);
      await page.getByText('points:read, points:write; only m:…').waitFor();
      await page.locator('.cm-content').filter({ hasText: 'WorkedExample' }).first().click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.insertText(
        'subscription { accountChanged(accountId: "m:1") { entry { sequence } } }',
      );
      await page.click('.send-request__button');
      await until(() => frames.some((frame) => frame.includes('"subscribe"')));
      expect(frames[0]).toContain(`"Authorization":"Bearer ${key}"`);
      expect(frames[1]).toContain('connection_ack');
      const add = `mutation ($input: AddTransactionInput!) { addTransaction(input: $input) { replayed } }`;
      const input = { accountId: 'm:1', payer: 'P', points: 1, timestamp: '2020-01-01T00:00:00Z' };
      await post(server, key, add, { input });
      await until(() => frames.some((frame) => frame.includes('"sequence":1')));
      expect(elsewhere).toEqual([]);
    }),
  60_000,
);

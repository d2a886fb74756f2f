import type { Page } from 'playwright-core';
import { eventually, type ProtectedServer, post, startProtected } from '../auth/protected-server';
import { until } from '../client/watch';
import { browserPath, launchBrowser } from '../support/chromium';
import { keptBy, stopAnimations, watchPage, withBrowser } from './browser';

interface Visit {
  readonly page: Page;
  readonly server: ProtectedServer;
  /** The requests of the page to other origins. */
  readonly elsewhere: readonly string[];
}

const account = 'm:1';

/** Runs a function with a new page, not opened yet, beside a server that requires a key. */
async function inPlayground(run: (visit: Visit) => Promise<void>): Promise<void> {
  const server = await startProtected();
  const browser = await launchBrowser(browserPath!);
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await stopAnimations(page);
    const { elsewhere } = watchPage(page, server.origin);
    await run({ page, server, elsewhere });
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function enter(page: Page, key: string): Promise<void> {
  await page.getByLabel('Key or token').fill(key);
  await page.getByRole('button', { name: 'Continue' }).click();
}

const stored = (page: Page, kind: string) => page.evaluate<string>(`JSON.stringify(${kind})`);

// One test: to open the playground takes more CPU than all of its steps.
withBrowser(
  'the playground asks for a key, sends it with requests and subscriptions, and keeps it for the tab only',
  () =>
    inPlayground(async ({ page, server, elsewhere }) => {
      const scopes = ['points:read', 'points:write'] as const;
      const key = await server.createKey('tester', { scopes, prefix: 'm:' });
      const frames = framesOf(page);
      const credentials = credentialsOfIntrospection(page);
      await page.goto(`${server.origin}/playground`);
      await enter(page, 'plk_wrong');
      await page.getByText('The server does not accept the key or token that was sent.').waitFor();
      await enter(page, key);
      await page.getByText('points:read, points:write; only m:…').waitFor();
      await page.click('.send-request__button');
      // The worked example is about the account `default`, which the key does not reach.
      const lines = page.locator('.query-result__list .cm-line');
      await lines.filter({ hasText: 'FORBIDDEN' }).first().waitFor();
      expect(await stored(page, 'sessionStorage')).toContain(key);
      // The editor keeps its tabs, some time after a change.
      await eventually(async () => (await keptBy(page)).includes('WorkedExample'));
      expect(await keptBy(page)).not.toContain(key);

      await subscribe(page);
      await until(() => frames.some((frame) => frame.includes('"subscribe"')));
      expect(frames[0]).toContain(`"Authorization":"Bearer ${key}"`);
      expect(frames[1]).toContain('connection_ack');
      const add =
        'mutation ($input: AddTransactionInput!) { addTransaction(input: $input) { replayed } }';
      const timestamp = '2020-01-01T00:00:00Z';
      await post(server, key, add, {
        input: { accountId: account, payer: 'P', points: 1, timestamp },
      });
      await until(() => frames.some((frame) => frame.includes('"sequence":1')));
      expect(await keptBy(page)).not.toContain(key);

      await page.getByRole('button', { name: 'Forget it' }).click();
      await page.getByLabel('Key or token').waitFor();
      // The editor did not start before it had the key.
      expect(new Set(credentials)).toEqual(new Set([`Bearer ${key}`]));
      expect(elsewhere).toEqual([]);
    }),
);

/** Collects with which keys a page asks for the schema. */
function credentialsOfIntrospection(page: Page): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  page.on('request', (request) => {
    if (request.postData()?.includes('__schema')) found.push(request.headers().authorization);
  });
  return found;
}

/** Collects what a page sends and receives over WebSockets. */
function framesOf(page: Page): string[] {
  const frames: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => frames.push(String(payload)));
    socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
  });
  return frames;
}

/** Subscribes to the changes of the account, in the editor. */
async function subscribe(page: Page): Promise<void> {
  await page.locator('.cm-content').filter({ hasText: 'WorkedExample' }).first().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(
    `subscription { accountChanged(accountId: "${account}") { entry { sequence } } }`,
  );
  await page.click('.send-request__button');
}

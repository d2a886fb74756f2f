import { startProtected } from '../auth/protected-server';
import { browserPath, launchBrowser } from '../support/chromium';
import { watchPage, withBrowser } from './browser';

withBrowser(
  'the playground asks for a key, sends it, and keeps it for the tab only',
  async () => {
    const server = await startProtected();
    const key = await server.createKey('tester', {
      scopes: ['points:read', 'points:write'],
      prefix: 'm:',
    });
    const browser = await launchBrowser(browserPath!);
    try {
      const page = await browser.newPage({ viewport: { width: 1400, height: 2000 } });
      const { elsewhere } = watchPage(page, server.origin);
      await page.goto(`${server.origin}/playground`);
      await page.getByLabel('Key or token').fill('plk_wrong');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('The server does not accept the one that was sent.').waitFor();
      await page.getByLabel('Key or token').fill(key);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('points:read, points:write; only m:…').waitFor();
      await page.click('.send-request__button');
      // The worked example is about the account `default`, which the key does not reach.
      const lines = page.locator('.query-result__list .cm-line');
      await lines.filter({ hasText: 'FORBIDDEN' }).first().waitFor();
      const stored = (kind: string) => page.evaluate<string>(`JSON.stringify(${kind})`);
      expect(await stored('sessionStorage')).toContain(key);
      expect(await stored('[localStorage, document.cookie]')).not.toContain(key);
      expect(elsewhere).toEqual([]);
      await page.getByRole('button', { name: 'Forget it' }).click();
      await page.getByLabel('Key or token').waitFor();
    } finally {
      await browser.close();
      await server.stop();
    }
  },
  60_000,
);

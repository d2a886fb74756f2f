import { startApp } from '../../src/app';
import { silentLogger } from '../../src/telemetry/logger';
import { appSettings } from '../support/app-settings';
import { browserPath, launchBrowser } from '../support/chromium';
import { briefStop } from '../support/ledger-server';
import { stopAnimations, watchPage, withBrowser } from './browser';

withBrowser('the playground shows the result of the worked example after one click', async () => {
  const app = await startApp(appSettings, silentLogger, { limits: briefStop });
  const browser = await launchBrowser(browserPath!);
  try {
    // The editor renders only visible lines, so the window is as high as the response.
    const page = await browser.newPage({ viewport: { width: 1400, height: 2000 } });
    await stopAnimations(page);
    const { complaints, elsewhere } = watchPage(page, new URL(app.url).origin);

    await page.goto(`${app.url}playground`);
    await page.click('.send-request__button');
    const lines = page.locator('.query-result__list .cm-line');
    await lines.filter({ hasText: 'replayed' }).waitFor();
    const text = (await lines.allTextContents()).join('').replaceAll(/\s/g, '');

    expect(text).toContain(compact(deductions));
    expect(text).toContain(compact(balances));
    expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });
  } finally {
    await browser.close();
    await app.close();
  }
});

const deductions = [
  { payer: 'DANNON', points: -100 },
  { payer: 'UNILEVER', points: -200 },
  { payer: 'MILLER COORS', points: -4700 },
];
const balances = [
  { payer: 'DANNON', points: 1000 },
  { payer: 'UNILEVER', points: 0 },
  { payer: 'MILLER COORS', points: 5300 },
];

const compact = (value: object) => JSON.stringify(value).replaceAll(' ', '');

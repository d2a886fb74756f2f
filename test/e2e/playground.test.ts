import { startApp } from '../../src/app';
import { silentLogger } from '../../src/telemetry/logger';
import { browserPath, launchBrowser, withBrowser } from './browser';

withBrowser(
  'the playground answers the worked example at a press',
  async () => {
    const app = await startApp(
      {
        port: 0,
        host: '127.0.0.1',
        database: { kind: 'memory' },
        allowedHosts: null,
        corsOrigins: [],
        introspection: true,
        logLevel: 'silent',
      },
      silentLogger,
    );
    const browser = await launchBrowser(browserPath!);
    try {
      // The editor draws only the lines that are seen: the window is as high as the answer.
      const page = await browser.newPage({ viewport: { width: 1400, height: 2000 } });
      const complaints: string[] = [];
      const elsewhere: string[] = [];
      page.on('console', (line) => {
        if (['error', 'warning'].includes(line.type())) complaints.push(line.text());
      });
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('response', (answer) => {
        if (!answer.ok()) complaints.push(`${answer.status()} ${answer.url()}`);
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(app.url) && !request.url().startsWith('data:'))
          elsewhere.push(request.url());
      });

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
  },
  60_000,
);

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

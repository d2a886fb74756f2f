import type { Page } from 'playwright-core';
import { type ConsoleServer, serveConsole, withBrowser } from './console';
import { tabTo } from './console-steps';

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
});
afterAll(() => server.close());

/** Long enough for the steps before it, on a slow machine too. */
const lifeMs = 25_000;

async function send(mutation: string, input: object): Promise<void> {
  await server.request(
    `mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) {
      ${mutation}(input: $input) { replayed }
    }`,
    { input: { accountId: 'customer', ...input } },
  );
}

const entry = (page: Page, text: string) => page.locator('.entry', { hasText: text });

withBrowser('an order: hold, capture in part, refund in part, expiry', async () => {
  const expiresAt = new Date(Date.now() + lifeMs).toISOString();
  const timestamp = '2020-10-31T10:00:00Z';
  await send('addTransaction', { payer: 'OLIVE', points: 100, timestamp, expiresAt });
  await send('addTransaction', { payer: 'BASIL', points: 200, timestamp });
  const { page, complaints } = await server.visit('/accounts/customer');

  await page.getByRole('tab', { name: 'Hold' }).click();
  await page.getByRole('textbox', { name: 'Points' }).fill('150');
  await page.getByRole('textbox', { name: 'Reference' }).fill('order 17');
  // A hold takes the oldest points, as a spend does.
  await page.locator('.preview li', { hasText: 'OLIVE' }).getByText('100').waitFor();
  await page.locator('.lot', { hasText: 'BASIL' }).getByText('pays 50').waitFor();
  await page.getByRole('button', { name: 'Hold 150' }).click();
  await page.getByText('Held 150, as entry #3.').waitFor();
  await page.locator('.holds li', { hasText: 'order 17' }).getByText('until').waitFor();
  await page.getByText('150 points to spend').waitFor();
  await page.getByText('150 held').waitFor();
  await page.getByRole('button', { name: 'Capture a part' }).click();
  await page.getByRole('textbox', { name: 'Points to capture' }).fill('120');
  await page.getByRole('button', { name: 'Capture this part' }).click();
  await page.getByText('Captured 120 of hold #3, as entry #4.').waitFor();
  // The button went away with its hold.
  expect(await page.locator(':focus').textContent()).toBe('Held');
  await page.getByText('180 points to spend').waitFor();
  await page.getByText('No points are held now.').waitFor();
  await entry(page, 'captured by').getByText('order 17').waitFor();

  await entry(page, 'Spent 120 of hold')
    .getByRole('link', { name: /^Give back/ })
    .click();
  await page.getByRole('textbox', { name: 'Points' }).fill('50');
  // The 20 of BASIL were taken last, so they go back first.
  await page.locator('.preview li', { hasText: 'BASIL' }).getByText('20').waitFor();
  await page.locator('.preview li', { hasText: 'OLIVE' }).getByText('30').waitFor();
  await page.getByRole('button', { name: 'Give back 50' }).click();
  await page.getByText('Gave back 50, as entry #').waitFor();
  await page.getByRole('link', { name: '← Account customer' }).click();
  await page.getByText('230 points to spend').waitFor();
  await page.getByText('30 points expire').waitFor();

  // An expiry sends nothing: the account is as it is when it is read.
  await page.waitForTimeout(Math.max(0, Date.parse(expiresAt) - Date.now()));
  await page.getByText('30 points expire').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByText('200 points to spend').waitFor();
  await send('addTransaction', { payer: 'BASIL', points: 1, timestamp });
  await entry(page, 'Expired: 30').waitFor();
  await page.getByText('201 points to spend').waitFor();
  expect(complaints).toEqual([]);
});

withBrowser('a hold is placed, captured in part and released with the keyboard alone', async () => {
  const timestamp = '2020-10-31T10:00:00Z';
  await send('addTransaction', { accountId: 'typist', payer: 'OLIVE', points: 100, timestamp });
  const { page, complaints } = await server.visit('/accounts/typist');
  const { keyboard } = page;
  await tabTo(page, 'tab', 'Spend');
  const hold = page.getByRole('tab', { name: 'Hold' });
  while ((await hold.and(page.locator(':focus')).count()) === 0) {
    await keyboard.press('ArrowRight');
  }
  await tabTo(page, 'textbox', 'Points');
  await keyboard.type('60');
  await tabTo(page, 'button', 'Hold 60');
  await keyboard.press('Enter');
  await page.getByText('Held 60, as entry #2.').waitFor();
  await page.locator('.holds li').waitFor();

  await tabTo(page, 'button', 'Capture a part …');
  await keyboard.press('Enter');
  await tabTo(page, 'textbox', 'Points to capture');
  await keyboard.type('61');
  await keyboard.press('Enter');
  await page.getByText('The hold has 60; no more can be captured.').waitFor();
  expect(await page.locator(':focus').getAttribute('aria-invalid')).toBe('true');
  await keyboard.press('Control+A');
  await keyboard.type('20');
  await tabTo(page, 'checkbox', 'Keep the rest held');
  await keyboard.press('Space');
  await tabTo(page, 'button', 'Capture this part');
  await keyboard.press('Enter');
  await page.getByText('Captured 20 of hold #2, as entry #3.').waitFor();
  expect(await page.locator(':focus').textContent()).toBe('Held');

  await tabTo(page, 'button', 'Release');
  await keyboard.press('Enter');
  await page.getByText('Released 40 of hold #2, as entry #4.').waitFor();
  expect(await page.locator(':focus').textContent()).toBe('Held');
  await page.getByText('80 points to spend').waitFor();
  expect(complaints).toEqual([]);
});

import type { Locator, Page } from 'playwright-core';
import { type ConsoleServer, serveConsole, withBrowser } from './console';
import { addRows } from './console-steps';

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
});
afterAll(() => server.close());

const timestamp = '2020-10-31T10:00:00Z';
const expiresAt = '2120-01-01T00:00:00Z';

/** Clicks twice at the place of a button; between the clicks the page may change. */
async function clickTwice(page: Page, button: Locator, meanwhile: () => Promise<void>) {
  const box = (await button.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down({ clickCount: 1 });
  await page.mouse.up({ clickCount: 1 });
  await meanwhile();
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
}

withBrowser('a double click captures one hold, not also the next one in its place', async () => {
  await addRows(server, 'holder', [{ payer: 'OLIVE', points: 100, timestamp }]);
  const hold = `mutation ($points: Points!) {
    holdPoints(input: { accountId: "holder", points: $points, expiresAt: "${expiresAt}" }) {
      replayed
    }
  }`;
  for (const points of [10, 20, 30]) await server.request(hold, { points });
  const { page } = await server.visit('/accounts/holder');
  const holds = page.locator('.holds li');
  await holds.nth(2).waitFor();
  // The first capture says so above the holds; the second then moves no line.
  await holds.first().getByRole('button', { name: 'Capture 10' }).click();
  await page.getByText('Captured 10 of hold #2').waitFor();
  await holds.nth(2).waitFor({ state: 'detached' });
  await clickTwice(page, holds.first().getByRole('button', { name: 'Capture 20' }), () =>
    holds.nth(1).waitFor({ state: 'detached' }),
  );
  await page.getByText('Captured 20 of hold #3').waitFor();
  await holds.getByRole('button', { name: 'Capture 30' }).waitFor();
  // What the page does afterwards shows that no other request was on its way.
  await page.getByRole('tabpanel').getByRole('textbox', { name: 'Points' }).fill('1');
  await page.getByRole('button', { name: 'Spend 1' }).click();
  await page.getByText('Spent 1, as entry #').waitFor();
  const { account } = await server.request<{ account: { held: number } }>(
    '{ account(id: "holder") { held } }',
  );
  expect(account.held).toBe(30);
});

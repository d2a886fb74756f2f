import type { Locator, Page } from 'playwright-core';
import { type ConsoleServer, serveConsole, withBrowser } from './console';
import { addRows } from './console-steps';

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
  await addRows(
    server,
    'member',
    ['OLIVE', 'BASIL', 'THYME'].map((payer) => ({ payer, points: 10, timestamp })),
  );
});
afterAll(() => server.close());

const timestamp = '2020-10-31T10:00:00Z';

async function points(): Promise<number> {
  const { account } = await server.request<{ account: { points: number } }>(
    '{ account(id: "member") { points } }',
  );
  return account.points;
}

/** Presses the button, and keeps it pressed. Returns where. */
async function holdDown(page: Page, button: Locator) {
  const { x, y, width, height } = (await button.boundingBox())!;
  const place = { x: x + width / 2, y: y + height / 2 };
  await page.mouse.move(place.x, place.y);
  await page.mouse.down();
  return place;
}

/** Keeps back the responses about previews until the returned function is called. */
async function keepPreviews(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/graphql', async (route) => {
    const isPreview = route.request().postData()?.includes('previewSpend') ?? false;
    if (isPreview) await released;
    await route.continue();
  });
  return release;
}

withBrowser('a press counts although a preview moves the button meanwhile', async () => {
  const { page } = await server.visit('/accounts/member');
  const releasePreviews = await keepPreviews(page);
  await page.getByRole('textbox', { name: 'Points' }).fill('25');
  const button = page.getByRole('button', { name: 'Spend 25' });
  const place = await holdDown(page, button);
  releasePreviews();
  await page.getByText('Would be paid by').waitFor();
  const moved = (await button.boundingBox())!;
  expect(moved.y).toBeGreaterThan(place.y);
  await page.mouse.up();
  await page.getByText('Spent 25, as entry #').waitFor();
});

withBrowser('a pointer that leaves a button before it goes up presses nothing', async () => {
  const { page } = await server.visit('/accounts/member');
  const before = await points();
  await page.getByRole('textbox', { name: 'Points' }).fill('1');
  const button = page.getByRole('button', { name: 'Spend 1' });
  await page.getByText('Would be paid by').waitFor();
  const place = await holdDown(page, button);
  await page.mouse.move(place.x, place.y - 200);
  await page.mouse.up();
  // What it does next shows that nothing was on its way.
  await page.getByRole('textbox', { name: 'Points' }).fill('2');
  await page.getByRole('button', { name: 'Spend 2' }).click();
  await page.getByText('Spent 2, as entry #').waitFor();
  expect(await points()).toBe(before - 2);
});

withBrowser('a pointer that moves within a button presses it', async () => {
  const { page } = await server.visit('/accounts/member');
  await page.getByRole('textbox', { name: 'Points' }).fill('3');
  await page.getByText('Would be paid by').waitFor();
  const place = await holdDown(page, page.getByRole('button', { name: 'Spend 3' }));
  await page.mouse.move(place.x - 40, place.y + 5);
  await page.mouse.up();
  await page.getByText('Spent 3, as entry #').waitFor();
});

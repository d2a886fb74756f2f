import { setTimeout as pause } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { type ConsoleServer, serveConsole, withBrowser } from './console';
import { addRows, type Row } from './console-steps';

const payers = 1_000;
const lots = 100_000;
/** A page with a few lots has about 400. */
const nodesMax = 1_500;

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
  const rows = Array.from({ length: lots }, (_, index): Row => {
    const timestamp = new Date(Date.UTC(2020, 0, 1) + index * 60_000).toISOString();
    return { payer: `PAYER ${index % payers}`, points: 1 + (index % 7), timestamp };
  });
  await addRows(server, 'large', rows);
});
afterAll(() => server.close());

/** Presses End until the list shows this row or a later one: each press may load another page. */
async function scrollTo(list: Locator, position: number): Promise<void> {
  const until = Date.now() + 60_000;
  let shown = 0;
  while (shown < position) {
    if (Date.now() > until) throw new Error(`The list loaded ${shown} rows, not ${position}.`);
    await list.press('End');
    await pause(100);
    shown = Number(await list.locator('li').last().getAttribute('aria-posinset'));
  }
}

const nodes = (page: Page) => page.evaluate('document.querySelectorAll("*").length');

withBrowser(
  'of 1,000 payers and many lots only those in view are rendered, and all can be scrolled to',
  async () => {
    const { page, complaints } = await server.visit('/accounts/large');
    await page.locator('.lot').first().waitFor();
    await page.locator('.payer-line').first().waitFor();
    expect(await nodes(page)).toBeLessThan(nodesMax);
    const payersList = page.getByRole('region', { name: 'Payers, the largest balance first' });
    expect(await payersList.locator('li').first().getAttribute('aria-setsize')).toBe('1000');
    await payersList.press('End');
    await payersList.locator('li[aria-posinset="1000"]').waitFor();

    const lotsList = page.getByRole('region', { name: 'Lots, the next to be spent first' });
    await scrollTo(lotsList, 300);
    expect(await nodes(page)).toBeLessThan(nodesMax);
    // Six payers have segments of their own; the others share segments by rank.
    expect(await page.locator('.bar .segment').count()).toBe(9);
    const legend = page.getByRole('list', { name: 'Shared segments of the bar, by rank' });
    await legend.getByText('Payers 7 to 50').waitFor();
    await legend.getByText('Payers 501 to 1,000').waitFor();
    await page.getByText(/^The largest \d+ payers of 1,000 hold half of the points\.$/).waitFor();
    await page.getByLabel('Find a payer').fill('payer 77');
    await payersList.locator('li[aria-setsize="11"]').first().waitFor();
    expect(complaints).toEqual([]);
  },
);

/** Resolves when a person sees the middle of an element, inside the lists and the window. */
async function waitUntilSeen(element: Locator): Promise<void> {
  await element.waitFor();
  const isSeen = () =>
    element.evaluate((target) => {
      const { left, top, width, height } = target.getBoundingClientRect();
      const seen = target.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
      return seen !== null && target.contains(seen);
    });
  const until = Date.now() + 30_000;
  while (!(await isSeen())) {
    if (Date.now() > until) throw new Error('The element is not in view.');
    await pause(100);
  }
}

/** Returns the position of the row in the middle of a list. */
function middleOf(list: Locator): Promise<string> {
  return list.evaluate((scroller) => {
    const { top, height } = scroller.getBoundingClientRect();
    const isMiddle = (row: typeof scroller) =>
      row.getBoundingClientRect().bottom > top + height / 2;
    return [...scroller.querySelectorAll('li')].find(isMiddle)!.getAttribute('aria-posinset')!;
  });
}

withBrowser.each([
  ['the back button', (page: Page) => page.goBack()],
  ['reloading', (page: Page) => page.goBack().then(() => page.reload())],
])('%s shows the rows of long lists that were in view', async (_how, comeBack) => {
  const { page, complaints } = await server.visit('/accounts/large');
  const history = page.getByRole('region', { name: 'History, the newest first' });
  const lotsList = page.getByRole('region', { name: 'Lots, the next to be spent first' });
  await scrollTo(lotsList, 150);
  await scrollTo(history, 300);
  // Where the lists are is kept when they are at rest.
  await pause(1_000);
  const [place, number] = [await middleOf(lotsList), await middleOf(history)];
  const entry = history.locator(`li[aria-posinset="${number}"]`).getByRole('link', { name: '#' });
  const name = await entry.first().textContent();
  await entry.first().click();
  await page.getByRole('link', { name: '← Account large' }).waitFor();
  await comeBack(page);
  await waitUntilSeen(history.getByRole('link', { name: name!, exact: true }));
  await lotsList.locator(`li[aria-posinset="${place}"]`).waitFor();
  expect(complaints).toEqual([]);
});

withBrowser('the pages of accounts go forward and back', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `member-${10 + index}`);
  for (const name of names) {
    const row = { payer: 'DANNON', points: 1, timestamp: '2020-01-01T00:00:00Z' };
    await addRows(server, name, [row]);
  }
  const { page } = await server.visit('/accounts');
  const rows = page.getByRole('rowheader');
  const [earlier, later] = ['← Earlier ids', 'Later ids →'].map((name) =>
    page.getByRole('button', { name }),
  );
  await rows.filter({ hasText: 'member-33' }).waitFor();
  const first = await rows.allTextContents();
  expect(await earlier.isDisabled()).toBe(true);
  await later.click();
  await rows.filter({ hasText: 'member-50' }).waitFor();
  await later.click();
  await rows.filter({ hasText: 'member-69' }).waitFor();
  expect(await later.isDisabled()).toBe(true);
  await earlier.click();
  await rows.filter({ hasText: 'member-50' }).waitFor();
  await earlier.click();
  await rows.filter({ hasText: 'member-33' }).waitFor();
  expect(await rows.allTextContents()).toEqual(first);
  expect(await earlier.isDisabled()).toBe(true);
});

withBrowser('a thousand changes at once cause few requests', async () => {
  const { page } = await server.visit('/accounts/busy');
  await page.getByText('Live', { exact: true }).waitFor();
  let requests = 0;
  page.on('request', () => {
    requests += 1;
  });
  const row = { payer: 'DANNON', points: 1, timestamp: '2020-01-01T00:00:00Z' };
  await addRows(server, 'busy', Array<Row>(1_000).fill(row));
  await page.getByText('1,000 points to spend').waitFor();
  await page.locator('.entry a', { hasText: '#1,000' }).waitFor();
  expect(requests).toBeLessThan(50);
});

withBrowser(
  'a spend over many lots is previewed and expanded without rendering them all',
  async () => {
    const { page } = await server.visit('/accounts/large');
    await page.getByRole('textbox', { name: 'Points' }).fill('40000');
    await page.getByText('Would be paid by').waitFor();
    await page.getByRole('button', { name: 'Spend 40,000' }).click();
    await page.getByText(/^Spent 40,000/).waitFor();
    await page.getByRole('button', { name: 'Show which grants paid' }).click();
    await page.locator('.allocation').first().waitFor();
    expect(await nodes(page)).toBeLessThan(nodesMax);
  },
);

import type { Page } from 'playwright-core';
import { type ConsoleServer, serveConsole, withBrowser } from './console';

/** The longest names, without a place at which a line may break. */
const account = 'V'.repeat(255);
const payer = 'W'.repeat(255);
const reference = 'R'.repeat(255);
const timestamp = '2020-10-31T10:00:00Z';
const expiresAt = '2120-01-01T00:00:00Z';

const story = `mutation ($add: AddTransactionsInput!, $spend: SpendPointsInput!, $hold: HoldPointsInput!) {
  addTransactions(input: $add) { results { errors { message } } }
  spendPoints(input: $spend) { replayed }
  holdPoints(input: $hold) { replayed }
}`;

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
  const row = { accountId: account, payer, timestamp, reference };
  const transactions = [
    { ...row, points: 100, expiresAt },
    { ...row, points: 50, payer: 'M'.repeat(255) },
    { ...row, points: -5 },
  ];
  await server.request(story, {
    add: { transactions },
    spend: { accountId: account, points: 20, payers: { only: [payer] }, reference },
    hold: { accountId: account, points: 5, expiresAt, reference },
  });
});
afterAll(() => server.close());

const narrow = { locale: 'en-GB', timezoneId: 'UTC', viewport: { width: 320, height: 640 } };

async function expectToFit(page: Page, step: string): Promise<void> {
  const width = await page.evaluate('document.documentElement.scrollWidth');
  expect({ step, width }).toEqual({ step, width: 320 });
}

withBrowser('the forms, lists and messages of an account fit a phone with any name', async () => {
  const { page } = await server.visit(`/accounts/${account}`, narrow);
  const panel = page.getByRole('tabpanel');
  const points = panel.getByRole('textbox', { name: 'Points' });
  await page.locator('.holds li').waitFor();
  await expectToFit(page, 'the account');
  await points.fill('60');
  await panel.getByText('Would be paid by').waitFor();
  await expectToFit(page, 'a preview');
  await panel.getByRole('combobox', { name: 'Payers' }).selectOption('Only these');
  await panel.getByRole('checkbox', { name: payer }).waitFor();
  await expectToFit(page, 'the choice of payers');
  await page.getByRole('tab', { name: 'Take back' }).click();
  await panel.getByRole('combobox', { name: 'Payer' }).fill(payer);
  await points.fill('10000');
  await panel.getByRole('button', { name: 'Take back' }).click();
  await panel.getByText('10,000 cannot be taken back').waitFor();
  await expectToFit(page, 'a refusal');
  await points.fill('1');
  await panel.getByRole('button', { name: 'Take back' }).click();
  await panel.getByText('Took back 1').waitFor();
  await expectToFit(page, 'an outcome');
  await page.goto(`${server.origin}/accounts/${'Y'.repeat(255)}`);
  await page.getByText('There is no account with this id').waitFor();
  await expectToFit(page, 'no such account');
});

withBrowser('the page of every kind of entry fits a phone with any name', async () => {
  const found = await server.request<{ account: { history: { nodes: { id: string }[] } } }>(
    'query ($id: ID!) { account(id: $id) { history(first: 10) { nodes { id } } } }',
    { id: account },
  );
  const { page } = await server.visit('/accounts', narrow);
  await page.locator('table').waitFor();
  await expectToFit(page, 'the accounts');
  for (const { id } of found.account.history.nodes) {
    await page.goto(`${server.origin}/entries/${encodeURIComponent(id)}`);
    await page.getByText('Reference', { exact: true }).waitFor();
    await page.getByText('Loading', { exact: false }).waitFor({ state: 'detached' });
    await expectToFit(page, `entry ${id}`);
  }
});

/** True for each name of which the beginning is in view, with place for some letters. */
const beginnings = `[...document.querySelectorAll('.payer-line .payer-name, .lot .payer-name')].map((box) => {
  const text = document.createTreeWalker(box, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(text, 1);
  const [first, shown] = [range.getBoundingClientRect(), box.getBoundingClientRect()];
  return first.left >= shown.left - 1 && first.right <= shown.right + 1 && shown.width >= 48;
})`;

withBrowser('a name that is cut shows its beginning, in every direction of writing', async () => {
  const accountId = 'directions';
  const most = Number.MAX_SAFE_INTEGER - 2;
  const names = [`شركة ${'الزيت '.repeat(30)}100`, 'W'.repeat(255), `שלום ${'12 '.repeat(60)}`];
  const rows = names.map((name, at) => ({ payer: name, points: at === 0 ? most : 1 }));
  const transactions = rows.map((row) => ({ accountId, timestamp, ...row }));
  await server.request(
    'mutation ($add: AddTransactionsInput!) { addTransactions(input: $add) { results { replayed } } }',
    { add: { transactions } },
  );
  const { page } = await server.visit(`/accounts/${accountId}`, narrow);
  await page.locator('.lot').nth(2).waitFor();
  expect(await page.evaluate(beginnings)).toEqual(Array(6).fill(true));
  await page.getByRole('textbox', { name: 'Points' }).fill(String(most));
  await page.locator('.payer-line .would-pay').waitFor();
  expect(await page.evaluate(beginnings)).toEqual(Array(6).fill(true));
  await expectToFit(page, 'the largest figures');
});

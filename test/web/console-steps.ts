import type { Page } from 'playwright-core';
import type { ConsoleServer } from './console';

export interface Row {
  readonly payer: string;
  readonly points: number;
  readonly timestamp: string;
}

/** Adds rows as another client, a thousand per request. */
export async function addRows(server: ConsoleServer, accountId: string, rows: readonly Row[]) {
  const query = `mutation ($input: AddTransactionsInput!) {
    addTransactions(input: $input) { results { errors { message } } }
  }`;
  for (let at = 0; at < rows.length; at += 1_000) {
    const transactions = rows.slice(at, at + 1_000).map((row) => ({ accountId, ...row }));
    await server.request(query, { input: { transactions } });
  }
}

/** Returns the name and the points of each payer on the page. */
export async function payersShown(page: Page): Promise<string[]> {
  const lines = page.locator('.payer-line');
  const names = await lines.locator('.payer-name').allTextContents();
  const points = await lines.locator('.figure').allTextContents();
  return names.map((name, index) => `${name} ${points[index]}`);
}

/** Opens the forms of an account that does not exist yet. */
export async function openNewAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open a new account with this id' }).click();
}

/** Presses Tab until the element with this role and name has the focus. */
export async function tabTo(page: Page, role: string, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role as 'button', { name, exact: true });
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
  }
  throw new Error(`Tab does not reach the ${role} ${name}.`);
}

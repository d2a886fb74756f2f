import { type ConsoleServer, serveConsole, withBrowser } from './console';
import { addRows } from './console-steps';

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
  const payers = Array.from({ length: 60 }, (_, at) => `P${at}`);
  const rows = payers.map((payer) => ({ payer, points: 1, timestamp: '2020-10-31T10:00:00Z' }));
  await addRows(server, 'crowd', rows);
});
afterAll(() => server.close());

withBrowser('a typed payer that the account does not have is named, and can be sent', async () => {
  const { page, complaints } = await server.visit('/accounts/crowd');
  await page.getByRole('textbox', { name: 'Points' }).fill('2');
  const hint = page.getByText('Not a payer of this account');
  for (const mode of ['Only these', 'All but these']) {
    await page.getByRole('combobox', { name: 'Payers' }).selectOption(mode);
    await page.getByLabel('Names, one a line').fill('P1\nP2\np3\nP3');
    expect(await hint.textContent()).toMatch(/^Not a payer of this account: \W?p3\W?$/);
    await page.getByLabel('Names, one a line').fill('P1\nP2\n');
    await hint.waitFor({ state: 'detached' });
  }
  await page.getByLabel('Names, one a line').fill('a\nb\nc\nd\nP1');
  await page.getByText('and 1 more').waitFor();
  await page.getByRole('button', { name: /^Spend/ }).click();
  await page.getByText('Spent 2, as entry #61.').waitFor();
  expect(complaints).toEqual([]);
});

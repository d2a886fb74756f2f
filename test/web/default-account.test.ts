import { type ConsoleServer, serveConsole, withBrowser } from './console';

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole({ DEFAULT_ACCOUNT: 'off' });
});
afterAll(() => server.close());

withBrowser('without a default account, a file must name its accounts', async () => {
  const { page } = await server.visit('/import');
  const buffer = Buffer.from('payer,points,timestamp\nOAK,7,2020-01-01T00:00:00Z\n');
  const file = { name: 'sheet.csv', mimeType: 'text/csv', buffer };
  await page.getByLabel(/Drop a file here/).setInputFiles(file);
  await page.getByRole('button', { name: 'Import 1 row' }).click();
  await page
    .getByText(
      'No row of the file names its account, and this ledger has no default account. ' +
        'Choose the account_id below.',
    )
    .waitFor();
  expect(await server.request('{ accounts { nodes { id } } }')).toEqual({
    accounts: { nodes: [] },
  });
  await page.getByLabel('account_id', { exact: true }).selectOption('One value for all rows');
  await page.getByLabel('account_id of all rows').fill('named');
  await page.getByLabel('account_id of all rows').blur();
  await page.locator('.first-rows').getByText('named').first().waitFor();
  await page.getByRole('button', { name: 'Import 1 row' }).click();
  await page.getByText('Done: every row of the file is in the ledger.').waitFor();
  expect(await server.request('{ balances(accountId: "named") { points } }')).toEqual({
    balances: [{ points: 7 }],
  });
});

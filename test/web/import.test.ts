import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { type ConsoleServer, serveConsole, withBrowser } from './console';

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
});
afterAll(() => server.close());

const csv = (lines: readonly string[]) => ({
  name: 'points.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`account_id,payer,points,timestamp\n${lines.join('\n')}\n`),
});

const grants = Array.from({ length: 2_500 }, (_, index) => {
  const day = String((index % 28) + 1).padStart(2, '0');
  return `importer,PAYER ${index % 40},${index + 1},2020-01-${day}T10:00:00Z`;
});

async function figures(page: Page): Promise<Record<string, string>> {
  const names = await page.locator('.figures dt').allTextContents();
  const values = await page.locator('.figures dd').allTextContents();
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

async function pick(page: Page, file: ReturnType<typeof csv>): Promise<void> {
  await page.getByLabel(/Drop a file here/).setInputFiles(file);
}

async function importFile(page: Page, file: ReturnType<typeof csv>): Promise<void> {
  await pick(page, file);
  await page.getByRole('button', { name: /^Import [\d,]+ rows?$/ }).click();
}

withBrowser(
  'an import lists its refused rows and offers them as a file; a second import adds nothing',
  async () => {
    const { page, complaints, elsewhere } = await server.visit('/import');
    const lines = [
      ...grants,
      'importer,PAYER 1,-999999999,2020-01-01T00:00:00Z',
      'importer,,5,2020-01-01T00:00:00Z',
    ];
    await importFile(page, csv(lines));
    await page.getByText('Done. The refused rows are below').waitFor();
    expect(await figures(page)).toMatchObject({
      rows: '2,502 of 2,502',
      added: '2,500',
      'already added': '0',
      refused: '2',
    });
    await page
      .getByText(/^Line 2,502 PAYER 1 has [\d,]+; 999,999,999 cannot be taken back.$/)
      .waitFor();
    await page.getByText(/^Line 2,503 payer is blank/).waitFor();

    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download points.refused.csv' }).click();
    const kept = (await text(await (await downloading).createReadStream())).trimEnd().split('\n');
    expect(kept).toHaveLength(3);
    expect(kept[0]).toBe(
      'refused_line,refused_code,refused_reason,idempotency_key,account_id,payer,points,timestamp',
    );
    expect(kept[1]).toMatch(/^2502,PAYER_WOULD_GO_NEGATIVE,/);

    await page.getByRole('button', { name: 'Import another file' }).click();
    await importFile(page, csv(lines));
    await page.getByText('Done. The refused rows are below').waitFor();
    expect(await figures(page)).toMatchObject({
      added: '0',
      'already added': '2,500',
      refused: '2',
    });
    const { account } = await server.request<{ account: { points: number } }>(
      '{ account(id: "importer") { points } }',
    );
    expect(account.points).toBe((2_500 * 2_501) / 2);
    expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });
  },
);

withBrowser('an import that was stopped can be continued, and no row counts twice', async () => {
  const { page } = await server.visit('/import');
  const file = csv(grants.map((line) => line.replace('importer', 'stopper')));
  // Holds the second request until the import is being stopped.
  let calls = 0;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/graphql', async (route) => {
    calls += 1;
    if (calls === 2) await held;
    await route.continue();
  });
  await importFile(page, file);
  await page.getByRole('button', { name: 'Stop' }).click();
  release();
  await page.getByText(/^Stopped with [\d,]+ rows left/).waitFor();
  expect((await figures(page)).added).not.toBe('2,500');

  await page.getByRole('button', { name: 'Choose the file again' }).click();
  await importFile(page, file);
  await page.getByText('Done: every row of the file is in the ledger.').waitFor();
  const { account } = await server.request<{ account: { points: number } }>(
    '{ account(id: "stopper") { points } }',
  );
  expect(account.points).toBe((2_500 * 2_501) / 2);
});

withBrowser('ambiguous rows are refused, or read by the chosen rules', async () => {
  const { page } = await server.visit('/import');
  const file = csv([
    'doubtful, "OAK, Ltd",5,2020-01-01T00:00:00Z',
    'doubtful,DANNON,1,2020-01-01T00:00:00.1239Z',
    'doubtful,DANNON,1.000,2020-01-01T00:00:00Z',
  ]);
  await pick(page, file);
  await page.getByText(/write "OAK, Ltd" without the blank, or choose that blanks/).waitFor();
  await page.getByText(/has the digits 9 after the millisecond/).waitFor();
  expect(await page.getByRole('button', { name: 'Import 0 rows' }).isDisabled()).toBe(true);
  await page.getByLabel('Blanks around names').selectOption('Remove them');
  await page.getByLabel('Digits of instants after').selectOption('Drop them');
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByText('Done. The refused rows are below').waitFor();
  await page.getByText(/write 1000 if it separates thousands/).waitFor();
  expect(await server.request('{ balances(accountId: "doubtful") { payer points } }')).toEqual({
    balances: [
      { payer: 'OAK, Ltd', points: 5 },
      { payer: 'DANNON', points: 1 },
    ],
  });
});

withBrowser('a file is shown before it is imported, and nothing is sent until then', async () => {
  const { page } = await server.visit('/import');
  await pick(
    page,
    csv([
      'shown-1,DANNON,300,2020-01-01T00:00:00Z',
      'shown-2,DANNON,-20,2020-01-01T00:00:00Z',
      'shown-2,UNILEVER,20,2020-01-01T00:00:00Z',
      'shown-3,UNILEVER,x,2020-01-01T00:00:00Z',
    ]),
  );
  await page.getByRole('button', { name: 'Import 3 rows' }).waitFor();
  expect(await figures(page)).toEqual({
    rows: '4',
    accounts: '2',
    payers: '2',
    'points granted': '320',
    'points taken back': '20',
    refused: '1',
  });
  const cells = await page.locator('.first-rows tbody tr').first().locator('td').allTextContents();
  expect(cells.slice(0, 4)).toEqual(['2', 'shown-1', 'DANNON', '+300']);
  await page.getByText(/^Line 5 points must be a whole number/).waitFor();
  expect(await server.request('{ accounts(startsWith: "shown") { nodes { id } } }')).toEqual({
    accounts: { nodes: [] },
  });
  await page.getByRole('button', { name: 'Choose another file' }).click();
  await page.getByLabel(/Drop a file here/).waitFor();
});

withBrowser('rows before 1970 or more than a year ahead are sent only if confirmed', async () => {
  const { page } = await server.visit('/import');
  const later = new Date(Date.now() + 367 * 86_400_000).toISOString();
  await pick(
    page,
    csv([
      'dated,A,1,2020-01-01T00:00:00Z',
      'dated,A,1,0020-01-01T00:00:00Z',
      'dated,A,1,1969-12-31T23:59:59Z',
      `dated,A,1,${later}`,
      `dated,A,1,${new Date().toISOString()}`,
    ]),
  );
  const button = page.getByRole('button', { name: 'Import 5 rows' });
  await page
    .getByText(/^3 rows with a date before 1970 .* the first is line 3 with 0020-/)
    .waitFor();
  expect(await button.isDisabled()).toBe(true);
  await page.getByLabel('These dates are correct').check();
  await button.click();
  await page.getByText('Done: every row of the file is in the ledger.').waitFor();
});

withBrowser('columns are assigned, and one value is set for all rows', async () => {
  const { page } = await server.visit('/import');
  const lines = [
    'Brand,Date,credit,debit',
    'OAK,2020-01-01T00:00:00Z,7,',
    'OAK,2020-01-02T00:00:00Z,,2',
  ];
  const buffer = Buffer.from(lines.join('\n'));
  await pick(page, { name: 'sheet.csv', mimeType: 'text/csv', buffer });
  await page.getByText(/^Line 1: there is no column "Brand"/).waitFor();
  await page.getByLabel('payer', { exact: true }).selectOption('From “Brand”');
  await page.getByLabel('timestamp', { exact: true }).selectOption('From “Date”');
  await page.getByRole('button', { name: 'Import 2 rows' }).waitFor();
  await page.getByLabel('account_id', { exact: true }).selectOption('One value for all rows');
  await page.getByLabel('account_id of all rows').fill('mapped');
  await page.getByLabel('account_id of all rows').blur();
  await page.locator('.first-rows').getByText('mapped').first().waitFor();
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByText('Done: every row of the file is in the ledger.').waitFor();
  expect(await server.request('{ balances(accountId: "mapped") { payer points } }')).toEqual({
    balances: [{ payer: 'OAK', points: 5 }],
  });
});

withBrowser('a file can be dropped', async () => {
  const { page } = await server.visit('/import');
  await page.getByLabel(/Drop a file here/).waitFor();
  const text = '{"accountId":"dropper","payer":"A","points":3,"timestamp":"2020-01-01T00:00:00Z"}';
  const dropped = await page.evaluateHandle(`(() => {
    const given = new DataTransfer();
    given.items.add(new File([${JSON.stringify(text)}], 'points'));
    return given;
  })()`);
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer: dropped });
  await page.getByRole('button', { name: 'Import 1 row' }).click();
  await page.getByText('Done: every row of the file is in the ledger.').waitFor();
  expect(await server.request('{ balances(accountId: "dropper") { points } }')).toEqual({
    balances: [{ points: 3 }],
  });
});

withBrowser('a file with unknown columns is refused before anything is sent', async () => {
  const { page } = await server.visit('/import');
  const buffer = Buffer.from('who,points,timestamp\nA,1,2020-01-01T00:00:00Z\n');
  await pick(page, { name: 'other.csv', mimeType: 'text/csv', buffer });
  await page.getByText(/^Line 1: there is no column "who"/).waitFor();
});

import { type ConsoleServer, serveConsole, withBrowser } from './console';
import { addRows } from './ledger-words';

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
  await addRows(server, 'member', [
    { payer: 'DANNON', points: 100, timestamp: '2020-10-31T10:00:00Z' },
    { payer: 'UNILEVER', points: 1_500_000, timestamp: '2020-10-31T11:00:00Z' },
  ]);
});
afterAll(() => server.close());

withBrowser('a refusal stands at its field, in words and with the figures', async () => {
  const { page, complaints } = await server.visit('/accounts/member');
  await page.getByRole('tab', { name: 'Take back' }).click();
  await page.getByRole('combobox', { name: 'Payer' }).fill('DANNON');
  const points = page.getByRole('textbox', { name: 'Points' });
  await points.fill('200');
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByText('DANNON has 100, you asked to take back 200.').waitFor();
  expect(await points.getAttribute('aria-invalid')).toBe('true');
  const [faultId] = (await points.getAttribute('aria-describedby'))!.split(' ');
  const described = await page.locator(`[id="${faultId}"]`).textContent();
  expect(described).toBe('DANNON has 100, you asked to take back 200.');
  await points.fill('20');
  expect(await points.getAttribute('aria-invalid')).toBe('false');
  expect(complaints).toEqual([]);
});

withBrowser(
  'what cannot be sent is told before it is: empty fields, fractions, too much to spend',
  async () => {
    const { page } = await server.visit('/accounts/member');
    const points = page.getByRole('textbox', { name: 'Points' });
    await points.fill('2000000');
    await page.getByText('This account has 1,500,100, you asked to spend 2,000,000.').waitFor();
    await page.getByRole('tab', { name: 'Add' }).click();
    await page.getByRole('textbox', { name: 'Points' }).fill('1.5');
    await page.getByRole('button', { name: 'Add points' }).click();
    await page.getByText('Type the name of the payer.').waitFor();
    await page.getByText('“1.5” is not a whole number of points.').waitFor();
  },
);

withBrowser('figures and dates are read and written as where the reader is', async () => {
  const reader = { locale: 'de-DE', timezoneId: 'Europe/Berlin' };
  const { page } = await server.visit('/accounts/reader', reader);
  await page.getByRole('combobox', { name: 'Payer' }).fill('DANNON');
  await page.getByRole('textbox', { name: 'Points' }).fill('1.200');
  await page.getByLabel('Earned on').fill('2020-07-01T14:00:00');
  await page.getByText('UTC+02:00, Europe/Berlin. Sent as 2020-07-01T12:00:00Z').waitFor();
  await page.getByRole('button', { name: 'Add points' }).click();
  await page.getByText('1.200 points to spend').waitFor();
  expect(await page.locator('.lot-date').textContent()).toBe('01.07.2020 14:00');
  const { balances } = await server.ask('{ balances(accountId: "reader") { points } }');
  expect(balances).toEqual([{ points: 1200 }]);
});

withBrowser('a field of points takes the digits of the locale, and no decimals', async () => {
  const reader = { locale: 'ar-EG', timezoneId: 'Africa/Cairo' };
  const { page } = await server.visit('/accounts/cairo', reader);
  await page.getByRole('combobox', { name: 'Payer' }).fill('DANNON');
  const points = page.getByRole('textbox', { name: 'Points' });
  await points.fill('١٬٢٣٤٫٥');
  await page.getByRole('button', { name: 'Add points' }).click();
  await page.getByText('Points have no decimals.').waitFor();
  await points.fill('١٬٢٣٤');
  await page.getByRole('button', { name: 'Add points' }).click();
  await page.getByText('١٬٢٣٤ points to spend').waitFor();
  const { balances } = await server.ask('{ balances(accountId: "cairo") { points } }');
  expect(balances).toEqual([{ points: 1234 }]);
});

withBrowser('of pasted rows those that are refused are left to be corrected', async () => {
  const { page } = await server.visit('/accounts/member');
  await page.getByRole('tab', { name: 'Paste rows' }).click();
  const rows = page.getByRole('textbox', { name: 'Rows' });
  await rows.fill('A,1,2020-01-01T00:00:00Z\nB,-5,2020-01-01T00:00:00Z\nC,x,2020-01-01T00:00:00Z');
  await page.getByText(/^Line 3 points must be a whole number/).waitFor();
  await page.getByRole('button', { name: 'Add 2 rows' }).click();
  await page.getByText('Added 1 row; the others were refused.').waitFor();
  await page.getByText('Line 2 B has 0, you asked to take back 5.').waitFor();
  expect(await rows.inputValue()).toBe(
    'payer,points,timestamp\nB,-5,2020-01-01T00:00:00Z\nC,x,2020-01-01T00:00:00Z\n',
  );
});

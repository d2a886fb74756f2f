import { type ConsoleServer, serveConsole, withBrowser } from './console';
import { addRows, openNewAccount } from './console-steps';

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
  await addRows(server, 'member', [
    { payer: 'DANNON', points: 100, timestamp: '2020-10-31T10:00:00Z' },
    { payer: 'UNILEVER', points: 1_500_000, timestamp: '2020-10-31T11:00:00Z' },
  ]);
});
afterAll(() => server.close());

withBrowser('a refusal is shown at its field with the numbers', async () => {
  const { page, complaints } = await server.visit('/accounts/member');
  await page.getByRole('tab', { name: 'Take back' }).click();
  await page.getByRole('combobox', { name: 'Payer' }).fill('DANNON');
  const points = page.getByRole('textbox', { name: 'Points' });
  await points.fill('200');
  await page.getByRole('button', { name: 'Take back', exact: true }).click();
  await page.getByText('DANNON has 100; 200 cannot be taken back.').waitFor();
  expect(await points.getAttribute('aria-invalid')).toBe('true');
  const [problemId] = (await points.getAttribute('aria-describedby'))!.split(' ');
  const described = await page.locator(`[id="${problemId}"]`).textContent();
  expect(described).toBe('DANNON has 100; 200 cannot be taken back.');
  await points.fill('20');
  expect(await points.getAttribute('aria-invalid')).toBe('false');
  expect(complaints).toEqual([]);
});

withBrowser(
  'a hold beyond the most that may be open is refused at its field, in words',
  async () => {
    const expiresAt = '2100-01-01T00:00:00Z';
    const held = `holdPoints(input: { accountId: "holder", points: 1, expiresAt: "${expiresAt}" })`;
    const timestamp = '2020-10-31T10:00:00Z';
    await addRows(server, 'holder', [{ payer: 'DANNON', points: 2_000, timestamp }]);
    const fifty = Array.from({ length: 50 }, (_, place) => `h${place}: ${held} { replayed }`);
    for (let holds = 0; holds < 1_000; holds += 50) {
      await server.request(`mutation { ${fifty.join(' ')} }`);
    }
    const { page, complaints } = await server.visit('/accounts/holder');
    await page.getByText('1,000 held').waitFor();
    await page.getByRole('tab', { name: 'Hold' }).click();
    const points = page.getByRole('textbox', { name: 'Points' });
    await points.fill('1');
    await page.getByRole('button', { name: 'Hold 1' }).click();
    const text =
      /^The account has 1,?000 open holds, and no account can have more. Capture or release/;
    await page.getByText(text).waitFor();
    expect(await points.getAttribute('aria-invalid')).toBe('true');
    const [problemId] = (await points.getAttribute('aria-describedby'))!.split(' ');
    expect(await page.locator(`[id="${problemId}"]`).textContent()).toMatch(text);
    const release = page.getByRole('button', { name: 'Release' });
    await release.first().click();
    await page.getByText(/^Released 1 of hold #.*, as entry #/).waitFor();
    await page.getByRole('button', { name: 'Hold 1' }).click();
    await page.getByText(/^Held 1, as entry #/).waitFor();
    expect(complaints).toEqual([]);
  },
);

withBrowser(
  'invalid input is refused before it is sent: empty fields, fractions, too many points',
  async () => {
    const { page } = await server.visit('/accounts/member');
    const points = page.getByRole('textbox', { name: 'Points' });
    await points.fill('2000000');
    await page.getByText('This account has 1,500,100; 2,000,000 cannot be spent.').waitFor();
    await page.getByRole('tab', { name: 'Add' }).click();
    await page.getByRole('textbox', { name: 'Points' }).fill('1.5');
    await page.getByRole('button', { name: 'Add points' }).click();
    await page.getByText('Type the name of the payer.').waitFor();
    await page.getByText('“1.5” is not a whole number of points.').waitFor();
  },
);

withBrowser('numbers and dates are read and written in the locale of the browser', async () => {
  const context = { locale: 'de-DE', timezoneId: 'Europe/Berlin' };
  const { page } = await server.visit('/accounts/reader', context);
  await openNewAccount(page);
  await page.getByRole('combobox', { name: 'Payer' }).fill('DANNON');
  await page.getByRole('textbox', { name: 'Points' }).fill('1.200');
  await page.getByLabel('Earned on').fill('2020-07-01T14:00:00');
  await page.getByText('UTC+02:00, Europe/Berlin. Sent as 2020-07-01T12:00:00Z').waitFor();
  await page.getByRole('button', { name: 'Add points' }).click();
  await page.getByText('1.200 points to spend').waitFor();
  expect(await page.locator('.lot-date').textContent()).toBe('01.07.2020 14:00');
  const { balances } = await server.request('{ balances(accountId: "reader") { points } }');
  expect(balances).toEqual([{ points: 1200 }]);
});

withBrowser('a points field accepts the digits of the locale, and no decimals', async () => {
  const context = { locale: 'ar-EG', timezoneId: 'Africa/Cairo' };
  const { page } = await server.visit('/accounts/cairo', context);
  await openNewAccount(page);
  await page.getByRole('combobox', { name: 'Payer' }).fill('DANNON');
  const points = page.getByRole('textbox', { name: 'Points' });
  await points.fill('١٬٢٣٤٫٥');
  await page.getByRole('button', { name: 'Add points' }).click();
  await page.getByText('Points are whole numbers, without decimals.').waitFor();
  await points.fill('١٬٢٣٤');
  await page.getByRole('button', { name: 'Add points' }).click();
  await page.getByText('١٬٢٣٤ points to spend').waitFor();
  const { balances } = await server.request('{ balances(accountId: "cairo") { points } }');
  expect(balances).toEqual([{ points: 1234 }]);
});

withBrowser('refused rows of a paste are left in the field', async () => {
  const { page } = await server.visit('/accounts/member');
  await page.getByRole('tab', { name: 'Paste rows' }).click();
  const rows = page.getByRole('textbox', { name: 'Rows' });
  await rows.fill('A,1,2020-01-01T00:00:00Z\nB,-5,2020-01-01T00:00:00Z\nC,x,2020-01-01T00:00:00Z');
  await page.getByText(/^Line 3 points must be a whole number/).waitFor();
  await page.getByRole('button', { name: 'Add 2 rows' }).click();
  await page.getByText('Added 1 row; the others were refused.').waitFor();
  await page.getByText('Line 2 B has 0; 5 cannot be taken back.').waitFor();
  expect(await rows.inputValue()).toBe(
    'payer,points,timestamp\nB,-5,2020-01-01T00:00:00Z\nC,x,2020-01-01T00:00:00Z\n',
  );
});

withBrowser('what is typed while pasted rows are sent does not disappear with them', async () => {
  const { page } = await server.visit('/accounts/slow');
  await openNewAccount(page);
  await page.getByRole('tab', { name: 'Paste rows' }).click();
  const rows = page.getByRole('textbox', { name: 'Rows' });
  await rows.fill('OLIVE,5,2020-10-31T10:00:00Z');
  let release = () => {};
  const isReleased = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isSent = page.waitForRequest((request) => /addTransactions/.test(request.postData() ?? ''));
  await page.route('**/graphql', async (route) => {
    await isReleased;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Add 1 row' }).click();
  await isSent;
  await rows.press('End');
  await page.keyboard.type('\nBASIL,7,2020-10-31T10:00:00Z');
  expect(await rows.inputValue()).toBe('OLIVE,5,2020-10-31T10:00:00Z');
  release();
  await page.getByText('5 points to spend').waitFor();
  await page.unroute('**/graphql');
  await rows.fill('BASIL,7,2020-10-31T10:00:00Z');
  await page.getByRole('button', { name: 'Add 1 row' }).click();
  await page.getByText('12 points to spend').waitFor();
});

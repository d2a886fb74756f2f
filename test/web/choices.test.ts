import { type ConsoleServer, serveConsole, withBrowser } from './console';
import { addRows } from './console-steps';

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
  await addRows(server, 'member', [
    { payer: 'OLIVE', points: 100, timestamp: '2020-10-31T10:00:00Z' },
    { payer: 'BASIL', points: 200, timestamp: '2020-10-31T11:00:00Z' },
  ]);
});
afterAll(() => server.close());

withBrowser('a grant has both dates, and a refused date is explained at its field', async () => {
  const { page, complaints } = await server.visit('/accounts/member');
  await page.getByRole('tab', { name: 'Add' }).click();
  await page.getByRole('combobox', { name: 'Payer' }).fill('THYME');
  await page.getByRole('textbox', { name: 'Points' }).fill('70');
  await page.getByLabel('Begins on (optional)').fill('2120-01-01T00:00:00');
  const expires = page.getByLabel('Expires on (optional)');
  await expires.fill('2119-01-01T00:00:00');
  const button = page.getByRole('button', { name: 'Add points' });
  await button.click();
  await page.locator('[aria-invalid=true]').waitFor();
  expect(await expires.getAttribute('aria-invalid')).toBe('true');
  await expires.fill('2121-01-01T00:00:00');
  await button.click();
  await page.getByText('Added 70 of THYME').waitFor();
  await page.getByText('70 to begin later').waitFor();
  expect(complaints).toEqual([]);
});

withBrowser('a date that is typed in part is not sent as no date', async () => {
  const { page } = await server.visit('/accounts/member');
  await page.getByRole('tab', { name: 'Add' }).click();
  await page.getByRole('combobox', { name: 'Payer' }).fill('THYME');
  await page.getByRole('textbox', { name: 'Points' }).fill('7');
  await page.getByLabel('Expires on (optional)').pressSequentially('01');
  await page.getByRole('button', { name: 'Add points' }).click();
  await page.getByText('Complete the date and the time.').waitFor();
});

/** Browsers accept six digits, the API four, and to the west 9999 ends in the year 10000 of UTC. */
const neverSent = ['20280-01-01T00:00:00', '275760-01-01T00:00:00', '9999-12-31T23:59:59'];

withBrowser('a date that the API does not have is not sent as no date', async () => {
  const west = { locale: 'en-GB', timezoneId: 'America/New_York' };
  const { page, complaints } = await server.visit('/accounts/member', west);
  const entries = async () => {
    const found = await server.request<{ account: { history: { nodes: object[] } } }>(
      '{ account(id: "member") { history { nodes { sequence } } } }',
    );
    return found.account.history.nodes;
  };
  const before = await entries();
  const tooLate = page.getByText('Choose a date up to the year 9999.');
  const refusesAll = async (labels: readonly string[], button: string) => {
    for (const label of labels) {
      const field = page.getByRole('tabpanel').getByLabel(label);
      const valid = await field.inputValue();
      for (const value of neverSent) {
        await field.fill(value);
        await page.getByRole('button', { name: button }).click();
        await tooLate.waitFor();
        await field.fill(valid);
        await tooLate.waitFor({ state: 'detached' });
      }
    }
  };
  await page.getByRole('tab', { name: 'Add' }).click();
  await page.getByRole('combobox', { name: 'Payer' }).fill('THYME');
  await page.getByRole('textbox', { name: 'Points' }).fill('7');
  await refusesAll(['Earned on', 'Begins on (optional)', 'Expires on (optional)'], 'Add points');
  await page.getByRole('tab', { name: 'Hold' }).click();
  await page.getByRole('textbox', { name: 'Points' }).fill('7');
  await refusesAll(['Ends on'], 'Hold');
  expect(await entries()).toEqual(before);
  expect(complaints).toEqual([]);
});

withBrowser('a spend takes as many as there are, of the chosen payers', async () => {
  const { page, complaints } = await server.visit('/accounts/member');
  await page.getByRole('textbox', { name: 'Points' }).fill('500');
  await page.getByText('This account has 300; 500 cannot be spent.').waitFor();
  await page.getByRole('combobox', { name: 'Payers' }).selectOption('Only these');
  await page.getByRole('button', { name: 'Spend 500' }).click();
  await page.getByText('Choose at least one payer.').waitFor();
  await page.getByRole('checkbox', { name: 'BASIL' }).check();
  await page.getByText('These payers have 200; 500 cannot be spent.').waitFor();
  await page.getByRole('checkbox', { name: 'As many as there are' }).check();
  await page.getByText('Would be paid by').waitFor();
  await page.locator('.lot', { hasText: 'BASIL' }).getByText('pays 200').waitFor();
  expect(await page.locator('.lot', { hasText: 'OLIVE' }).getByText('pays').count()).toBe(0);
  await page.getByRole('button', { name: 'Spend up to 500' }).click();
  await page.getByText('Spent 200, as entry #').waitFor();
  await page.getByText('100 points to spend').waitFor();
  expect(complaints).toEqual([]);
});

withBrowser('a hold has an end, and each refusal of it is explained at its field', async () => {
  const { page, complaints } = await server.visit('/accounts/member');
  await page.getByRole('tab', { name: 'Hold' }).click();
  const end = page.getByLabel('Ends on');
  const button = page.getByRole('button', { name: /^Hold/ });
  const points = page.getByRole('textbox', { name: 'Points' });
  // It ends a day from now unless another end is chosen.
  expect(Date.parse(await end.inputValue())).toBeGreaterThan(Date.now() + 20 * 3_600_000);
  await points.fill('101');
  await page.getByText('This account has 100; 101 cannot be held.').waitFor();
  await points.fill('30');
  await end.fill('2020-01-01T00:00:00');
  await button.click();
  await page.getByText('The end must be later than now').waitFor();
  expect(await end.getAttribute('aria-invalid')).toBe('true');
  expect(await points.getAttribute('aria-invalid')).toBe('false');
  await end.fill('');
  await button.click();
  await page.getByText('Choose a date and a time.').waitFor();
  await end.fill('2120-01-01T12:00:00');
  await page.getByRole('combobox', { name: 'Payers' }).selectOption('Only these');
  await page.getByRole('checkbox', { name: 'OLIVE' }).check();
  await points.fill('500');
  await page.getByText('These payers have 100; 500 cannot be held.').waitFor();
  await page.getByRole('checkbox', { name: 'As many as there are' }).check();
  await page.getByRole('button', { name: 'Hold up to 500' }).click();
  await page.getByText('Held 100, as entry #').waitFor();
  await page.locator('.holds li', { hasText: '1 Jan 2120' }).waitFor();
  await page.getByText('100 held').waitFor();
  expect(complaints).toEqual([]);
});

withBrowser('holds past the first page are shown on request', async () => {
  await addRows(server, 'hotel', [
    { payer: 'OLIVE', points: 100, timestamp: '2020-10-31T10:00:00Z' },
  ]);
  const names = Array.from({ length: 22 }, (_, index) => `h${index}`);
  const holds = names.map((name) => {
    const input = `accountId: "hotel", points: 1, expiresAt: "2120-01-01T00:00:00Z"`;
    return `${name}: holdPoints(input: { ${input} }) { replayed }`;
  });
  await server.request(`mutation { ${holds.join(' ')} }`);
  const { page, complaints } = await server.visit('/accounts/hotel');
  const rows = page.locator('.holds > li');
  await page.getByText('The 20 holds to end next.').waitFor();
  expect(await rows.count()).toBe(20);
  await page.getByRole('button', { name: 'Show more' }).click();
  await rows.nth(21).getByRole('button', { name: 'Release' }).click();
  await page.getByText('Released 1 of hold #23, as entry #24.').waitFor();
  await page.locator('.entry', { hasText: 'Released 1 of hold' }).waitFor();
  await rows.nth(21).waitFor({ state: 'detached' });
  expect(await rows.count()).toBe(21);
  expect(complaints).toEqual([]);
});

withBrowser('a choice of payers that cannot be sent is explained at its field', async () => {
  const payers = Array.from({ length: 101 }, (_, at) => `P${at}`);
  const rows = payers.map((payer) => ({ payer, points: 1, timestamp: '2020-10-31T10:00:00Z' }));
  await addRows(server, 'crowd', rows);
  const { page } = await server.visit('/accounts/crowd');
  await page.getByRole('textbox', { name: 'Points' }).fill('5');
  await page.getByRole('combobox', { name: 'Payers' }).selectOption('Only these');
  const names = page.getByLabel('Names, one a line');
  const spend = page.getByRole('button', { name: /^Spend/ });
  await names.fill(payers.join('\n'));
  await spend.click();
  await page.getByText('Choose at most 100 payers; these are 101.').waitFor();
  await names.fill('P1\n\n   ');
  await spend.click();
  await page.getByText('Line 3: the name is blank').waitFor();
  // A name counts once.
  await names.fill([...payers.slice(1), 'P1', 'P2'].join('\n'));
  await spend.click();
  await page.getByText('Spent 5, as entry #102.').waitFor();
});

import { bucketOf } from '../../src/client/bucket';
import { type ConsoleServer, serveConsole, withBrowser } from './console';
import { addRows, openNewAccount } from './console-steps';

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
  await addRows(server, 'member', [
    { payer: 'DANNON', points: 300, timestamp: '2020-10-31T10:00:00Z' },
  ]);
  for (const id of ['anna', 'anna-2', 'Anna', 'berta']) {
    await addRows(server, id, [{ payer: 'A', points: 1, timestamp: '2020-10-31T10:00:00Z' }]);
  }
});
afterAll(() => server.close());

withBrowser('accounts are found by the start of their ids while the user types', async () => {
  const { page, complaints } = await server.visit('/accounts');
  const rows = page.getByRole('rowheader');
  await rows.filter({ hasText: 'berta' }).waitFor();
  await page.getByLabel('Account id').pressSequentially('anna');
  await rows.filter({ hasText: 'berta' }).waitFor({ state: 'detached' });
  expect(await rows.allTextContents()).toEqual(['anna', 'anna-2']);
  await page.getByLabel('Account id').fill('annx');
  await page.getByText('No account id starts with “annx”.').waitFor();
  await page.getByLabel('Account id').fill('');
  await rows.filter({ hasText: 'berta' }).waitFor();
  expect(complaints).toEqual([]);
});

withBrowser('requests of an account carry its bucket, and those of lists none', async () => {
  const { page } = await server.visit('/accounts');
  await page.getByRole('rowheader').filter({ hasText: 'berta' }).waitFor();
  const buckets: (string | undefined)[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/graphql')) buckets.push(request.headers()['x-ledger-bucket']);
  });
  await page.getByRole('link', { name: 'berta' }).click();
  await page.locator('.entry').getByRole('link', { name: '#1', exact: true }).click();
  await page.getByRole('button', { name: 'Take back' }).waitFor();
  expect(new Set(buckets)).toEqual(new Set([String(bucketOf('berta'))]));
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByRole('rowheader').filter({ hasText: 'berta' }).waitFor();
  expect(buckets).toContain(undefined);
});

withBrowser('a mistyped id opens no form until a new account is requested', async () => {
  const { page } = await server.visit('/accounts');
  await page.getByLabel('Account id').fill('membre');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { name: 'There is no account with this id' }).waitFor();
  expect(await page.getByRole('tab').count()).toBe(0);
  await openNewAccount(page);
  await page.getByRole('button', { name: 'Add points' }).waitFor();
});

withBrowser('an id that no account can have is not offered, and not watched', async () => {
  const impossible = [' ', 'a\u0000b', 'x'.repeat(256)];
  for (const id of impossible) {
    const { page, complaints } = await server.visit(`/accounts/${encodeURIComponent(id)}`);
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await page.getByRole('heading', { name: 'No account can have this id' }).waitFor();
    await page.reload();
    await page.getByText('The id ').waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
    expect({ sockets, complaints }).toEqual({ sockets: [], complaints: [] });
  }
});

withBrowser('a grant is taken back from the history, and the record stays', async () => {
  const { page } = await server.visit('/accounts/member');
  await page.getByRole('link', { name: 'Take back entry #1' }).click();
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByText('Took back 300, as entry #2.').waitFor();
  await page.getByRole('link', { name: '← Account member' }).click();
  await page.getByText('0 points to spend').waitFor();
  await page.locator('.entry', { hasText: 'Reversed 300 of grant #1 by DANNON' }).waitFor();
  expect(await page.locator('.entry').count()).toBe(2);
});

withBrowser('“Earned on” follows the clock until it is edited', async () => {
  const { page } = await server.visit('/accounts/berta');
  await page.getByRole('tab', { name: 'Add' }).click();
  const field = page.getByLabel('Earned on');
  const first = await field.inputValue();
  while ((await field.inputValue()) === first) await page.waitForTimeout(100);
  await field.fill('2020-07-01T14:00:05');
  await page.waitForTimeout(1_200);
  expect(await field.inputValue()).toBe('2020-07-01T14:00:05');
});

withBrowser('numbers, names and dates are isolated, and marked with their language', async () => {
  const context = { locale: 'ar-EG', timezoneId: 'Africa/Cairo' };
  const { page } = await server.visit('/accounts/anna', context);
  await page.locator('.lot').waitFor();
  const loose = await page.evaluate(`[...document.querySelectorAll('.figure, .share, .payer-name')]
    .flatMap((element) => [...element.childNodes])
    .filter(({ nodeType, textContent }) => nodeType === 3 && /[\u0660-\u0669]/.test(textContent))
    .map(({ textContent }) => textContent)`);
  expect(loose).toEqual([]);
  const languages =
    await page.evaluate(`[document.documentElement, document.querySelector('.figure bdi'),
    document.querySelector('.payer-name bdi'), document.querySelector('time')].map(({ lang }) => lang)`);
  expect(languages).toEqual(['en', 'ar-EG', '', 'ar-EG']);
});

withBrowser('the selected link and tab differ from the others in forced colours', async () => {
  const { page } = await server.visit('/accounts/anna', { forcedColors: 'active' });
  await page.getByRole('tab', { name: 'Spend' }).waitFor();
  const styles = (selector: string, property: string) =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].map((element) => getComputedStyle(element).${property})`,
    );
  const [selectedTab, ...otherTabs] = await styles('[role=tab]', 'backgroundColor');
  expect(otherTabs).not.toContain(selectedTab);
  const [selectedLink, ...otherLinks] = await styles('.masthead nav a', 'borderBottomColor');
  expect(otherLinks).not.toContain(selectedLink);
});

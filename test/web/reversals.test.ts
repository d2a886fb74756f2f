import { setTimeout as pause } from 'node:timers/promises';
import { type ConsoleServer, serveConsole, withBrowser } from './console';

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
});
afterAll(() => server.close());

async function grant(accountId: string, payer: string, points: number, dates: object = {}) {
  const query = `mutation ($input: AddTransactionInput!) {
    added: addTransaction(input: $input) { transaction { id } }
  }`;
  const input = { accountId, payer, points, timestamp: '2020-10-31T10:00:00Z', ...dates };
  const { added } = await server.request<{ added: { transaction: { id: string } } }>(query, {
    input,
  });
  return added.transaction.id;
}

async function spend(accountId: string, points: number) {
  const query = `mutation ($input: SpendPointsInput!) {
    spent: spendPoints(input: $input) { spend { id } }
  }`;
  const { spent } = await server.request<{ spent: { spend: { id: string } } }>(query, {
    input: { accountId, points },
  });
  return spent.spend.id;
}

const lift = (accountId: string) => `mutation ($id: ID!) {
  reverseTransaction(input: { accountId: "${accountId}", id: $id }) { replayed }
}`;

const entry = (id: string) => `/entries/${encodeURIComponent(id)}`;

withBrowser('a spend is given back, with a preview of where and of what would lapse', async () => {
  // Long enough for the requests before it, on a slow machine too.
  const end = Date.now() + 4_000;
  await grant('giver', 'OLIVE', 100, { expiresAt: new Date(end).toISOString() });
  await grant('giver', 'BASIL', 200);
  const id = await spend('giver', 250);
  while (Date.now() <= end) await pause(end + 1 - Date.now());
  const { page, complaints } = await server.visit('/accounts/giver');
  await page.getByRole('link', { name: 'Give back entry #3' }).click();
  await page.getByText('Would go back to').waitFor();
  const preview = page.locator('.preview');
  await preview.getByText('100 of these points would lapse at once').waitFor();
  expect(await preview.locator('li').allTextContents()).toEqual([
    '#2 BASIL150',
    '#1 OLIVE, which has expired100',
  ]);
  await page.getByRole('textbox', { name: 'Points' }).fill('30');
  await page.getByRole('button', { name: 'Give back 30' }).click();
  await page.getByText('Gave back 30, as entry #').waitFor();
  await page.getByText('Reversed so far').waitFor();
  await page.getByRole('textbox', { name: 'Points' }).fill('221');
  await page.getByRole('button', { name: 'Give back' }).click();
  await page.getByText('At most 220 of this entry can still be reversed.').waitFor();
  await page.getByRole('textbox', { name: 'Points' }).fill('');
  await page.getByRole('button', { name: 'Give back 220' }).click();
  await page.getByText('100 of them lapsed at once.').waitFor();
  await page.getByText('All points of this spend were given back.').waitFor();
  const { entry: spent } = await server.request<{ entry: { reversed: number } }>(
    'query ($id: ID!) { entry(id: $id) { ... on Spend { reversed } } }',
    { id },
  );
  expect(spent.reversed).toBe(250);
  expect(complaints).toEqual([]);
});

withBrowser(
  'a grant is taken back with a choice, and each choice says what it would do',
  async () => {
    const id = await grant('taker', 'OLIVE', 100);
    await spend('taker', 60);
    const { page, complaints } = await server.visit(entry(id));
    await page.getByText('Would be refused: 40 of this grant are free.').waitFor();
    await page.getByText('Would be refused: OLIVE has 40.').waitFor();
    await page.getByRole('radio', { name: 'Take spent points from the payer too' }).check();
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByText('OLIVE has 40; no more can be taken back.').waitFor();
    await page.getByRole('textbox', { name: 'Points' }).fill('30');
    expect(await page.getByText('Would take 30 from this grant.').count()).toBe(2);
    await page.getByRole('textbox', { name: 'Points' }).fill('');
    await grant('taker', 'OLIVE', 100, { timestamp: '2021-10-31T10:00:00Z' });
    await page.reload();
    const whole = page.getByText('Would take 40 from this grant. The other 60 become a debit.');
    await whole.getByText('of the points that OLIVE has to spend now: 60 of #3.').waitFor();
    await page.getByText('Would be refused: 40 of this grant are free.').waitFor();
    // A debit of others covers 10 of the grant, which are unspent but not free.
    const debit = await grant('taker', 'OLIVE', -10);
    await page.reload();
    await page.getByText('Would be refused: 30 of this grant are free.').waitFor();
    await page.getByRole('textbox', { name: 'Points' }).fill('35');
    await page.getByText('30 of this grant are free. It is refused, unless debits').waitFor();
    const part = page.getByText('Would take at least 30 from this grant. At most 5 become a');
    await part.getByText('has to spend now: 5 of #3.').waitFor();
    await server.request(lift('taker'), { id: debit });
    await page.reload();
    await whole.waitFor();
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByText('Only 40 of this grant are unspent').waitFor();
    await page.getByRole('radio', { name: 'Take spent points from the payer too' }).check();
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByText('Took back 100, as entry #6. 60 of them became a debit.').waitFor();
    const { balances } = await server.request('{ balances(accountId: "taker") { points } }');
    expect(balances).toEqual([{ points: 40 }]);
    expect(complaints).toEqual([]);
  },
);

withBrowser('of a grant, only what can work is offered, and why nothing can is said', async () => {
  // Long enough for the requests before it, on a slow machine too.
  const end = Date.now() + 4_000;
  const expiresAt = new Date(end).toISOString();
  const gone = await grant('gone', 'OLIVE', 100, { expiresAt });
  const half = await grant('half', 'OLIVE', 100, { expiresAt });
  await spend('half', 60);
  const spent = await grant('spent', 'OLIVE', 100);
  await spend('spent', 100);
  const taken = await grant('taken', 'OLIVE', 100);
  await server.request(lift('taken'), { id: taken });
  const pending = await grant('later', 'OLIVE', 100, { availableFrom: '2120-01-01T00:00:00Z' });
  while (Date.now() <= end) await pause(end + 1 - Date.now());
  // A lapse is recorded with the next change at the latest.
  await grant('gone', 'OLIVE', 5);
  await grant('half', 'OLIVE', 70);

  const { page, complaints } = await server.visit(entry(gone));
  const button = page.getByRole('button', { name: 'Take back' });
  const open = (id: string) => page.goto(server.origin + entry(id));
  await page.getByText('left to take back: its points have expired.').waitFor();
  expect(await button.count()).toBe(0);
  await open(spent);
  await page.getByText('No point of this grant is free, and OLIVE has no other').waitFor();
  expect(await button.count()).toBe(0);
  await open(taken);
  await page.getByText('All points of this grant were taken back.').waitFor();
  expect(await button.count()).toBe(0);
  await open(half);
  await page.getByText('Would take 0 from this grant. The other 60 become a debit.').waitFor();
  await page.getByText('Would be refused: 0 of this grant are free.').waitFor();
  await page.getByRole('radio', { name: 'Take spent points from the payer too' }).check();
  await button.click();
  await page.getByText('Took back 60').waitFor();
  await page.reload();
  await page.getByText('a part was taken back, and its points have expired.').waitFor();
  await open(pending);
  await button.click();
  await page.getByText('Took back 100').waitFor();
  expect(complaints).toEqual([]);
});

const reverse = `mutation ($accountId: ID!, $id: ID!, $points: Points!) {
  reverseSpend(input: { accountId: $accountId, id: $id, points: $points }) { replayed }
}`;

withBrowser('a refusal also corrects what the page said before others changed it', async () => {
  const accountId = 'stale';
  const granted = await grant(accountId, 'OLIVE', 100);
  const spent = await spend(accountId, 60);
  const { page, complaints } = await server.visit(entry(spent));
  const points = page.getByRole('textbox', { name: 'Points' });
  await page.getByText('Leave this empty to give back all 60.').waitFor();
  await points.fill('50');
  await server.request(reverse, { accountId, id: spent, points: 20 });
  await page.getByRole('button', { name: 'Give back 50' }).click();
  await page.getByText('At most 40 of this entry can still be reversed.').waitFor();
  await page.getByText('Leave this empty to give back all 40.').waitFor();
  expect(await points.inputValue()).toBe('50');

  const { page: taking } = await server.visit(entry(granted));
  await taking.getByText('Would be refused: 60 of this grant are free.').waitFor();
  await spend(accountId, 30);
  await taking.getByRole('button', { name: 'Take back' }).click();
  await taking.getByText('Only 30 of this grant are unspent').waitFor();
  await taking.getByText('Would be refused: 30 of this grant are free.').waitFor();

  const debited = await grant(accountId, 'OLIVE', -30);
  const { page: lifting } = await server.visit(entry(debited));
  await lifting.getByText('Leave this empty to lift all 30.').waitFor();
  await server.request(lift(accountId), { id: debited });
  await lifting.getByRole('button', { name: 'Lift 30' }).click();
  await lifting.getByText('Nothing of this entry is left to reverse.').waitFor();
  await lifting.getByText('Nothing of this debit is left').waitFor();
  expect(complaints).toEqual([]);
});

withBrowser('a debit is lifted, in part and fully, with a preview of what comes back', async () => {
  await grant('lifter', 'OLIVE', 100);
  await grant('lifter', 'OLIVE', -60);
  const { page, complaints } = await server.visit('/accounts/lifter');
  await page.getByRole('link', { name: 'Lift entry #2' }).click();
  const preview = page.locator('.preview');
  const points = page.getByRole('textbox', { name: 'Points' });
  await preview.getByText('OLIVE would have 100 to spend instead of 40').waitFor();
  await preview.getByText('debits would cover 0 of its oldest points, not 60').waitFor();
  await points.fill('61');
  await preview.getByText('Would be refused: at most 60 can be lifted.').waitFor();
  await page.getByRole('button', { name: 'Lift 61' }).click();
  await page.getByText('At most 60 of this entry can still be reversed.').waitFor();
  expect(await points.getAttribute('aria-invalid')).toBe('true');
  await points.fill('25');
  await preview.getByText('OLIVE would have 65 to spend instead of 40').waitFor();
  await page.getByRole('button', { name: 'Lift 25' }).click();
  await page.getByText('Lifted 25, as entry #3.').waitFor();
  await page.getByText('lifted by #3').waitFor();
  await page.getByRole('button', { name: 'Lift 35' }).click();
  await page.getByText('Nothing of this debit is left').waitFor();
  await page.getByRole('link', { name: '← Account lifter' }).click();
  await page.locator('.entry', { hasText: 'Lifted 35 of debit #2' }).getByText('+35').waitFor();
  await page.getByText('100 points to spend').waitFor();
  expect(complaints).toEqual([]);
});

withBrowser('no choice of a grant to take back changes while it is sent', async () => {
  const id = await grant('waiting', 'OLIVE', 100);
  const { page } = await server.visit(entry(id));
  await page.getByText('Would take 100 from this grant.').first().waitFor();
  await page.getByRole('textbox', { name: 'Points' }).fill('30');
  const fixed = page.getByRole('radio', { disabled: true });
  // The response arrives when both choices are fixed.
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('reverseTransaction')) await fixed.nth(1).waitFor();
    await route.continue();
  });
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByText('Took back 30, as entry #2.').waitFor();
  expect(await fixed.count()).toBe(0);
});

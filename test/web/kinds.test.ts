import { type ConsoleServer, serveConsole, withBrowser } from './console';

interface Added {
  readonly transaction: { readonly id: string };
}

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
  await live();
});
afterAll(() => server.close());

const add = `mutation ($points: Points!, $expiresAt: DateTime, $availableFrom: DateTime) {
  added: addTransaction(input: {
    payer: "OLIVE", points: $points, timestamp: "2020-10-31T10:00:00Z"
    expiresAt: $expiresAt, availableFrom: $availableFrom
  }) { transaction { id } }
}`;

/** Makes an entry of each kind in the default account: #1 to #12. */
async function live(): Promise<void> {
  const { added } = await server.request<{ added: Added }>(add, { points: 300 });
  const { spent } = await server.request<{ spent: { spend: { id: string } } }>(
    'mutation { spent: spendPoints(input: { points: 200 }) { spend { id } } }',
  );
  await server.request(
    'mutation ($id: ID!) { reverseSpend(input: { id: $id, points: 150 }) { replayed } }',
    { id: spent.spend.id },
  );
  await server.request(
    'mutation ($id: ID!) { reverseTransaction(input: { id: $id, points: 40 }) { replayed } }',
    { id: added.transaction.id },
  );
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const { held } = await server.request<{ held: { hold: { id: string } } }>(
    'mutation ($end: DateTime!) { held: holdPoints(input: { points: 20, expiresAt: $end }) { hold { id } } }',
    { end: tomorrow },
  );
  await server.request(
    `mutation ($id: ID!) {
      captureHold(input: { id: $id, points: 5, keepRest: true }) { replayed }
      releaseHold(input: { id: $id }) { replayed }
      holdPoints(input: { points: 1, expiresAt: "${tomorrow}" }) { replayed }
    }`,
    { id: held.hold.id },
  );
  // Long enough for the requests before it, on a slow machine too.
  const expiresAt = new Date(Date.now() + 4_000).toISOString();
  await server.request(add, { points: 70, expiresAt });
  await server.request(add, { points: 10, availableFrom: expiresAt });
  while ((await points()) !== 214) await new Promise((resolve) => setTimeout(resolve, 100));
  // A lapse is recorded with the next change at the latest.
  await server.request(add, { points: 1 });
}

async function points(): Promise<number> {
  const { account } = await server.request<{ account: { points: number } }>(
    '{ account { points } }',
  );
  return account.points;
}

withBrowser('the history says what each kind of entry did, and leads to its entry', async () => {
  const { page, complaints } = await server.visit('/accounts/default');
  const line = (text: string) => page.locator('.entry', { hasText: text });
  await line('Gave back 150 of spend #2').getByText('+150').waitFor();
  await line('Reversed 40 of grant #1 by OLIVE').getByText('−40').waitFor();
  await line('Expired: 70; Began: 10').getByText('−60').waitFor();
  await line('Granted by OLIVE').filter({ hasText: 'expires' }).waitFor();
  await line('Held 20 until').getByText('−20').waitFor();
  await line('Spent 5 of hold #5').waitFor();
  await line('Released 15 of hold #5').getByText('+15').waitFor();
  await page.getByText('1 held').waitFor();
  await line('Expired: 70').getByRole('link').click();
  await page.getByRole('heading', { name: 'Which grants expired' }).waitFor();
  await page.goBack();
  await line('Gave back 150').getByRole('link', { name: '#3' }).click();
  await page.getByRole('heading', { name: 'Which grants got points back' }).waitFor();
  await page.getByText('Reversal of a spend').waitFor();
  expect(complaints).toEqual([]);
});

withBrowser('the history links an entry with what happened to it, in both directions', async () => {
  const { page, complaints } = await server.visit('/accounts/default');
  const line = (text: string) => page.locator('.entry', { hasText: text });
  const link = (text: string, name: string) =>
    line(text).getByRole('link', { name, exact: true }).first().waitFor();
  await link('given back by', '#3');
  await link('reversed by', '#4');
  await line('Held 20 until').filter({ hasText: 'captured by #6' }).waitFor();
  await line('Held 20 until').filter({ hasText: 'released by #7' }).waitFor();
  await link('Spent 5 of hold', '#5');
  const show = { name: 'Show which grants expired or began' };
  await line('Expired: 70').getByRole('button', show).click();
  await line('Expired: 70').locator('.allocation').getByRole('link', { name: '#10' }).waitFor();
  await line('Expired: 70').locator('.allocation').getByRole('link', { name: '#9' }).click();
  await page.getByRole('heading', { name: 'Entry #9' }).waitFor();
  await page.getByText('expired in #11').getByRole('link').waitFor();
  await page.goBack();
  await line('given back by').getByRole('link', { name: '#2', exact: true }).click();
  await page.getByRole('heading', { name: 'What followed' }).waitFor();
  await page.getByText('given back by #3').getByRole('link').click();
  await page.getByRole('heading', { name: 'Entry #3' }).waitFor();
  await page.getByRole('link', { name: '#2', exact: true }).click();
  await page.getByRole('heading', { name: 'Entry #2' }).waitFor();
  expect(complaints).toEqual([]);
});

withBrowser('a hold is captured, and another released, with a press', async () => {
  const { page, complaints } = await server.visit('/accounts/default');
  const hold = page.locator('.holds li').first();
  await hold.getByRole('button', { name: 'Capture 1' }).click();
  await page.locator('.entry', { hasText: 'Spent 1 of hold' }).waitFor();
  await hold.waitFor({ state: 'detached' });
  const end = new Date(Date.now() + 86_400_000).toISOString();
  await server.request(
    'mutation ($end: DateTime!) { holdPoints(input: { points: 7, expiresAt: $end }) { replayed } }',
    { end },
  );
  await hold.getByRole('button', { name: 'Release' }).click();
  await page.locator('.entry', { hasText: 'Released 7 of hold' }).waitFor();
  await hold.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

withBrowser('a hold that somebody else released meanwhile is said to be over', async () => {
  const end = new Date(Date.now() + 86_400_000).toISOString();
  await server.request(
    'mutation ($end: DateTime!) { holdPoints(input: { points: 3, expiresAt: $end }) { replayed } }',
    { end },
  );
  const { page } = await server.visit('/accounts/default');
  await page.route('**/graphql', async (route) => {
    const { operationName, variables } = route.request().postDataJSON();
    if (operationName === 'Capture') {
      const release = 'mutation ($id: ID!) { releaseHold(input: { id: $id }) { replayed } }';
      await server.request(release, { id: variables.input.id });
    }
    await route.continue();
  });
  await page.getByRole('button', { name: 'Capture 3' }).click();
  await page.getByText(/^Hold #\d+: This hold is over/).waitFor();
  await page.locator('.holds li').waitFor({ state: 'detached' });
});

withBrowser('a part of a hold is captured, and the rest stays held or is given back', async () => {
  const end = new Date(Date.now() + 86_400_000).toISOString();
  await server.request(
    'mutation ($end: DateTime!) { holdPoints(input: { points: 30, expiresAt: $end }) { replayed } }',
    { end },
  );
  const { page, complaints } = await server.visit('/accounts/default');
  const hold = page.locator('.holds li').first();
  const points = hold.getByRole('textbox', { name: 'Points to capture' });
  await hold.getByRole('button', { name: 'Capture a part' }).click();
  await points.fill('31');
  await hold.getByRole('button', { name: 'Capture this part' }).click();
  await hold.getByText('The hold has 30; no more can be captured.').waitFor();
  expect(await points.getAttribute('aria-invalid')).toBe('true');
  await points.fill('12');
  await hold.getByRole('checkbox', { name: 'Keep the rest held' }).check();
  await hold.getByRole('button', { name: 'Capture this part' }).click();
  await page.locator('.entry', { hasText: 'Spent 12 of hold' }).waitFor();
  await hold.getByRole('button', { name: 'Capture 18' }).waitFor();
  await hold.getByRole('button', { name: 'Capture a part' }).click();
  await points.fill('8');
  await hold.getByRole('button', { name: 'Capture this part' }).click();
  await page.locator('.entry', { hasText: 'Spent 8 of hold' }).waitFor();
  await hold.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

withBrowser('an entry of a kind that the console does not know is shown nevertheless', async () => {
  const { page, complaints } = await server.visit('/accounts');
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll('"Lapse"', '"Transfer"');
    await route.fulfill({ response, body });
  });
  await page.goto(`${server.origin}/accounts/default`);
  const line = page.locator('.entry', { hasText: 'Another change (Transfer)' });
  await line.waitFor();
  await line.getByRole('link').click();
  await page.getByRole('heading', { name: /^Entry #/ }).waitFor();
  expect(complaints).toEqual([]);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConsoleServer, serveConsole, withBrowser } from './console';
import { addRows, openNewAccount, payersShown } from './console-steps';

let server: ConsoleServer;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-console-'));
  server = await serveConsole({ DATABASE_URL: `file:${join(folder, 'ledger.db')}` });
  await addRows(server, 'member', [grant('DANNON', 300)]);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function grant(payer: string, points: number) {
  return { payer, points, timestamp: '2020-10-31T10:00:00Z' };
}

withBrowser(
  'a change by another client appears without a reload, in payers, lots and history',
  async () => {
    const { page, complaints } = await server.visit('/accounts/member');
    await page.getByText('Live', { exact: true }).waitFor();
    await addRows(server, 'member', [grant('UNILEVER', 200)]);
    await page.getByText('500 points to spend').waitFor();
    await page.locator('.lot', { hasText: 'UNILEVER' }).waitFor();
    await page.locator('.entry', { hasText: 'Granted by UNILEVER' }).waitFor();
    expect(await payersShown(page)).toEqual(['DANNON 300', 'UNILEVER 200']);
    expect(complaints).toEqual([]);
  },
);

withBrowser('a change whose response was lost is sent again and counts once', async () => {
  const { page } = await server.visit('/accounts/loser');
  await page.getByText('Live', { exact: true }).waitFor();
  await openNewAccount(page);
  let losses = 0;
  await page.route('**/graphql', async (route) => {
    if (losses > 0 || !route.request().postData()?.includes('mutation')) return route.continue();
    losses += 1;
    // The server accepts the change; its response is lost.
    await route.fetch();
    await route.abort();
  });
  await page.getByRole('combobox', { name: 'Payer' }).fill('DANNON');
  await page.getByRole('textbox', { name: 'Points' }).fill('30');
  await page.getByRole('button', { name: 'Add points' }).click();
  await page.getByText(/An earlier attempt had succeeded; it counts once/).waitFor();
  await page.getByText('30 points to spend').waitFor();
  expect(losses).toBe(1);
});

withBrowser(
  'a change that is sent again later has the same key, though the clock went on',
  async () => {
    const { page } = await server.visit('/accounts/patient');
    await openNewAccount(page);
    let failures = 0;
    await page.route('**/graphql', async (route) => {
      if (failures > 0 || !route.request().postData()?.includes('mutation'))
        return route.continue();
      failures += 1;
      // The server accepts the change; the response is replaced.
      await route.fetch();
      await route.fulfill({ status: 500, body: 'broken' });
    });
    await page.getByRole('combobox', { name: 'Payer' }).fill('DANNON');
    await page.getByRole('textbox', { name: 'Points' }).fill('30');
    await page.getByRole('button', { name: 'Add points' }).click();
    await page.locator('.outcome-failed').waitFor();
    await page.waitForTimeout(1_100);
    await page.getByRole('button', { name: 'Add points' }).click();
    await page.getByText(/An earlier attempt had succeeded; it counts once/).waitFor();
    await page.getByText('30 points to spend').waitFor();
  },
);

withBrowser(
  'a preview without a response says so, and loads when the server is reachable',
  async () => {
    await addRows(server, 'planner', [grant('DANNON', 30)]);
    const { page } = await server.visit('/accounts/planner');
    await page.getByText('Live', { exact: true }).waitFor();
    let losses = 0;
    await page.route('**/graphql', async (route) => {
      if (losses > 0 || !route.request().postData()?.includes('previewSpend')) {
        return route.continue();
      }
      losses += 1;
      await route.abort();
    });
    await page.getByRole('textbox', { name: 'Points' }).fill('10');
    await page.getByText('No preview: The server is not reachable.').waitFor();
    await page.getByText('Would be paid by').waitFor();
    expect(await page.getByText('No preview').count()).toBe(0);
  },
);

withBrowser('an account opened from another account is live too', async () => {
  const { page } = await server.visit('/accounts/member');
  await page.getByText('Live', { exact: true }).waitFor();
  await page.evaluate("history.pushState(null, '', '/accounts/neighbour')");
  await page.getByRole('heading', { name: 'Account neighbour' }).waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await addRows(server, 'neighbour', [grant('DANNON', 9)]);
  await page.getByText('9 points to spend').waitFor();
});

withBrowser('a new account appears when another client adds its first points', async () => {
  const { page } = await server.visit('/accounts/newcomer');
  await page.getByText('Live', { exact: true }).waitFor();
  await addRows(server, 'newcomer', [grant('DANNON', 7)]);
  await page.getByText('7 points to spend').waitFor();
});

withBrowser(
  'the page says that the server is unreachable; afterwards it is live and has missed nothing',
  async () => {
    const { page } = await server.visit('/accounts/traveller');
    await page.getByText('Live', { exact: true }).waitFor();
    await openNewAccount(page);
    await server.kill();
    await page.getByText(/^(Reconnecting|Not live, retrying)$/).waitFor();

    // Sent while the server is unreachable: it is retried and counts once.
    await page.getByRole('combobox', { name: 'Payer' }).fill('DANNON');
    await page.getByRole('textbox', { name: 'Points' }).fill('40');
    await page.getByRole('button', { name: 'Add points' }).click();
    await page.getByText(/^The server is not reachable\. What/).waitFor();
    await page.getByText(/Sending again .* so that it counts once/).waitFor();
    await server.restart();
    await page.getByText('40 points to spend').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.getByText(/^The server is not reachable\. What/).count()).toBe(0);

    await addRows(server, 'traveller', [grant('UNILEVER', 2)]);
    await page.getByText('42 points to spend').waitFor();
  },
);

withBrowser('a server that restarts with another history is shown with that history', async () => {
  const { page } = await server.visit('/accounts/member');
  await page.getByText('Live', { exact: true }).waitFor();
  await server.kill();
  rmSync(join(folder, 'ledger.db'));
  for (const rest of ['-wal', '-shm']) rmSync(join(folder, `ledger.db${rest}`), { force: true });
  await server.restart();
  await page.getByText('There is no account with this id').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await addRows(server, 'member', [grant('DANNON', 5)]);
  await page.getByText('5 points to spend').waitFor();
  await page.locator('.entry').first().waitFor();
  expect(await page.locator('.entry').count()).toBe(1);
});

import fc from 'fast-check';
import { ServerClock } from '../../web/src/client/server-clock';
import { type ConsoleServer, serveConsole, withBrowser } from './console';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** An exchange: how long it took, and at which part of that time the server wrote its header. */
const exchanges = fc.array(
  fc.record({
    pauseMs: fc.integer({ min: 0, max: 50_000 }),
    tripMs: fc.integer({ min: 0, max: 3_000 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 20 },
);

test('the estimate is off by less than the quickest exchange and the second of the header', () => {
  fc.assert(
    fc.property(exchanges, fc.integer({ min: -dayMs, max: dayMs }), (all, aheadMs) => {
      let local = 1_700_000_000_000;
      const clock = new ServerClock(() => local);
      for (const { pauseMs, tripMs, part } of all) {
        local += pauseMs;
        const sentAt = local;
        const served = Math.floor(sentAt + part * tripMs) + aheadMs;
        local += tripMs;
        clock.note(served - (served % 1_000), sentAt, local);
      }
      const quickest = Math.min(...all.map(({ tripMs }) => tripMs));
      expect(Math.abs(clock.now() - (local + aheadMs))).toBeLessThanOrEqual(quickest + 1_000);
      if (aheadMs === 0) expect(clock.now()).toBe(local);
    }),
  );
});

test('a missing header, and a clock that was set back meanwhile, change nothing', () => {
  const clock = new ServerClock(() => 0);
  clock.note(Number.NaN, 0, 0);
  clock.note(5_000, 9_000, 2_000);
  expect(clock.now()).toBe(0);
});

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
});
afterAll(() => server.close());

async function grant(accountId: string, points: number, dates: object = {}) {
  const query = `mutation ($input: AddTransactionInput!) {
    added: addTransaction(input: $input) { transaction { id } }
  }`;
  const timestamp = '2020-10-31T10:00:00Z';
  const { added } = await server.request<{ added: { transaction: { id: string } } }>(query, {
    input: { accountId, payer: 'OLIVE', points, timestamp, ...dates },
  });
  return added.transaction.id;
}

/** Opens a page in a browser whose clock differs from the server's. */
async function visitAt(aheadMs: number, path: string) {
  const visit = await server.visit('/import');
  await visit.page.clock.install({ time: Date.now() + aheadMs });
  await visit.page.goto(server.origin + path);
  return visit;
}

const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString();

withBrowser(
  'a browser that is days ahead shows what expires, and what can be reversed',
  async () => {
    const id = await grant('ahead', 70, { expiresAt: inDays(2) });
    const { page } = await visitAt(5 * dayMs, '/accounts/ahead');
    await page.getByText('70 points expire').waitFor();
    await page.goto(`${server.origin}/entries/${encodeURIComponent(id)}`);
    await page.getByText('Would take 70 from this grant.').first().waitFor();
  },
);

withBrowser('a browser that is days behind ends a hold a day from now', async () => {
  await grant('behind', 70);
  const { page } = await visitAt(-5 * dayMs, '/accounts/behind');
  await page.getByRole('tab', { name: 'Hold' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Hold' });
  await panel.getByLabel('Points', { exact: true }).fill('7');
  await panel.getByRole('button', { name: 'Hold 7' }).click();
  await panel.getByText('Held 7, as entry #2.').waitFor();
  const { account } = await server.request<{
    account: { holds: { nodes: { expiresAt: string }[] } };
  }>('{ account(id: "behind") { holds { nodes { expiresAt } } } }');
  const end = Date.parse(account.holds.nodes[0]!.expiresAt);
  expect(Math.abs(end - Date.now() - dayMs)).toBeLessThan(hourMs);
});

withBrowser(
  'a browser that is behind reads the time of the server at an end that is past',
  async () => {
    await grant('hint', 70);
    const { page } = await visitAt(-5 * dayMs, '/accounts/hint');
    await page.getByRole('tab', { name: 'Hold' }).click();
    const panel = page.getByRole('tabpanel', { name: 'Hold' });
    await panel.getByLabel('Points', { exact: true }).fill('7');
    await panel.getByLabel('Ends on').fill(inDays(-4).slice(0, 16));
    await panel.getByRole('button', { name: 'Hold 7' }).click();
    await panel.getByText('By the clock of the server it is').waitFor();
    const shown = await panel.locator('.field-problem time').getAttribute('datetime');
    expect(Math.abs(Date.parse(shown!) - Date.now())).toBeLessThan(hourMs);
  },
);

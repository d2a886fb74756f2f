import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { type ConsoleServer, serveConsole, withBrowser } from './console';
import { addRows } from './console-steps';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let server: ConsoleServer;
let entryId: string;
let grantId: string;
let debitId: string;
beforeAll(async () => {
  server = await serveConsole();
  await addRows(server, 'member', [
    { payer: 'DANNON', points: 300, timestamp: '2020-10-31T10:00:00Z' },
    { payer: 'UNILEVER', points: 200, timestamp: '2020-10-31T11:00:00Z' },
    {
      payer: 'A payer whose name is so long that it does not fit',
      points: 9e15,
      timestamp: '2020-11-01T00:00:00Z',
    },
  ]);
  await server.request(`mutation { addTransaction(input: {
    accountId: "member", payer: "UNILEVER", points: 5, timestamp: "2020-11-02T00:00:00Z"
    expiresAt: "2120-01-01T00:00:00Z"
  }) { replayed } }`);
  const debited = await server.request<{ added: { transaction: { id: string } } }>(`mutation {
    added: addTransaction(input: {
      accountId: "member", payer: "UNILEVER", points: -4, timestamp: "2020-11-02T00:00:00Z"
    }) { transaction { id } }
  }`);
  debitId = debited.added.transaction.id;
  await server.request(`mutation { holdPoints(input: {
    accountId: "member", points: 50, expiresAt: "2120-01-01T00:00:00Z", reference: "order 17"
  }) { replayed } }`);
  const crowd = Array.from({ length: 600 }, (_, index) => ({
    payer: `PAYER ${index}`,
    points: 1 + index,
    timestamp: '2020-01-01T00:00:00Z',
  }));
  await addRows(server, 'crowd', crowd);
  const spend =
    'mutation { spendPoints(input: { accountId: "member", points: 400 }) { spend { id } } }';
  const added = await server.request<{ account: { history: { nodes: { id: string }[] } } }>(
    '{ account(id: "member") { history(last: 2) { nodes { id } } } }',
  );
  grantId = added.account.history.nodes[0]!.id;
  entryId = (await server.request<{ spendPoints: { spend: { id: string } } }>(spend)).spendPoints
    .spend.id;
});
afterAll(() => server.close());

interface Shown {
  readonly name: string;
  readonly path: () => string;
  /** Waits for the page, and fills it. */
  readonly fill: (page: Page) => Promise<void>;
}

/** Every page, with as much content as possible. No two in a row have the same path. */
const pages: readonly Shown[] = [
  { name: 'accounts', path: () => '/accounts', fill: (page) => page.getByRole('table').waitFor() },
  { name: 'account, spending', path: () => '/accounts/member', fill: spending },
  { name: 'account that does not exist', path: () => '/accounts/nobody', fill: nonexistent },
  { name: 'account, refused', path: () => '/accounts/member', fill: refused },
  { name: 'entry', path: () => entryPath(entryId), fill: (page) => seen(page, 'Give back') },
  { name: 'account, pasting', path: () => '/accounts/member', fill: pasting },
  {
    name: 'grant',
    path: () => entryPath(grantId),
    fill: (page) => page.getByText('of this grant are free').waitFor(),
  },
  {
    name: 'debit',
    path: () => entryPath(debitId),
    fill: (page) => page.getByText('to spend instead of').waitFor(),
  },
  {
    name: 'import',
    path: () => '/import',
    fill: (page) => seen(page, 'What the file looks like'),
  },
  {
    name: 'many payers',
    path: () => '/accounts/crowd',
    fill: (page) => page.locator('.legend').waitFor(),
  },
  { name: 'import, under review', path: () => '/import', fill: reviewing },
  {
    name: 'page not found',
    path: () => '/accounts/a/b',
    fill: (page) => seen(page, 'Page not found'),
  },
];

// One test: opening the console, and compiling axe, takes more CPU than the pages themselves.
withBrowser('every page passes axe in light and dark, and fits 360 pixels', async () => {
  const { page, complaints, elsewhere } = await server.visit('/');
  // Not subject to the page's policy, like a debugger.
  await page.evaluate(axe);
  for (const { name, path, fill } of pages) {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.evaluate(`history.pushState(null, '', ${JSON.stringify(path())})`);
    await fill(page);
    const found: Record<string, unknown> = {};
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      found[colorScheme] = await violations(page);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    const width = await page.evaluate('document.documentElement.scrollWidth');
    found.narrow = await violations(page);
    expect({ name, width, found, complaints, elsewhere }).toEqual({
      name,
      width: 360,
      found: { light: [], dark: [], narrow: [] },
      complaints: [],
      elsewhere: [],
    });
  }
});

const entryPath = (id: string) => `/entries/${encodeURIComponent(id)}`;

async function violations(page: Page): Promise<unknown> {
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html, any }) => [html, any.map((it) => it.message)])]))`,
  );
}

async function seen(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { name: heading }).waitFor();
}

async function spending(page: Page): Promise<void> {
  await page.locator('.axis-mark').waitFor();
  await page.getByRole('button', { name: 'Capture a part' }).click();
  await page.getByRole('textbox', { name: 'Points to capture' }).waitFor();
  await page.getByRole('button', { name: 'Show which grants paid' }).click();
  await page.locator('.allocation').first().waitFor();
  await page.getByRole('textbox', { name: 'Points', exact: true }).fill('2500');
  await page.getByText('Would be paid by').waitFor();
  await page.getByRole('combobox', { name: 'Payers' }).selectOption('Only these');
}

async function refused(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Hold' }).click();
  await page.getByLabel('Ends on').fill('2020-01-01T00:00:00');
  await page.getByRole('textbox', { name: 'Points', exact: true }).fill('25');
  await page.getByText('Would be held of').waitFor();
  await page.getByRole('button', { name: 'Hold 25' }).click();
  await page.getByText('The end must be later than now').waitFor();
}

async function pasting(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Paste rows' }).click();
  await page
    .getByRole('textbox', { name: 'Rows' })
    .fill('A,1,2020-01-01T00:00:00Z\nB,x,2020-01-01T00:00:00Z');
  await page.getByText('cannot be sent yet').waitFor();
}

async function reviewing(page: Page): Promise<void> {
  const lines = [
    'payer,points,timestamp,reference',
    'A,1,0020-01-01T00:00:00Z,order 17',
    'B,x,2020-01-01T00:00:00Z,',
  ];
  const buffer = Buffer.from(lines.join('\n'));
  const file = { name: 'points.csv', mimeType: 'text/csv', buffer };
  await page.getByLabel(/Drop a file here/).setInputFiles(file);
  await page.getByLabel('These dates are correct').waitFor();
}

async function nonexistent(page: Page): Promise<void> {
  await seen(page, 'There is no account with this id');
  await page.getByText('Live', { exact: true }).waitFor();
}

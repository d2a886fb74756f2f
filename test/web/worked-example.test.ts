import { type ConsoleServer, serveConsole, withBrowser } from './console';
import { payersShown, tabTo } from './console-steps';

let server: ConsoleServer;
beforeAll(async () => {
  server = await serveConsole();
});
afterAll(() => server.close());

const outcome = ['MILLER COORS 5,300', 'DANNON 1,000', 'UNILEVER 0'];

withBrowser(
  'an empty ledger offers the worked example, which ends with 1000, 0 and 5300',
  async () => {
    const { page, complaints, elsewhere } = await server.visit('/');
    await page.getByRole('button', { name: 'Load the worked example' }).click();
    await page.getByText('6,300 points to spend').waitFor();
    expect(await payersShown(page)).toEqual(outcome);

    await page.getByRole('button', { name: 'Show which grants paid' }).click();
    const paid = page.locator('.allocation');
    await paid.nth(2).waitFor();
    const parts = (await paid.locator('.figure').allTextContents()).map((text) => text.trim());
    expect(parts).toEqual(['100 of 300', '200 of 200', '4,700 of 10,000']);

    await paid.getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Entry #5' }).waitFor();
    expect(await page.getByText('+300').isVisible()).toBe(true);
    await page.goBack();
    await page.getByText('6,300 points to spend').waitFor();
    expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });
  },
);

const rows = [
  'DANNON\t1000\t2020-11-02T14:00:00Z',
  'UNILEVER\t200\t2020-10-31T11:00:00Z',
  'DANNON\t-200\t2020-10-31T15:00:00Z',
  'MILLER COORS\t10000\t2020-11-01T14:00:00Z',
  'DANNON\t300\t2020-10-31T10:00:00Z',
].join('\n');

withBrowser(
  'an account can be created, filled, previewed and spent from with the keyboard alone',
  async () => {
    const { page, complaints } = await server.visit('/accounts');
    await page.getByLabel('Account id').waitFor();
    await tabTo(page, 'link', 'Skip to the content');
    await page.keyboard.press('Enter');
    await tabTo(page, 'searchbox', 'Account id');
    await page.keyboard.type('märz/7 %');
    await page.keyboard.press('Enter');

    await page.getByText('There is no account with this id').waitFor();
    await tabTo(page, 'button', 'Open a new account with this id');
    await page.keyboard.press('Enter');
    await tabTo(page, 'tab', 'Add');
    await page.keyboard.press('End');
    await tabTo(page, 'textbox', 'Rows');
    await page.keyboard.insertText(rows);
    await page.getByText('5 rows can be sent').waitFor();
    await tabTo(page, 'button', 'Add 5 rows');
    await page.keyboard.press('Enter');
    await page.getByText('11,300 points to spend').waitFor();

    await tabTo(page, 'tab', 'Paste rows');
    await page.keyboard.press('Home');
    await tabTo(page, 'textbox', 'Points');
    await page.keyboard.type('5000');
    await page.getByText('Would be paid by').waitFor();
    const payers = await page.locator('.preview li').allTextContents();
    expect(payers).toEqual(['DANNON100', 'UNILEVER200', 'MILLER COORS4,700']);
    expect(await payersShown(page)).toContain('MILLER COORS 10,000');
    await tabTo(page, 'button', 'Spend 5,000');
    await page.keyboard.press('Enter');
    await page.getByText('Spent 5,000, as entry #6.').waitFor();
    await page.getByText('6,300 points to spend').waitFor();
    expect(await payersShown(page)).toEqual(outcome);
    expect(complaints).toEqual([]);
  },
);

withBrowser('the page of an account can be reloaded, whatever its id is', async () => {
  for (const id of ['märz/7 %', '..']) {
    const { page } = await server.visit('/accounts');
    await page.getByLabel('Account id').fill(id);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { level: 1, name: `Account ${id}` }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: `Account ${id}` }).waitFor();
    await page.close();
  }
});

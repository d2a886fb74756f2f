import { join } from 'node:path';
import { KeyFile } from '../../src/auth/keys/key-file';
import type { KeyRecord } from '../../src/auth/keys/key-record';
import { newKey } from '../auth/key-records';
import { eventually, post } from '../auth/protected-server';
import { temporaryFolder } from '../support/temporary-folder';
import { type ConsoleServer, serveConsole, withBrowser } from './console';

let server: ConsoleServer;
let keys: KeyFile;
beforeAll(async () => {
  const path = join(temporaryFolder('console'), 'ledger.db');
  keys = KeyFile.open(path);
  server = await serveConsole({ DATABASE_URL: `file:${path}`, AUTH: 'on' });
  const writer = await create('writer', { scopes: ['points:write'] });
  const query = 'mutation ($i: AddTransactionInput!) { addTransaction(input: $i) { replayed } }';
  const i = { accountId: 'm:1', payer: 'P', points: 70, timestamp: '2020-01-01T00:00:00Z' };
  const send = (text: string, variables: object) =>
    post({ endpoint: `${server.origin}/graphql` }, writer, text, variables);
  await send(query, { i });
  await send(query, { i: { ...i, accountId: 'm:2' } });
  await send(query, { i: { ...i, accountId: 'm:2', points: -5 } });
  await send(
    `mutation {
      spendPoints(input: { accountId: "m:2", points: 3 }) { replayed }
      holdPoints(input: {
        accountId: "m:2", points: 2, expiresAt: "2120-01-01T00:00:00Z"
      }) { replayed }
    }`,
    {},
  );
});
afterAll(() => server.close());

async function create(name: string, more: Partial<KeyRecord>): Promise<string> {
  const { text, record } = newKey(name, more);
  await keys.create(record);
  return text;
}

withBrowser(
  'the console asks for a key, says if it is refused, and shows what it may do',
  async () => {
    const key = await create('reader', { scopes: ['points:read'], prefix: 'm:' });
    const { page } = await server.visit('/accounts/m%3A1');
    const field = page.getByLabel('Key or token');
    await field.fill('not a key');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Paste one key or token, without blanks.').waitFor();
    await field.fill('plk_wrong');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('The server does not accept the key or token that was sent.').waitFor();
    await field.fill(key);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('points:read; only accounts that begin with “m:”').waitFor();
    await page.getByText('70').first().waitFor();
    // It may not spend or add, and the buttons say why.
    const spend = page.getByRole('button', { name: /^Spend/ });
    expect(await spend.isDisabled()).toBe(true);
    await page
      .getByText('“reader” may not do this: it lacks the scope points:spend.')
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Add' }).click();
    expect(await page.getByRole('button', { name: 'Add points' }).isDisabled()).toBe(true);
    await page.getByText('it lacks the scope points:write.').first().waitFor();
  },
);

withBrowser('a button of a hold or a reversal says why it may not be pressed', async () => {
  const key = await create('looker', { scopes: ['points:read'] });
  const { page } = await server.visit('/accounts/m%3A2');
  await page.getByLabel('Key or token').fill(key);
  await page.getByRole('button', { name: 'Continue' }).click();
  const hold = page.locator('.holds li');
  await hold.getByText('it lacks the scope points:spend.').waitFor();
  for (const name of ['Capture 2', 'Release']) {
    expect(await hold.getByRole('button', { name }).isDisabled()).toBe(true);
  }
  await page.getByRole('tab', { name: 'Hold' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Hold' });
  expect(await panel.getByRole('button', { name: 'Hold' }).isDisabled()).toBe(true);
  await panel.getByText('it lacks the scope points:spend.').waitFor();
  for (const name of ['Give back entry #3', 'Lift entry #2', 'Take back entry #1']) {
    await page.getByRole('link', { name }).click();
    const [verb] = name.split(' entry');
    const button = page.getByRole('button', { name: new RegExp(`^${verb}`) });
    await page.getByText('it lacks the scope points:write.').waitFor();
    expect(await button.isDisabled()).toBe(true);
    await page.goBack();
  }
});

withBrowser('a key is kept for the tab only, and forgotten on request', async () => {
  const key = await create('till', { scopes: ['points:read', 'points:write', 'points:admin'] });
  const { page } = await server.visit('/accounts/m%3A1');
  await page.getByLabel('Key or token').fill(key);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Key or token “till”').waitFor();
  await page.reload();
  await page.getByText('Key or token “till”').waitFor();
  expect(await page.getByRole('button', { name: /^Spend/ }).isDisabled()).toBe(false);
  const stored = (kind: string) => page.evaluate<string>(`JSON.stringify(${kind})`);
  expect(await stored('sessionStorage')).toContain(key);
  expect(await stored('[localStorage, document.cookie]')).not.toContain(key);
  await page.getByRole('button', { name: 'Forget it' }).click();
  await page.getByLabel('Key or token').waitFor();
  expect(await stored('sessionStorage')).not.toContain(key);
});

/** The server reads its keys again after some seconds. */
async function revoke(name: string, key: string): Promise<void> {
  await keys.revoke(name, Date.now());
  const ledger = { endpoint: `${server.origin}/graphql` };
  await eventually(async () => (await post(ledger, key, '{ __typename }')).status === 401);
}

withBrowser('a key that is revoked meanwhile is asked for again', async () => {
  const key = await create('passing', { scopes: ['points:read', 'points:admin'] });
  const { page } = await server.visit('/accounts');
  await page.getByLabel('Key or token').fill(key);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('link', { name: 'm:1' }).waitFor();
  await revoke('passing', key);
  await page.reload();
  await page.getByText('The server does not accept').waitFor();
});

const ways = ['by an error of the subscription', 'when the WebSocket connects again'] as const;
for (const way of ways) {
  withBrowser(`a page that nobody uses asks for another key: it is refused ${way}`, async () => {
    const key = await create(way, { scopes: ['points:read'] });
    const { page } = await server.visit('/accounts');
    if (way === 'when the WebSocket connects again') {
      await page.routeWebSocket('**/graphql', (socket) => {
        socket.connectToServer().onMessage((message) => {
          if (message.includes('UNAUTHENTICATED')) void socket.close();
          else socket.send(message);
        });
      });
    }
    await page.goto(`${server.origin}/accounts/m%3A1`);
    await page.getByLabel('Key or token').fill(key);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Live', { exact: true }).waitFor();
    await revoke(way, key);
    await page.getByText('The server does not accept').waitFor();
    expect(await page.getByText('points to spend').count()).toBe(0);
  });
}

withBrowser('a key that may not list the accounts is led to those that it reaches', async () => {
  const signIn = async (name: string, more: Partial<KeyRecord>) => {
    const key = await create(name, more);
    const { page, complaints } = await server.visit('/accounts');
    await page.getByLabel('Key or token').fill(key);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText(`The accounts are not listed. “${name}” may not do this`).waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    // The browser reports the first request, which had no key.
    return { page, refused: () => complaints.filter((text) => text.startsWith('403')) };
  };
  const bound = await signIn('bound', { scopes: ['points:read'], account: 'm:1' });
  await bound.page.getByRole('link', { name: 'm:1' }).click();
  await bound.page.getByText('70').first().waitFor();
  const boundAdmin = await signIn('bound admin', {
    scopes: ['points:read', 'points:admin'],
    account: 'm:1',
  });
  await boundAdmin.page.getByRole('link', { name: 'm:1' }).waitFor();
  const grouped = await signIn('grouped', { scopes: ['points:read'], prefix: 'm:' });
  await grouped.page.getByText('which begins with “m:”').waitFor();
  await grouped.page.getByLabel('Account id').fill('m:1');
  await grouped.page.getByRole('button', { name: 'Open' }).click();
  await grouped.page.getByText('70').first().waitFor();
  const lister = await signIn('lister', { scopes: ['points:admin'] });
  await lister.page.getByText('it lacks the scope points:read.').waitFor();
  const all = [bound, boundAdmin, grouped, lister];
  expect(all.flatMap(({ refused }) => refused())).toEqual([]);
});

withBrowser('what a key may not see is not offered again', async () => {
  const key = await create('only spends', { scopes: ['points:spend'] });
  const { page } = await server.visit('/accounts/m%3A1');
  await page.getByLabel('Key or token').fill(key);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Cannot show the account.').waitFor();
  await page.getByText('it lacks the scope points:read.').waitFor();
  expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
});

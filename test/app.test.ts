import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AppOptions, startApp } from '../src/app';
import { examples } from '../src/http/pages/worked-example';
import { silentLogger } from '../src/telemetry/logger';
import { appSettings as config } from './support/app-settings';
import { briefStop } from './support/ledger-server';

const brief = { limits: briefStop };

interface LedgerResponse {
  readonly data: Record<string, unknown>;
  readonly errors?: unknown;
}

async function send(url: string, query: string, variables?: object): Promise<LedgerResponse> {
  const response = await fetch(`${url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as LedgerResponse;
}

const example = (name: string) => examples.find((each) => each.name === name)!;
const spent = {
  spend: {
    deductions: [
      { payer: 'DANNON', points: -100 },
      { payer: 'UNILEVER', points: -200 },
      { payer: 'MILLER COORS', points: -4700 },
    ],
  },
  account: {
    balances: [
      { payer: 'DANNON', points: 1000 },
      { payer: 'UNILEVER', points: 0 },
      { payer: 'MILLER COORS', points: 5300 },
    ],
  },
  errors: [],
};

test('the worked example returns the published result, and the same when it is repeated', async () => {
  const app = await startApp(config, silentLogger, brief);
  const { query } = example('Worked example');
  const first = await send(app.url, query);
  const second = await send(app.url, query);
  await app.close();
  const results = Array(5).fill({ errors: [] });
  expect(first).toEqual({
    data: { addTransactions: { results }, spendPoints: { ...spent, replayed: false } },
  });
  expect(second).toEqual({
    data: { addTransactions: { results }, spendPoints: { ...spent, replayed: true } },
  });
});

test('every tab of the playground works on a ledger that is empty and on one that is not', async () => {
  const app = await startApp(config, silentLogger, brief);
  for (const { query, variables } of [...examples, ...examples]) {
    expect((await send(app.url, query, variables)).errors).toBeUndefined();
  }
  await app.close();
});

test('every tab of the playground names its account, as DEFAULT_ACCOUNT=off requires', async () => {
  const app = await startApp({ ...config, defaultAccount: false }, silentLogger, brief);
  for (const { query, variables } of examples) {
    expect((await send(app.url, query, variables)).errors).toBeUndefined();
  }
  await app.close();
});

test('a port in use is reported with the setting to change, and nothing is left open', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const start = (options?: AppOptions) => startApp({ ...config, port }, silentLogger, options);
  const inUse = `Port ${port} on 127.0.0.1 is in use; stop the program that listens there, or set`;
  await expect(start()).rejects.toThrow(`${inUse} PORT to another.`);
  await expect(start({ names: { PORT: '--port' } })).rejects.toThrow(`${inUse} --port to another.`);
  other.close();
});

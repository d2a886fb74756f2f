import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startApp } from '../src/app';
import type { Config } from '../src/config';
import { examples } from '../src/http/pages/worked-example';
import { silentLogger } from '../src/telemetry/logger';

const config: Config = {
  port: 0,
  host: '127.0.0.1',
  allowedHosts: null,
  corsOrigins: [],
  database: { kind: 'memory' },
  introspection: true,
  logLevel: 'silent',
};

interface Answer {
  readonly data: Record<string, unknown>;
  readonly errors?: unknown;
}

async function ask(url: string, query: string, variables?: object): Promise<Answer> {
  const response = await fetch(`${url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
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

test('the worked example answers as published, and the same when it is pressed again', async () => {
  const app = await startApp(config, silentLogger);
  const { query } = example('Worked example');
  const first = await ask(app.url, query);
  const second = await ask(app.url, query);
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
  const app = await startApp(config, silentLogger);
  for (const { query, variables } of [...examples, ...examples]) {
    expect((await ask(app.url, query, variables)).errors).toBeUndefined();
  }
  await app.close();
});

test('a port that is taken is told in words, and nothing is left open', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(startApp({ ...config, port }, silentLogger)).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken; stop what listens there, or set PORT to another.`,
  );
  other.close();
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSchema, isEnumType } from 'graphql';
import {
  AddTransactionDocument,
  BalancesDocument,
  PreviewSpendDocument,
} from '../../src/operations/generated/operations';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { ask, LedgerError } from './examples/ask';
import { ledgerClient } from './examples/ledger-client';
import { spendPoints } from './examples/spend-points';
import { watchPoints } from './examples/watch-points';
import { until } from './watch';

const root = resolve(__dirname, '../..');
const documentation = readFileSync(join(root, 'docs/clients.md'), 'utf8');

function blocks(language: string): string[] {
  const fenced = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms');
  return [...documentation.matchAll(fenced)].map(([, code]) => code);
}

describe('docs/clients.md', () => {
  test('shows the examples as they are run here, each under its name', () => {
    const folder = join(__dirname, 'examples');
    const examples = readdirSync(folder).map((name) => {
      const code = readFileSync(join(folder, name), 'utf8');
      const imported = code.replace('../../../src/operations/generated/', './client/');
      return `// ${name}\n${imported}`;
    });
    expect(blocks('ts').sort()).toEqual(examples.sort());
  });

  test('names every code that a client can meet', () => {
    const schema = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));
    const type = schema.getType('UserErrorCode');
    const codes = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
    expect(codes).not.toEqual([]);
    const missing = [...codes, ...topLevelCodes].filter(
      (code) => !documentation.includes(`\`${code}\``),
    );
    expect(missing).toEqual([]);
  });

  test('names files that there are', () => {
    const linked = [...documentation.matchAll(/\]\(\.\.\/([^)#]+)\)/g)].map(([, path]) => path);
    expect(linked).toContain('schema.graphql');
    for (const path of linked) expect(readFileSync(join(root, path), 'utf8')).not.toBe('');
  });
});

const topLevelCodes = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'SERVICE_UNAVAILABLE',
  'OVERLOADED',
  'OUTCOME_UNKNOWN',
  'HISTORY_CHANGED',
  'SUBSCRIPTION_CUT_OFF',
  'INTERNAL_SERVER_ERROR',
];

describe('its examples', () => {
  let server: LedgerServer;
  beforeAll(async () => {
    server = await startLedger();
  });
  afterAll(() => server.stop());

  test('the command for a shell answers what stands below it', async () => {
    const [body] = blocks('sh').map((command) => /-d '(.*)'/s.exec(command)?.[1]);
    const [answer] = blocks('json');
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(server.endpoint, { method: 'POST', headers, body });
    expect(await response.json()).toEqual(JSON.parse(answer));
  });

  test('points are shown from nothing on, and follow what the client does', async () => {
    const client = ledgerClient(server.endpoint);
    const shown: number[] = [];
    const watching = watchPoints(client, 'member', (points) => shown.push(points));
    const input = {
      accountId: 'member',
      payer: 'A',
      points: 300,
      timestamp: '2020-01-01T00:00:00Z',
    };
    await until(() => shown.length === 1);
    await client.mutate({ mutation: AddTransactionDocument, variables: { input } });
    const spending = { accountId: 'member', points: 100, idempotencyKey: 'order 1' };
    const told = [await spendPoints(client, spending), await spendPoints(client, spending)];
    await until(() => shown.at(-1) === 200);
    watching.unsubscribe();
    client.stop();
    expect(told).toEqual(Array(2).fill('100 points are spent.'));
    expect(shown).toEqual([0, 300, 200]);
  });

  test('fetch answers typed data, and throws what is wrong with the request', async () => {
    const variables = { accountId: 'nobody' };
    expect(await ask(server.endpoint, BalancesDocument, variables)).toEqual({ balances: [] });
    const asking = ask(server.endpoint, PreviewSpendDocument, { input: { points: 0.5 } });
    await expect(asking).rejects.toThrow('0.5 has a fraction');
    await expect(asking).rejects.toBeInstanceOf(LedgerError);
  });
});

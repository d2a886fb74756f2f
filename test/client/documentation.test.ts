import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSchema, isEnumType } from 'graphql';
import { topLevelErrorCodes } from '../../src/error-codes';
import {
  AddTransactionDocument,
  BalancesDocument,
  PreviewSpendDocument,
} from '../../src/operations/generated/operations';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { blocks, exampleFiles } from './documented-files';
import { ledgerClient } from './examples/ledger-client';
import { LedgerError, sendOperation } from './examples/send-operation';
import { spendPoints } from './examples/spend-points';
import { watchPoints } from './examples/watch-points';
import { until } from './watch';

const root = resolve(__dirname, '../..');
const documentation = readFileSync(join(root, 'docs/clients.md'), 'utf8');

describe('docs/clients.md', () => {
  test('shows the examples exactly as the tests run them, each under its name', () => {
    const examples = [...exampleFiles()].map(([name, code]) => `// ${name}\n${code}`);
    expect(blocks('ts').sort()).toEqual(examples.sort());
  });

  test('names every error code', () => {
    const schema = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));
    const type = schema.getType('UserErrorCode');
    const codes = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
    expect(codes).not.toEqual([]);
    const missing = [...codes, ...topLevelErrorCodes].filter(
      (code) => !documentation.includes(`\`${code}\``),
    );
    expect(missing).toEqual([]);
  });

  test('links to files that exist', () => {
    const linked = [...documentation.matchAll(/\]\(\.\.\/([^)#]+)\)/g)].map(([, path]) => path);
    expect(linked).toContain('schema.graphql');
    for (const path of linked) expect(readFileSync(join(root, path), 'utf8')).not.toBe('');
  });
});

describe('its examples', () => {
  let server: LedgerServer;
  beforeAll(async () => {
    server = await startLedger();
  });
  afterAll(() => server.stop());

  test('the shell command returns the documented response', async () => {
    const [body] = blocks('sh').map((command) => /-d '(.*)'/s.exec(command)?.[1]);
    const [documented] = blocks('json');
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(server.endpoint, { method: 'POST', headers, body });
    expect(await response.json()).toEqual(JSON.parse(documented!));
  });

  test('points are shown before the first change, and follow mutations', async () => {
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
    const messages = [await spendPoints(client, spending), await spendPoints(client, spending)];
    await until(() => shown.at(-1) === 200);
    watching.unsubscribe();
    client.stop();
    expect(messages).toEqual(Array(2).fill('100 points are spent.'));
    expect(shown).toEqual([0, 300, 200]);
  });

  test('fetch returns typed data, and throws top-level errors', async () => {
    const variables = { accountId: 'nobody' };
    expect(await sendOperation(server.endpoint, BalancesDocument, variables)).toEqual({
      balances: [],
    });
    const sending = sendOperation(server.endpoint, PreviewSpendDocument, {
      input: { points: 0.5 },
    });
    await expect(sending).rejects.toThrow('0.5 has a fraction');
    await expect(sending).rejects.toBeInstanceOf(LedgerError);
  });
});

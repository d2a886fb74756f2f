import { Client, fetchExchange } from '@urql/core';
import { WebSocket } from 'ws';
import {
  AccountChangedDocument,
  AddTransactionDocument,
  BalancesDocument,
} from '../../src/operations/generated/operations';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { urqlClient } from './examples/urql-client';
import { until } from './watch';

// Node 20 has no WebSocket.
Object.assign(globalThis, { WebSocket });

let server: LedgerServer;
beforeAll(async () => {
  server = await startLedger();
});
afterAll(() => server.stop());

const grant = { payer: 'A', points: 300, timestamp: '2020-01-01T00:00:00Z' };

test('the documented client queries, mutates and receives changes', async () => {
  const client = urqlClient(server.endpoint);
  const accountId = 'member';
  const received: number[] = [];
  const { unsubscribe } = client
    .subscription(AccountChangedDocument, { accountId, after: 0 })
    .subscribe(({ data }) => {
      if (data) received.push(data.accountChanged.account.points);
    });
  const added = await client
    .mutation(AddTransactionDocument, { input: { accountId, ...grant } })
    .toPromise();
  expect(added.error).toBe(undefined);
  const { data, error } = await client.query(BalancesDocument, { accountId }).toPromise();
  expect([error, data?.balances]).toEqual([
    undefined,
    [expect.objectContaining({ payer: 'A', points: 300 })],
  ]);
  await until(() => received.length > 0);
  expect(received).toEqual([300]);
  unsubscribe();
});

test('a query by GET, as urql sends it by default, is refused with the setting to change', async () => {
  const client = new Client({ url: server.endpoint, exchanges: [fetchExchange] });
  const { error } = await client.query(BalancesDocument, { accountId: 'member' }).toPromise();
  expect(error?.graphQLErrors[0]?.message).toContain('preferGetMethod: false');
});

import { setTimeout as pause } from 'node:timers/promises';
import { LedgerApi, memoryService } from './ledger-api';

const service = memoryService();

beforeAll(async () => {
  const rows = [
    { accountId: 'a', payer: 'ASH' },
    ...['ASH', 'BAY', 'CEDAR', 'DATE', 'ELM'].map((payer) => ({ accountId: 'b', payer })),
  ].map((row) => ({ ...row, points: 10, timestamp: '2020-11-01T14:00:00Z' }));
  const add = `mutation ($rows: [AddTransactionInput!]!) {
    addTransactions(input: { transactions: $rows }) { results { errors { code } } }
  }`;
  const { errors } = await new LedgerApi(service).send(add, { rows });
  expect(errors).toBeUndefined();
});

// A rejection that nobody handles ends the server's process. Jest fails a test in which one occurs.
test.each([
  ['balances that exceed the budget', 'balances { payer }', 3],
  ['a page of lots of wrong arguments', 'lots(first: 1, last: 1) { nodes { remaining } }', 100],
  ['a page of lots that exceeds the budget', 'lots(first: 100) { nodes { remaining } }', 3],
])(
  'an item of a list that fails by %s leaves no rejection of another unhandled',
  async (_what, field, rowsMax) => {
    const api = new LedgerApi(service, rowsMax);
    const rejected = 'history(first: 1, last: 1) { nodes { sequence } }';
    for (const fields of [`${field} ${rejected}`, `${rejected} ${field}`]) {
      const { data, errors } = await api.send(`{ accounts(first: 2) { nodes { ${fields} } } }`);
      expect(data).toBeNull();
      expect(errors?.[0].extensions).toEqual({ code: 'BAD_USER_INPUT' });
      await pause(0);
    }
  },
);

import { Account as LedgerAccount } from '../../src/ledger/account';
import { add, dailyGrants, LedgerApi, memoryService, WatchedService } from './ledger-api';

const bulk = (fields: string) =>
  `mutation ($r: [AddTransactionInput!]!) { addTransactions(input: { transactions: $r }) {
    results { ${fields} } } }`;

/** Returns an account in which each lot has a different payer. */
async function ledgerOf(count: number, rowsMax: number, service = memoryService()) {
  const rows = dailyGrants(count).map((row, at) => ({ ...row, payer: `payer ${at}` }));
  await new LedgerApi(service).send(bulk('replayed'), { r: rows });
  return new LedgerApi(service, rowsMax);
}

const input = '{ payer: "payer 0", points: 5, timestamp: "2020-01-01T00:00:00Z" }';
const overBudget = (...path: (string | number)[]) =>
  expect.objectContaining({
    message: expect.stringMatching(/^This list has \d+ rows.* may hold \d+ rows.* Request less/),
    path,
    extensions: { code: 'BAD_USER_INPUT' },
  });

test('lists without pages count with their real length, each time they are resolved', async () => {
  const api = await ledgerOf(10, 25);
  const query = '{ a: balances { payer } account { b: balances { payer } } }';
  expect((await api.send(query)).errors).toBeUndefined();
  const third = '{ a: balances { payer } account { b: balances { payer } c: balances { payer } } }';
  const { data, errors } = await api.send(third);
  expect(data).toEqual({ a: expect.any(Array), account: null });
  expect(errors).toEqual([overBudget('account', 'c')]);
  expect(errors?.[0]?.message).toContain('A response may hold 25 rows in all its lists, and 5 are');
});

test('a list that exceeds the budget leaves it to the other lists', async () => {
  const api = await ledgerOf(10, 15);
  const balances = 'account { balances { payer } }';
  const { data, errors } = await api.send(
    `{ a: ${balances} b: ${balances} c: account { history(first: 5) { nodes { id } } } }`,
  );
  expect(data).toMatchObject({ a: {}, b: null, c: { history: {} } });
  expect(errors).toEqual([overBudget('b', 'balances')]);
});

test('a change is made and returned, and only the list that exceeds the budget is an error', async () => {
  const api = await ledgerOf(10, 9);
  const { data, errors } = await api.send(`mutation {
    addTransaction(input: ${input}) { transaction { sequence } account { balances { payer } } }
    spendPoints(input: { points: 100 }) {
      spend { points deductions { payer } }
      account { points }
      replayed
    }
  }`);
  expect(data).toEqual({
    addTransaction: { transaction: { sequence: 11 }, account: null },
    spendPoints: { spend: null, account: { points: 5 }, replayed: false },
  });
  expect(errors).toEqual([
    overBudget('addTransaction', 'account', 'balances'),
    overBudget('spendPoints', 'spend', 'deductions'),
  ]);
});

test('the account of a bulk counts in every row that selects it', async () => {
  const api = await ledgerOf(10, 28);
  const rows = [1, 0, 2, 0].map((points) => add('payer 1', points, '2021-01-01T00:00:00Z'));
  const fields = 'transaction { sequence } account { balances { points } } errors { code }';
  const { data, errors } = await api.send(bulk(fields), { r: rows });
  const account = { balances: expect.any(Array) };
  expect(data).toEqual({
    addTransactions: {
      results: [
        { transaction: { sequence: 11 }, account, errors: [] },
        { transaction: null, account, errors: [{ code: 'INVALID_POINTS' }] },
        { transaction: { sequence: 12 }, account: null, errors: [] },
        { transaction: null, account: null, errors: [{ code: 'INVALID_POINTS' }] },
      ],
    },
  });
  const path = (row: number) => ['addTransactions', 'results', row, 'account', 'balances'];
  expect(errors).toEqual([overBudget(...path(2)), overBudget(...path(3))]);
});

test('a bulk that exceeds the budget is refused before any row is added', async () => {
  const api = await ledgerOf(1, 2);
  const rows = Array(3).fill(add('A', 1, '2021-01-01T00:00:00Z'));
  const { data, errors } = await api.send(bulk('replayed'), { r: rows });
  expect(data).toEqual({ addTransactions: null });
  expect(errors).toEqual([overBudget('addTransactions')]);
  expect((await api.send('{ account { points } }')).data).toEqual({ account: { points: 10 } });
});

test('a spend within the budget is returned whole, and nothing is read for one beyond it', async () => {
  const service = new WatchedService();
  const api = await ledgerOf(10, 21, service);
  const lots = 'allocations { transaction { payer } }';
  const spent = await api.send(
    `mutation { spendPoints(input: { points: 100 }) { spend { deductions { payer } ${lots} } } }`,
  );
  expect(spent.errors).toBeUndefined();
  service.calls.length = 0;
  const aliases = [1, 2, 3].map(
    (n) => `h${n}: history(first: 1) { nodes { ... on Spend { ${lots} } } }`,
  );
  const { errors } = await api.send(`{ account { ${aliases.join(' ')} } }`);
  expect(errors?.[0]).toEqual(overBudget('account', 'h2', 'nodes', 0, 'allocations'));
  expect(service.calls.filter((call) => call === 'entriesAt')).toHaveLength(1);
});

test('entries are read one page after another, and none once their allocations exceed the budget', async () => {
  const service = new WatchedService();
  const api = await ledgerOf(10, 15, service);
  await api.send('mutation { spendPoints(input: { points: 100 }) { replayed } }');
  service.calls.length = 0;
  const pages = [1, 2, 3, 4].map((n) => `a${n}: account { history(first: 1) { nodes { id } } }`);
  const { data, errors } = await api.send(`{ ${pages.join(' ')} }`);
  expect(data).toMatchObject({ a1: {}, a2: {}, a3: null, a4: null });
  expect(errors?.[0]?.message).toMatch(/nothing is read for this field\. Request less/);
  expect(service.calls.filter((call) => call === 'entries')).toHaveLength(2);
});

test('previews and pages are counted', async () => {
  const api = await ledgerOf(10, 9);
  const preview = (fields: string) => `{ previewSpend(input: { points: 100 }) { ${fields} } }`;
  for (const list of ['deductions', 'allocations']) {
    const { data, errors } = await api.send(preview(`${list} { points }`));
    expect([data, errors]).toEqual([null, [overBudget('previewSpend', list)]]);
  }
  for (const page of ['lots(first: 10)', 'history(first: 10)']) {
    const { data, errors } = await api.send(`{ account { ${page} { pageInfo { hasNextPage } } } }`);
    expect(data).toEqual({ account: null });
    expect(errors).toEqual([overBudget('account', page.slice(0, page.indexOf('(')))]);
  }
});

test('copies are bounded over all accounts, and no row hides another', async () => {
  const service = memoryService();
  const payers = (account: string) =>
    Array.from({ length: 10 }, (_, at) =>
      add(`payer ${at}`, 1, '2020-01-01T00:00:00Z', { accountId: account }),
    );
  await new LedgerApi(service).send(bulk('replayed'), { r: ['a', 'b', 'c', 'd'].flatMap(payers) });
  const copies = jest.spyOn(LedgerAccount.prototype, 'standings');
  const refused = ['a', 'b', 'c', 'd'].map((id) => ({ ...payers(id)[0], points: 0 }));
  const fields = 'account { balances { points } } errors { code }';
  const { data, errors } = await new LedgerApi(service, 25).send(bulk(fields), { r: refused });
  expect(copies).toHaveBeenCalledTimes(2);
  copies.mockRestore();
  const row = { errors: [{ code: 'INVALID_POINTS' }] };
  expect(data).toMatchObject({ addTransactions: { results: [row, row, row, row] } });
  const path = (at: number) => ['addTransactions', 'results', at, 'account', 'balances'];
  expect(errors).toEqual([overBudget(...path(2)), overBudget(...path(3))]);
});

test('rows of many fields count as several', async () => {
  const api = await ledgerOf(10, 10);
  const names = (count: number) =>
    Array.from({ length: count }, (_, n) => `n${n}: payer`).join(' ');
  expect((await api.send(`{ balances { ${names(20)} } }`)).errors).toBeUndefined();
  const { errors } = await api.send(
    `{ balances { ...F } } fragment F on PayerBalance { ${names(21)} }`,
  );
  expect(errors).toEqual([overBudget('balances')]);
  expect(errors?.[0]?.message).toContain('counts as 2');
});

import {
  OutcomeUnknown,
  Overloaded,
  ServiceError,
  ServiceUnavailable,
} from '../../src/service/service-error';
import { add, LedgerApi, WatchedService } from './ledger-api';

const input = '{ payer: "A", points: 1, timestamp: "2020-01-01T00:00:00Z" }';

test.each<[ServiceError['code'], ServiceError]>([
  ['SERVICE_UNAVAILABLE', new ServiceUnavailable('host db-7 is down')],
  ['OVERLOADED', new Overloaded('100001 rows wait')],
  ['OUTCOME_UNKNOWN', new OutcomeUnknown('socket of db-7 closed')],
])('%s is a top-level error with its code, and says nothing of the inside', async (code, fault) => {
  const service = new WatchedService();
  service.fault = fault;
  const { data, errors } = await new LedgerApi(service).send(
    `mutation { addTransaction(input: ${input}) { replayed } }`,
  );
  expect(data).toEqual({ addTransaction: null });
  expect(errors).toMatchObject([{ path: ['addTransaction'], extensions: { code } }]);
  expect(errors?.[0]?.message).not.toContain(fault.message);
});

test('any other error has no code: the HTTP layer masks it', async () => {
  const service = new WatchedService();
  service.fault = new TypeError('a bug');
  const { errors } = await new LedgerApi(service).send('{ account { id } }');
  expect(errors).toEqual([expect.objectContaining({ message: 'a bug', path: ['account'] })]);
  expect(errors?.[0]?.extensions).toBeUndefined();
});

test('a fault in one mutation does not hide the result of another', async () => {
  const service = new WatchedService();
  const api = new LedgerApi(service);
  const { run } = service;
  service.run = (jobs) => {
    service.fault = service.calls.length === 1 ? new ServiceUnavailable('down') : null;
    return run(jobs);
  };
  const { data, errors } = await api.send(`mutation {
    a: addTransaction(input: ${input}) { transaction { sequence } }
    b: addTransaction(input: ${input}) { transaction { sequence } }
    c: addTransaction(input: ${input}) { transaction { sequence } }
  }`);
  const transaction = (sequence: number) => ({ transaction: { sequence } });
  expect(data).toEqual({ a: transaction(1), b: null, c: transaction(2) });
  expect(errors).toMatchObject([{ path: ['b'], extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
});

test('a fault in the account does not hide the change', async () => {
  const service = new WatchedService();
  const entries = () => Promise.reject(new ServiceUnavailable('down'));
  service.entries = entries;
  const { data, errors } = await new LedgerApi(service).send(`mutation {
    addTransaction(input: ${input}) {
      transaction { sequence }
      account { history { nodes { id } } }
    }
  }`);
  expect(data).toEqual({ addTransaction: { transaction: { sequence: 1 }, account: null } });
  expect(errors).toMatchObject([{ path: ['addTransaction', 'account', 'history'] }]);
});

test.each([
  ['the lots of a spend', 'spend { allocations { transaction { id } } }'],
  ['the lots of the account', 'account { lots(first: 1) { nodes { transaction { id } } } }'],
  ['the history of the account', 'account { history(first: 1) { nodes { id } } }'],
])(
  'no client concludes that nothing was changed if only %s could not be read',
  async (_what, field) => {
    const service = new WatchedService();
    const api = new LedgerApi(service);
    const addOne = `addTransaction(input: ${input}) { replayed }`;
    await api.send(`mutation { a: ${addOne} b: ${addOne} }`);
    service.entries = () => Promise.reject(new ServiceUnavailable('down'));
    service.entriesAt = () => Promise.reject(new ServiceUnavailable('down'));
    const { errors } = await api.send(
      `mutation { spendPoints(input: { points: 1 }) { ${field} } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN' } }]);
    expect(errors?.[0]?.path?.[0]).toBe('spendPoints');
    const sent = await api.send(
      '{ account { points lots(first: 1) { nodes { transaction { id } } } } }',
    );
    expect(sent.errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
  },
);

test('page arguments at fault do not spoil the change', async () => {
  const api = new LedgerApi();
  const { data, errors } = await api.send(`mutation {
    addTransaction(input: ${input}) {
      transaction { sequence }
      bad: account { points lots(first: 101) { nodes { remaining } } }
      good: account { points lots(first: 1) { nodes { remaining } } }
    }
  }`);
  const good = { points: 1, lots: { nodes: [{ remaining: 1 }] } };
  expect(data).toEqual({ addTransaction: { transaction: { sequence: 1 }, bad: null, good } });
  const path = ['addTransaction', 'bad', 'lots'];
  expect(errors).toMatchObject([{ path, extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('a lot whose transaction is gone fails alone', async () => {
  const service = new WatchedService();
  const { entriesAt } = service;
  service.entriesAt = async (places) =>
    (await entriesAt(places)).map((entry) => (entry?.sequence === 1 ? null : entry));
  const api = new LedgerApi(service);
  const transactions = [add('A', 1, '2020-01-01T00:00:00Z'), add('A', 2, '2020-01-02T00:00:00Z')];
  await api.send(
    'mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) { __typename } }',
    {
      input: { transactions },
    },
  );
  const lots = (page: string) => `account { lots(${page}) { nodes { transaction { points } } } }`;
  const { data, errors } = await api.send(`{ a: ${lots('first: 1')} b: ${lots('last: 1')} }`);
  expect(data).toEqual({ a: null, b: { lots: { nodes: [{ transaction: { points: 2 } }] } } });
  expect(errors).toHaveLength(1);
});

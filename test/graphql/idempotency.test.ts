import {
  AddTransactionDocument,
  ExportAccountsDocument,
  SpendPointsDocument,
} from '../../src/operations/generated/operations';
import { add, LedgerApi } from './ledger-api';

const keyed = add('A', 10, '2020-01-01T00:00:00Z', { idempotencyKey: 'k', reference: 'r' });

async function addTo(api: LedgerApi, input: object = {}) {
  const { addTransaction } = await api.run(AddTransactionDocument, {
    input: { ...keyed, ...input },
  });
  if (addTransaction == null) throw new Error('no payload');
  return addTransaction;
}

test('a replayed add returns its first result, and nothing is added', async () => {
  const api = new LedgerApi();
  const first = await addTo(api);
  const again = await addTo(api);
  expect(first.replayed).toBe(false);
  expect(again).toEqual({ ...first, replayed: true });
});

test('a replay shows the account as it is now', async () => {
  const api = new LedgerApi();
  await addTo(api);
  await addTo(api, { idempotencyKey: 'other' });
  expect(await addTo(api)).toMatchObject({ replayed: true, account: { points: 20 } });
});

test('the same instant in another offset is the same input', async () => {
  const api = new LedgerApi();
  await addTo(api);
  const again = await addTo(api, { timestamp: '2020-01-01T01:00:00.0009+01:00' });
  expect(again.replayed).toBe(true);
});

test.each([
  ['payer', { payer: 'B' }],
  ['points', { points: 11 }],
  ['instant', { timestamp: '2020-01-01T00:00:00.001Z' }],
  ['reference', { reference: 'other' }],
  ['absent reference', { reference: null }],
])('another %s under a used key is IDEMPOTENCY_KEY_REUSED', async (_, input) => {
  const api = new LedgerApi();
  await addTo(api);
  expect(await addTo(api, input)).toMatchObject({
    transaction: null,
    account: { points: 10 },
    replayed: false,
    errors: [
      {
        __typename: 'IdempotencyKeyReusedError',
        code: 'IDEMPOTENCY_KEY_REUSED',
        path: ['idempotencyKey'],
      },
    ],
  });
});

test('a spend under the key of an add is IDEMPOTENCY_KEY_REUSED', async () => {
  const api = new LedgerApi();
  await addTo(api);
  const input = { points: 10, idempotencyKey: 'k', reference: 'r' };
  const { spendPoints } = await api.run(SpendPointsDocument, { input });
  expect(spendPoints).toMatchObject({ spend: null, errors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] });
});

test('a replayed spend is found before balances are looked at', async () => {
  const api = new LedgerApi();
  await addTo(api);
  const input = { points: 10, idempotencyKey: 'spend' };
  const { spendPoints: first } = await api.run(SpendPointsDocument, { input });
  const { spendPoints: again } = await api.run(SpendPointsDocument, { input });
  expect(first).toMatchObject({ replayed: false, account: { points: 0 } });
  expect(again).toEqual({ ...first, replayed: true });
});

test('a refused call uses up no key', async () => {
  const api = new LedgerApi();
  const input = { points: 10, idempotencyKey: 'spend' };
  const { spendPoints: refused } = await api.run(SpendPointsDocument, { input });
  expect(refused?.errors).toMatchObject([{ code: 'INSUFFICIENT_POINTS' }]);
  await addTo(api);
  const { spendPoints: accepted } = await api.run(SpendPointsDocument, { input });
  expect(accepted).toMatchObject({ errors: [], replayed: false });
});

test('a key is unique per account, not over accounts', async () => {
  const api = new LedgerApi();
  await addTo(api);
  expect(await addTo(api, { accountId: 'b' })).toMatchObject({ replayed: false, errors: [] });
});

test('without a key the same transaction counts twice', async () => {
  const api = new LedgerApi();
  await addTo(api, { idempotencyKey: null });
  const again = await addTo(api, { idempotencyKey: null });
  expect(again).toMatchObject({ replayed: false, account: { points: 20 } });
});

test('an entry has the key under which it was accepted, or null', async () => {
  const api = new LedgerApi();
  await addTo(api);
  await addTo(api, { idempotencyKey: null });
  await api.run(SpendPointsDocument, { input: { points: 5, idempotencyKey: 's' } });
  const wanted = { accounts: 1, entries: 100, after: null };
  const { accounts } = await api.run(ExportAccountsDocument, wanted);
  expect(accounts.nodes[0].history.nodes.map((entry) => entry.idempotencyKey)).toEqual([
    's',
    null,
    'k',
  ]);
});

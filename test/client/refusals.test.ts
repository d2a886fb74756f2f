import {
  AccountDocument,
  AddTransactionDocument,
  type AddTransactionInput,
  AddTransactionsDocument,
  PreviewSpendDocument,
  SpendPointsDocument,
  type UserErrorFieldsFragment,
} from '../../src/operations/generated/operations';
import { type LedgerServer, startLedger } from '../support/ledger-server';
import { spendPoints } from './examples/spend-points';
import { PlainClient } from './plain-client';

let server: LedgerServer;
let client: PlainClient;
beforeAll(async () => {
  server = await startLedger();
  client = new PlainClient(server.endpoint);
  await add({ points: 300, idempotencyKey: 'first' });
  await add({ points: 50, payer: 'UNILEVER' });
});
afterAll(() => server.stop());

const timestamp = '2020-11-02T14:00:00Z';

async function add(input: Partial<AddTransactionInput> & { points: number }) {
  const { data } = await client.mutate({
    mutation: AddTransactionDocument,
    variables: { input: { payer: 'DANNON', timestamp, ...input } },
  });
  return data!.addTransaction!;
}

async function spend(points: number, idempotencyKey?: string) {
  const { data } = await client.mutate({
    mutation: SpendPointsDocument,
    variables: { input: { points, idempotencyKey } },
  });
  return data!.spendPoints!;
}

/** A refused change returns the unchanged account. */
function expectRefusal(
  payload: Awaited<ReturnType<typeof add> | ReturnType<typeof spend>>,
  error: UserErrorFieldsFragment,
): void {
  expect(payload.errors).toEqual([error]);
  expect('spend' in payload ? payload.spend : payload.transaction).toBeNull();
  expect(payload).toMatchObject({ replayed: false, account: { id: 'default', points: 350 } });
}

test('a spend of more than the balance names the requested and the available points', async () => {
  expectRefusal(await spend(351), {
    __typename: 'InsufficientPointsError',
    code: 'INSUFFICIENT_POINTS',
    message: 'The account has 350 points, so 351 cannot be spent.',
    path: ['points'],
    requested: 351,
    available: 350,
  });
});

test('points that a payer does not have cannot be taken back, and the payer’s are named', async () => {
  expectRefusal(await add({ payer: 'UNILEVER', points: -51 }), {
    __typename: 'PayerWouldGoNegativeError',
    code: 'PAYER_WOULD_GO_NEGATIVE',
    message: expect.stringContaining('UNILEVER has 50 points'),
    path: ['points'],
    payer: 'UNILEVER',
    available: 50,
  });
});

test('a key that belongs to another change is refused', async () => {
  const reused: UserErrorFieldsFragment = {
    __typename: 'IdempotencyKeyReusedError',
    code: 'IDEMPOTENCY_KEY_REUSED',
    message: expect.stringContaining('belongs to entry 1 of the account'),
    path: ['idempotencyKey'],
  };
  expectRefusal(await add({ points: 301, idempotencyKey: 'first' }), reused);
  expectRefusal(await spend(300, 'first'), reused);
});

test('more points than a JSON number holds exactly are refused', async () => {
  expectRefusal(await add({ points: Number.MAX_SAFE_INTEGER }), {
    __typename: 'PointsOutOfRangeError',
    code: 'POINTS_OUT_OF_RANGE',
    message: expect.stringContaining(`room for ${Number.MAX_SAFE_INTEGER - 350} more`),
    path: ['points'],
  });
});

test.each<[UserErrorFieldsFragment['code'], string, object]>([
  ['INVALID_PAYER', 'payer', { payer: ' ' }],
  ['INVALID_POINTS', 'points', { points: 0 }],
  ['INVALID_REFERENCE', 'reference', { reference: 'x'.repeat(256) }],
  ['INVALID_IDEMPOTENCY_KEY', 'idempotencyKey', { idempotencyKey: '' }],
])('%s names the field at fault', async (code, field, input) => {
  expectRefusal(await add({ points: 1, ...input }), {
    __typename: 'InvalidInputError',
    code,
    message: expect.any(String),
    path: [field],
  });
});

test('an account that cannot be has no points, and nothing can be added to it', async () => {
  const { data } = await client.query({ query: AccountDocument, variables: { id: '' } });
  expect(data).toEqual({ account: null });
  expect(await add({ accountId: '', points: 1 })).toMatchObject({
    account: null,
    errors: [{ code: 'INVALID_ACCOUNT', path: ['accountId'] }],
  });
});

test('a preview is refused like the spend, and then returns no deductions', async () => {
  const variables = { input: { points: 351 } };
  const { data } = await client.query({ query: PreviewSpendDocument, variables });
  const { errors } = await spend(351);
  expect(data?.previewSpend).toMatchObject({ deductions: [], allocations: [] });
  expect(data?.previewSpend.errors).toEqual(errors);
});

test('a refused row of a bulk is named by its place, and the others go on', async () => {
  const row = { accountId: 'bulk', payer: 'A', timestamp };
  const transactions = [5, 0, -6, 7].map((points) => ({ ...row, points }));
  const { data } = await client.mutate({
    mutation: AddTransactionsDocument,
    variables: { input: { transactions } },
  });
  expect(data?.addTransactions?.results).toMatchObject([
    { transaction: { sequence: 1 }, errors: [] },
    { transaction: null, errors: [{ path: ['transactions', '1', 'points'] }] },
    { transaction: null, errors: [{ path: ['transactions', '2', 'points'], available: 5 }] },
    { transaction: { sequence: 2 }, errors: [] },
  ]);
});

test('a member gets a message with the numbers', async () => {
  const message = await spendPoints(client, { points: 400 });
  expect(message).toBe('You have 350 points; this costs 400.');
});

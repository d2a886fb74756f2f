import { type RefusalCode, refusalCodes } from '../../src/ledger/refusal';
import {
  AddTransactionDocument,
  PreviewSpendDocument,
  SpendPointsDocument,
  type SpendPointsInput,
} from '../../src/operations/generated/operations';
import { add, LedgerApi } from './ledger-api';

const day = '2020-01-01T00:00:00Z';
const good = add('A', 10, day);
const badTexts = ['', ' ', '\t', '\u0085', 'x'.repeat(256), 'a\nb', 'a\u0000', '\ud800', 'a\udc00'];
const goodTexts = [
  'x',
  ' x ',
  'x'.repeat(255),
  '💰'.repeat(127),
  '__proto__',
  'constructor',
  'é',
  'e\u0301',
];

async function refusalOfAdd(api: LedgerApi, input: object) {
  const { addTransaction } = await api.run(AddTransactionDocument, {
    input: { ...good, ...input },
  });
  if (addTransaction == null || addTransaction.errors.length === 0) return null;
  expect(addTransaction).toMatchObject({ transaction: null, replayed: false });
  expect(addTransaction.errors).toHaveLength(1);
  return addTransaction.errors[0] ?? null;
}

async function refusalOfSpend(api: LedgerApi, input: SpendPointsInput) {
  const { spendPoints } = await api.run(SpendPointsDocument, { input });
  return spendPoints?.errors[0] ?? null;
}

describe.each([
  ['accountId', 'INVALID_ACCOUNT'],
  ['payer', 'INVALID_PAYER'],
  ['reference', 'INVALID_REFERENCE'],
  ['idempotencyKey', 'INVALID_IDEMPOTENCY_KEY'],
])('%s', (field, code) => {
  const api = new LedgerApi();

  test.each(badTexts)(`%j is ${code} at its path`, async (text) => {
    const refusal = await refusalOfAdd(api, { [field]: text });
    expect(refusal).toMatchObject({ __typename: 'InvalidInputError', code, path: [field] });
  });

  test.each(goodTexts)('%j is taken as it is', async (text) => {
    expect(await refusalOfAdd(api, { [field]: text })).toBeNull();
  });
});

test('names are compared exactly: nothing is trimmed or folded', async () => {
  const api = new LedgerApi();
  const payers = ['a', 'A', ' a', 'á', 'a\u0301', '__proto__'];
  for (const payer of payers) await api.run(AddTransactionDocument, { input: { ...good, payer } });
  const response = await api.send('{ balances { payer points } }');
  expect(response.data).toEqual({ balances: payers.map((payer) => ({ payer, points: 10 })) });
});

test('zero is refused in an add; zero and less in a spend', async () => {
  const api = new LedgerApi();
  const invalid = { code: 'INVALID_POINTS', path: ['points'] };
  expect(await refusalOfAdd(api, { points: 0 })).toMatchObject(invalid);
  expect(await refusalOfSpend(api, { points: 0 })).toMatchObject(invalid);
  expect(await refusalOfSpend(api, { points: -1 })).toMatchObject(invalid);
});

test('a debit beyond the balance of the payer carries the figures', async () => {
  const api = new LedgerApi();
  await api.run(AddTransactionDocument, { input: good });
  expect(await refusalOfAdd(api, { points: -11 })).toMatchObject({
    __typename: 'PayerWouldGoNegativeError',
    code: 'PAYER_WOULD_GO_NEGATIVE',
    path: ['points'],
    payer: 'A',
    available: 10,
  });
});

test('a spend beyond the points of the account carries the figures; an unknown account has none', async () => {
  const api = new LedgerApi();
  await api.run(AddTransactionDocument, { input: good });
  const insufficient = {
    __typename: 'InsufficientPointsError',
    code: 'INSUFFICIENT_POINTS',
    path: ['points'],
  };
  const here = { ...insufficient, requested: 11, available: 10 };
  const elsewhere = { ...insufficient, requested: 1, available: 0 };
  expect(await refusalOfSpend(api, { points: 11 })).toMatchObject(here);
  expect(await refusalOfSpend(api, { accountId: 'x', points: 1 })).toMatchObject(elsewhere);
});

test('open lots that would sum to more than 2^53 − 1 are refused', async () => {
  const api = new LedgerApi();
  await api.run(AddTransactionDocument, { input: { ...good, points: Number.MAX_SAFE_INTEGER } });
  expect(await refusalOfAdd(api, { points: 1 })).toMatchObject({
    __typename: 'PointsOutOfRangeError',
    code: 'POINTS_OUT_OF_RANGE',
    path: ['points'],
  });
});

test('if two refusals apply, the earlier in UserErrorCode is returned', async () => {
  const api = new LedgerApi();
  await api.run(AddTransactionDocument, { input: { ...good, idempotencyKey: 'used' } });
  const faults: [RefusalCode, object][] = [
    ['INVALID_ACCOUNT', { accountId: '' }],
    ['INVALID_PAYER', { payer: '' }],
    ['INVALID_POINTS', { points: 0 }],
    ['INVALID_DATES', { points: -11, availableFrom: day }],
    ['INVALID_REFERENCE', { reference: '' }],
    ['INVALID_IDEMPOTENCY_KEY', { idempotencyKey: '' }],
    ['IDEMPOTENCY_KEY_REUSED', { points: -11, idempotencyKey: 'used' }],
    ['PAYER_WOULD_GO_NEGATIVE', { points: -11 }],
  ];
  const codes = faults.map(([code]) => code);
  expect(codes).toEqual(refusalCodes.filter((code) => codes.includes(code)));
  for (const [at, [code, fault]] of faults.entries()) {
    const later = faults.slice(at + 1).map((each) => each[1]);
    const input = Object.assign({}, ...later.reverse(), fault) as object;
    expect((await refusalOfAdd(api, input))?.code).toBe(code);
  }
});

test('the enum lists the codes in the order of precedence', async () => {
  const response = await new LedgerApi().send(
    '{ __type(name: "UserErrorCode") { enumValues { name } } }',
  );
  const enumValues = refusalCodes.map((name) => ({ name }));
  expect(response.data).toEqual({ __type: { enumValues } });
});

test('a refused command changes nothing', async () => {
  const api = new LedgerApi();
  await api.run(AddTransactionDocument, { input: good });
  const state = '{ account { points balances { payer points } history { nodes { id } } } }';
  const before = await api.send(state);
  await refusalOfAdd(api, { points: -11, idempotencyKey: 'k' });
  await refusalOfSpend(api, { points: 11 });
  expect(await api.send(state)).toEqual(before);
});

test.each([
  { points: 11 },
  { points: 0 },
  { accountId: 'x', points: 1 },
  { accountId: '', points: 1 },
])(
  'a preview of %j responses the error that the spend responses, and nothing else',
  async (input) => {
    const api = new LedgerApi();
    await api.run(AddTransactionDocument, { input: good });
    const { previewSpend } = await api.run(PreviewSpendDocument, { input });
    const errors = [await refusalOfSpend(api, input)];
    expect(previewSpend).toEqual({ deductions: [], allocations: [], errors });
  },
);

import type { ReverseTransactionInput } from '../../src/operations/generated/operations';
import { day, Life } from './life-api';

test('a spend is reversed in parts, and the spend says how much of it is reversed', async () => {
  const life = new Life();
  await life.grant(300);
  await life.grant(200, { payer: 'B', timestamp: day(2) });
  const id = await life.spend(400);
  const part = await life.reverseSpend({ id, points: 150, reference: 'returned' });
  expect(part).toMatchObject({
    spendReversal: {
      __typename: 'SpendReversal',
      points: 150,
      reference: 'returned',
      allocations: [
        { points: 100, transaction: { payer: 'B' } },
        { points: 50, transaction: { payer: 'A' } },
      ],
      lapses: [],
      spend: { id, points: 400, reversed: 150 },
    },
    account: { points: 250 },
    replayed: false,
    errors: [],
  });
  expect(await life.reverseSpend({ id, points: 251 })).toMatchObject({
    spendReversal: null,
    account: { points: 250 },
    errors: [
      {
        __typename: 'ExceedsReversibleError',
        code: 'EXCEEDS_REVERSIBLE',
        path: ['points'],
        reversible: 250,
      },
    ],
  });
  expect(await life.reverseSpend({ id })).toMatchObject({
    spendReversal: { points: 250, spend: { reversed: 400 } },
  });
  const left = { code: 'EXCEEDS_REVERSIBLE', reversible: 0 };
  expect(await life.reverseSpend({ id })).toMatchObject({ errors: [left] });
});

test('a grant is taken back from its lot; what is spent of it is refused, or becomes a debit', async () => {
  const life = new Life();
  const id = await life.grant(100);
  await life.grant(100, { timestamp: day(2) });
  await life.spend(30);
  expect(await life.reverseTransaction({ id })).toMatchObject({
    transactionReversal: null,
    errors: [{ __typename: 'LotIsSpentError', code: 'LOT_IS_SPENT', unspent: 70 }],
  });
  expect(await life.reverseTransaction({ id, spentPart: 'DEBIT' })).toMatchObject({
    transactionReversal: {
      points: 100,
      fromLot: 70,
      debited: 30,
      lifted: 0,
      transaction: { id, points: 100, reversed: 100 },
    },
    account: { points: 70 },
  });
});

test('a debit is lifted, and a reversal is not reversible', async () => {
  const life = new Life();
  await life.grant(100);
  const id = await life.grant(-40);
  const lifted = await life.reverseTransaction({ id, points: 10 });
  expect(lifted).toMatchObject({
    transactionReversal: { points: 10, fromLot: 0, debited: 0, lifted: 10 },
    account: { points: 70 },
  });
  const reversal = lifted.transactionReversal!.id;
  const refusal = { __typename: 'NotReversibleError', code: 'NOT_REVERSIBLE', path: ['id'] };
  expect(await life.reverseTransaction({ id: reversal })).toMatchObject({ errors: [refusal] });
  expect(await life.reverseSpend({ id: reversal })).toMatchObject({ errors: [refusal] });
  expect(await life.reverseSpend({ id })).toMatchObject({ errors: [refusal] });
});

test('an id that is malformed, of another account or of another history is not found', async () => {
  const life = new Life();
  const id = await life.grant(100);
  const other = await life.grant(100, { accountId: 'other' });
  const another = Buffer.from('default\n1\nanother').toString('base64url');
  const refusal = { __typename: 'EntryNotFoundError', code: 'ENTRY_NOT_FOUND', path: ['id'] };
  for (const wrong of ['', 'nonsense', `${id}x`, other, another]) {
    expect(await life.reverseTransaction({ id: wrong })).toMatchObject({ errors: [refusal] });
    expect(await life.reverseSpend({ id: wrong })).toMatchObject({ errors: [refusal] });
  }
  const unknown = await life.reverseTransaction({ accountId: 'unknown', id });
  expect(unknown).toMatchObject({ account: null, errors: [refusal] });
});

test('a reversal is replayed by its key, and what is reversed is current then', async () => {
  const life = new Life();
  await life.grant(100);
  const id = await life.spend(50);
  const input = { id, points: 20, idempotencyKey: 'once' };
  await life.reverseSpend(input);
  await life.reverseSpend({ id });
  expect(await life.reverseSpend(input)).toMatchObject({
    spendReversal: { points: 20, spend: { reversed: 50 } },
    account: { points: 100 },
    replayed: true,
  });
  const reused = { code: 'IDEMPOTENCY_KEY_REUSED', path: ['idempotencyKey'] };
  for (const other of [{ points: null }, { points: 21 }, { id: 'nonsense' }]) {
    expect(await life.reverseSpend({ ...input, ...other })).toMatchObject({ errors: [reused] });
  }
});

test('if two refusals of a reversal apply, the earlier in UserErrorCode is returned', async () => {
  const life = new Life();
  const id = await life.grant(100, { reference: 'r', idempotencyKey: 'used' });
  const faults: [string, object][] = [
    ['INVALID_ACCOUNT', { accountId: '' }],
    ['INVALID_POINTS', { points: 0 }],
    ['INVALID_REFERENCE', { reference: '' }],
    ['INVALID_IDEMPOTENCY_KEY', { idempotencyKey: '' }],
    ['IDEMPOTENCY_KEY_REUSED', { idempotencyKey: 'used' }],
    ['ENTRY_NOT_FOUND', { id: 'nonsense' }],
    ['EXCEEDS_REVERSIBLE', { points: 101 }],
  ];
  for (const [at, [code, fault]] of faults.entries()) {
    const later = faults.slice(at + 1).map((each) => each[1]);
    const input = { id, ...Object.assign({}, ...later.reverse(), fault) } as typeof fault;
    const { errors } = await life.reverseTransaction(input as ReverseTransactionInput);
    expect(errors).toMatchObject([{ code }]);
  }
});

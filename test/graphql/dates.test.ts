import { day, Life } from './life-api';

test('dates are for grants, and points must be spendable before they expire', async () => {
  const life = new Life();
  await life.grant(100);
  for (const field of ['availableFrom', 'expiresAt']) {
    expect(await life.refused({ points: -1, [field]: day(9) })).toMatchObject({
      __typename: 'InvalidInputError',
      code: 'INVALID_DATES',
      path: [field],
    });
  }
  for (const dates of [
    { expiresAt: day(1) },
    { expiresAt: '2020-01-01T00:00:00Z' },
    { availableFrom: day(5), expiresAt: day(5) },
  ]) {
    expect(await life.refused(dates)).toMatchObject({
      __typename: 'NeverSpendableError',
      code: 'NEVER_SPENDABLE',
      path: ['expiresAt'],
    });
  }
});

test('points expire at their instant, for queries at once, and in the history with the next change', async () => {
  const life = new Life();
  await life.grant(100, { expiresAt: day(10) });
  await life.grant(-30);
  await life.grant(50, { payer: 'B' });
  const state = 'points balances { payer points } lots { nodes { remaining expiresAt } }';
  expect(await life.at('2030-05-09T23:59:59.999Z').read(state)).toMatchObject({ points: 120 });
  expect(await life.at(day(10)).read(state)).toEqual({
    points: 50,
    balances: [
      { payer: 'A', points: 0 },
      { payer: 'B', points: 50 },
    ],
    lots: { nodes: [{ remaining: 50, expiresAt: null }] },
  });
  const history = `history(first: 2) { nodes { __typename sequence recordedAt ... on Lapse {
    expired lots { at expired settled transaction { payer points expiresAt } } begun { points } } } }`;
  expect(await life.read(history)).toMatchObject({ history: { nodes: [{ sequence: 3 }, {}] } });
  await life.at(day(12)).grant(1);
  const lot = { payer: 'A', points: 100, expiresAt: day(10) };
  expect(await life.read(history)).toEqual({
    history: {
      nodes: [
        { __typename: 'Transaction', sequence: 5, recordedAt: day(12) },
        {
          __typename: 'Lapse',
          sequence: 4,
          recordedAt: day(12),
          expired: 70,
          lots: [{ at: day(10), expired: 70, settled: 30, transaction: lot }],
          begun: [],
        },
      ],
    },
  });
});

test('points that begin later are pending, and a payer with nothing else is listed with 0', async () => {
  const life = new Life();
  await life.grant(100, { availableFrom: day(5) });
  const state = `points pending balances { payer points pending }
    pendingLots { nodes { remaining transaction { availableFrom } } } lots { nodes { remaining } }`;
  expect(await life.read(state)).toEqual({
    points: 0,
    pending: 100,
    balances: [{ payer: 'A', points: 0, pending: 100 }],
    pendingLots: { nodes: [{ remaining: 100, transaction: { availableFrom: day(5) } }] },
    lots: { nodes: [] },
  });
  expect(await life.at(day(5)).read(state)).toEqual({
    points: 100,
    pending: 0,
    balances: [{ payer: 'A', points: 100, pending: 0 }],
    pendingLots: { nodes: [] },
    lots: { nodes: [{ remaining: 100 }] },
  });
  await life.spend(1);
  const begun = `history(last: 2) { nodes { ... on Lapse { expired lots { at }
    begun { at points transaction { sequence } } } } }`;
  const lapse = {
    expired: 0,
    lots: [],
    begun: [{ at: day(5), points: 100, transaction: { sequence: 1 } }],
  };
  expect(await life.read(begun)).toEqual({ history: { nodes: [lapse, {}] } });
});

test('expiries list what no debit covers, by instant, up to an instant, in pages', async () => {
  const life = new Life();
  await life.grant(10, { expiresAt: day(9), timestamp: day(3) });
  await life.grant(20, { expiresAt: day(9), timestamp: day(2) });
  await life.grant(30, { expiresAt: day(7), timestamp: day(4), payer: 'B' });
  await life.grant(40, { availableFrom: day(3), expiresAt: day(4) });
  await life.grant(50);
  await life.grant(-55);
  const nodes = 'nodes { at points transaction { sequence } }';
  const seventh = { at: day(7), points: 30, transaction: { sequence: 3 } };
  const early = { at: day(9), points: 15, transaction: { sequence: 2 } };
  const late = { at: day(9), points: 10, transaction: { sequence: 1 } };
  expect(await life.read(`expiries { ${nodes} }`)).toEqual({
    expiries: { nodes: [seventh, early, late] },
  });
  const until = `expiries(until: "${day(9)}") { ${nodes} }`;
  expect(await life.read(until)).toEqual({ expiries: { nodes: [seventh] } });
  const pageInfo = 'pageInfo { endCursor hasNextPage hasPreviousPage }';
  const first = (await life.read(`expiries(first: 2) { ${nodes} ${pageInfo} }`)) as {
    expiries: { pageInfo: { endCursor: string } };
  };
  expect(first).toMatchObject({ expiries: { pageInfo: { hasNextPage: true } } });
  const { endCursor } = first.expiries.pageInfo;
  expect(await life.read(`expiries(after: "${endCursor}") { ${nodes} ${pageInfo} }`)).toMatchObject(
    {
      expiries: { nodes: [late], pageInfo: { hasNextPage: false, hasPreviousPage: true } },
    },
  );
  const { errors } = await life.api.send(
    `{ account { lots(after: "${endCursor}") { nodes { remaining } } } }`,
  );
  expect(errors).toMatchObject([
    { path: ['account', 'lots'], extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});

test('a read at a later instant shows the account as it is then, and changes nothing', async () => {
  const life = new Life();
  await life.grant(100, { expiresAt: day(10) });
  await life.grant(50, { availableFrom: day(5) });
  const query = `query ($at: DateTime) {
    account(at: $at) { points pending history { nodes { sequence } } }
    balances(at: $at) { points pending }
    previewSpend(input: { points: 120, at: $at }) { errors { code } }
  }`;
  const at = async (instant: string | null) => (await life.api.send(query, { at: instant })).data;
  const history = { nodes: [{ sequence: 2 }, { sequence: 1 }] };
  const now = {
    account: { points: 100, pending: 50, history },
    balances: [{ points: 100, pending: 50 }],
    previewSpend: { errors: [{ code: 'INSUFFICIENT_POINTS' }] },
  };
  expect(await at(null)).toEqual(now);
  expect(await at('2000-01-01T00:00:00Z')).toEqual(now);
  expect(await at(day(5))).toEqual({
    account: { points: 150, pending: 0, history },
    balances: [{ points: 150, pending: 0 }],
    previewSpend: { errors: [] },
  });
  expect(await at('9999-12-31T23:59:59.999Z')).toMatchObject({ account: { points: 50 } });
  expect(await at(null)).toEqual(now);
});

test('pending points are shown as they are now, also beside a later instant', async () => {
  const life = new Life();
  await life.grant(100, { availableFrom: day(5) });
  const pending = 'pendingLots { nodes { remaining } }';
  const reads = `now: account { ${pending} } later: account(at: "${day(5)}") { ${pending} }`;
  const { data } = await life.api.send(`{ ${reads} }`);
  expect(data).toEqual({
    now: { pendingLots: { nodes: [{ remaining: 100 }] } },
    later: { pendingLots: { nodes: [] } },
  });
});

test('a read until which too much lapses is BAD_USER_INPUT at its path', async () => {
  const life = new Life();
  const row = { payer: 'A', points: 1, timestamp: day(1), expiresAt: day(9) };
  const add =
    'mutation ($input: AddTransactionsInput!) { addTransactions(input: $input) { results { replayed } } }';
  for (let call = 0; call < 11; call += 1) {
    await life.api.send(add, { input: { transactions: new Array(1_000).fill(row) } });
  }
  const { data, errors } = await life.api.send(
    `{ later: account(at: "${day(9)}") { points } now: account { points } }`,
  );
  expect(data).toEqual({ later: null, now: { points: 11_000 } });
  expect(errors).toMatchObject([{ path: ['later'], extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('points that come back to a lot past its expiry are gone at once', async () => {
  const life = new Life();
  await life.grant(100, { expiresAt: day(10) });
  const id = await life.spend(60);
  const reversal = await life.at(day(11)).reverseSpend({ id });
  expect(reversal).toMatchObject({
    spendReversal: { points: 60, lapses: [{ at: day(11), expired: 60, settled: 0 }] },
    account: { points: 0 },
  });
});

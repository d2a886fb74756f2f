import { day, Life } from './life-api';

interface Named {
  readonly namedBy: {
    readonly nodes: readonly { readonly sequence: number; readonly __typename: string }[];
    readonly pageInfo: Record<string, unknown>;
  };
}

const pageInfo = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

async function namedBy({ api }: Life, id: string, args = ''): Promise<Named['namedBy']> {
  const { data, errors } = await api.send(
    `query ($id: ID!) { entry(id: $id) { namedBy${args} { nodes { __typename sequence } ${pageInfo} } } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  return (data as { entry: Named }).entry.namedBy;
}

const kindsOf = ({ nodes }: Named['namedBy']) =>
  nodes.map(({ sequence, __typename }) => `${sequence} ${__typename}`);

async function held({ api }: Life, points: number, expiresAt: string): Promise<string> {
  const { data } = await api.send(
    `mutation ($points: Points!, $expiresAt: DateTime!) {
      holdPoints(input: { points: $points, expiresAt: $expiresAt }) { hold { id } }
    }`,
    { points, expiresAt },
  );
  return (data as { holdPoints: { hold: { id: string } } }).holdPoints.hold.id;
}

test('every entry leads to those that name it, the newest first', async () => {
  const life = new Life();
  const dates = { availableFrom: day(2), expiresAt: day(5) };
  const grant = await life.grant(100, dates);
  const spend = await life.at(day(3)).spend(60);
  await life.reverseSpend({ id: spend, points: 10 });
  await life.reverseTransaction({ id: grant, points: 5 });
  const hold = await held(life, 20, day(4));
  await life.api.send(
    'mutation ($id: ID!) { captureHold(input: { id: $id, points: 3, keepRest: true }) { replayed } }',
    { id: hold },
  );
  await life.at(day(6)).grant(1, { payer: 'B' });
  await life.reverseSpend({ id: spend, points: 1 });
  const debit = await life.grant(-1, { payer: 'B' });
  await life.reverseTransaction({ id: debit });
  expect(kindsOf(await namedBy(life, grant))).toEqual([
    '10 SpendReversal',
    '8 Lapse',
    '5 TransactionReversal',
    '2 Lapse',
  ]);
  expect(kindsOf(await namedBy(life, spend))).toEqual(['10 SpendReversal', '4 SpendReversal']);
  expect(kindsOf(await namedBy(life, hold))).toEqual(['8 Lapse', '7 Spend']);
  expect(kindsOf(await namedBy(life, debit))).toEqual(['12 TransactionReversal']);
  const { history } = (await life.read(
    'history(first: 1) { nodes { namedBy { nodes { id } } } }',
  )) as { history: unknown };
  expect(history).toEqual({ nodes: [{ namedBy: { nodes: [] } }] });
});

test('what names an entry is read in pages from both ends, however much came since', async () => {
  const life = new Life();
  await life.grant(100);
  const spend = await life.spend(50);
  for (let made = 0; made < 5; made += 1) {
    await life.reverseSpend({ id: spend, points: 1 });
    await life.grant(1);
  }
  const sequencesOf = ({ nodes }: Named['namedBy']) => nodes.map(({ sequence }) => sequence);
  const first = await namedBy(life, spend, '(first: 2)');
  expect(sequencesOf(first)).toEqual([11, 9]);
  expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  const second = await namedBy(life, spend, `(first: 3, after: "${first.pageInfo.endCursor}")`);
  expect(sequencesOf(second)).toEqual([7, 5, 3]);
  expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  const last = await namedBy(life, spend, '(last: 2)');
  expect(sequencesOf(last)).toEqual([5, 3]);
  expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  const before = await namedBy(life, spend, `(last: 9, before: "${last.pageInfo.startCursor}")`);
  expect(sequencesOf(before)).toEqual([11, 9, 7]);
  expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  expect(sequencesOf(await namedBy(life, spend, '(first: 0)'))).toEqual([]);
});

test('a foreign cursor, or a page that is too large, is refused', async () => {
  const life = new Life();
  const id = await life.grant(1);
  for (const args of ['after: "x"', 'first: 101', 'first: 1, last: 1']) {
    const { errors } = await life.api.send(
      `query ($id: ID!) { entry(id: $id) { namedBy(${args}) { nodes { id } } } }`,
      { id },
    );
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  }
});

test('the pages of a response share its budget', async () => {
  const life = new Life(50);
  const id = await life.grant(1);
  const { errors } = await life.api.send(
    'query ($id: ID!) { entry(id: $id) { a: namedBy(first: 30) { nodes { id } } b: namedBy(first: 30) { nodes { id } } } }',
    { id },
  );
  expect(errors).toHaveLength(1);
  expect(errors![0]).toMatchObject({
    path: ['entry', 'b'],
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('a balance tells the points that debits cover: what can be lifted', async () => {
  const life = new Life();
  await life.grant(100, { expiresAt: day(5) });
  await life.grant(50);
  const debit = await life.grant(-30);
  const balance = async () => {
    const { balances } = (await life.read('balances { points debited }')) as { balances: unknown };
    return balances;
  };
  expect(await balance()).toEqual([{ points: 120, debited: 30 }]);
  await life.reverseTransaction({ id: debit, points: 10 });
  expect(await balance()).toEqual([{ points: 130, debited: 20 }]);
  // The expiry settles what the debit covered.
  life.at(day(6));
  expect(await balance()).toEqual([{ points: 50, debited: 0 }]);
  const { errors } = await life.reverseTransaction({ id: debit });
  expect(errors).toMatchObject([{ code: 'EXCEEDS_REVERSIBLE', reversible: 0 }]);
});
